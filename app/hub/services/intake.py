"""The way in: raw bodies are kept first, then understood, one after the other.

What was acknowledged is on the disk; whatever happens after that, it is looked at exactly once
more, because what it became and that it was looked at share one COMMIT.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from app.domain.account import Subject
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.intake import Rejected
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.text import Text
from app.domain.unit import UNIT
from app.hub.services import doors
from app.hub.services.acting import demand
from app.hub.services.bundle import Bundle, Happening
from app.hub.services.happenings import Happenings
from app.hub.services.ids import Ids
from app.hub.services.incident_json import stamp
from app.hub.services.together import Together
from app.hub.store import intake
from app.hub.store.columns import moment
from app.hub.store.intake import Arrival, Raw, Verdict
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

# Bodies or events of one job. An operator's command may have to wait for that long, and gains of
# more are small.
_TOGETHER: Final = 100
# What comes alone is understood at once; of a stream, what comes in this time goes together: a
# bundle costs as much as ten events.
_BREATH_SECONDS: Final = 0.05
# Also without a wake-up: a body whose turn failed (database away) is tried again.
_PATIENCE_SECONDS: Final = 2.0
_OURS = Text(
    "허브의 오류로 해석하지 못했습니다. 기록을 확인하십시오",
    "an error of the hub: it was not understood; see its log",
)
_NOT_THERE = Text("격리된 내용이 없습니다", "nothing of that name lies in quarantine")


class Intake:
    def __init__(self, store: Store, ids: Ids, happenings: Happenings, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._happenings = happenings
        self._arrivals = Together(store.writer, intake.receive, "intake arrivals")
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def accept(
        self,
        door: str,
        source: str,
        headers: Mapping[str, str],
        body: bytes,
        received_at: datetime | None = None,
    ) -> str:
        """The id under which the body is kept from now on; it may be acknowledged.

        `source`: the feed, as it proved itself at the door. Raises BadInput (no such door) or
        Unavailable, and then nothing is kept.
        """
        doors.check(door)
        kept = doors.kept_headers(headers)
        if received_at is not None:
            kept["received-at"] = stamp(received_at)
        arrival = Arrival(self._ids.new(), door, source, kept, body)
        await self._arrivals.do(arrival)
        self._news.set()
        return arrival.id

    async def start(self) -> None:
        """Begins with what an earlier run left."""
        self._task = spawn(self._run(), "intake")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None

    @property
    def alive(self) -> bool:
        """False where it was started and has ended, which only a bug can bring about."""
        return self._task is None or not self._task.done()

    async def quarantine(self, subject: Subject, limit: int = 100) -> Sequence[Raw]:
        """What could not be understood, the newest first."""
        self._demand(subject)
        return await self._store.reader.read(partial(intake.quarantined, limit=limit))

    async def retry(self, id_: str, subject: Subject) -> None:
        """Lets it be looked at again, after a fix. Raises Refused where nothing lies there."""
        self._demand(subject)
        if not await self._store.writer.do(partial(intake.retry, id_=id_)):
            raise Refused(_NOT_THERE)
        self._news.set()

    def _demand(self, subject: Subject) -> None:
        now = moment(self._clock())
        demand(subject, Action.AUDIT, Thing("quarantine", subject.site), now)

    # ------------------------------------------------------------------------------ normalising

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                while await self._work() >= _TOGETHER:
                    pass
            except Unavailable as failure:
                _log.warning("the intake waits: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not end this for good; the next round may do
                _log.exception("the intake")
            await asyncio.sleep(_BREATH_SECONDS)
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def work_off(self) -> int:
        """Everything that waits, in the order of arrival; how many bodies that was."""
        count = 0
        while done := await self._work():
            count += done
        return count

    async def _work(self) -> int:
        """The oldest that wait, at most `_TOGETHER`; how many bodies that was."""
        bodies = await self._store.reader.read(_next)
        for bundle in _bundles(bodies):
            await self._settle(bundle)
        return len(bodies)

    async def _settle(self, bodies: Sequence[_Body]) -> None:
        """All in one job; where that fails, each in its own."""
        try:
            await self._store.writer.do(partial(self._normalise, bodies=bodies))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one of many must not keep the others
            if len(bodies) > 1:
                for body in bodies:
                    await self._settle([body])
            else:
                await self._put_aside(bodies[0].raw, error)

    async def _put_aside(self, raw: Raw, error: Exception) -> None:
        if not isinstance(error, Failure):
            _log.error("intake %s of %s", raw.id, raw.door, exc_info=error)
        verdict = Verdict(raw.id, _reason_of(error))
        await self._store.writer.do(partial(intake.settle, verdicts=[verdict]))

    def _normalise(self, tx: Transaction, bodies: Sequence[_Body]) -> None:
        """On the writer's thread. What is good of a body is taken even if the rest is not."""
        bundle = self._happenings.begin(tx, [one for body in bodies for one in body.happenings])
        verdicts = [self._verdict(bundle, body) for body in bodies]
        bundle.close()
        intake.settle(tx, verdicts)

    def _verdict(self, bundle: Bundle, body: _Body) -> Verdict:
        seq: int | None = None
        reason = body.rejected
        for happening in body.happenings:
            try:
                entry = self._happenings.take(bundle, happening)
            except Refused as refused:
                reason = reason or refused.text
            else:
                seq = seq if entry is None else entry.seq
        # Where patrol cars were is not kept for as long as what was reported.
        units = {happening.event.type == UNIT for happening in body.happenings}
        return Verdict(body.raw.id, reason, None if reason else seq, units == {True})


@dataclass(frozen=True, slots=True)
class _Body:
    """What a kept body says. `rejected`: why the first thing in it that is not good is not."""

    raw: Raw
    happenings: tuple[Happening, ...] = ()
    rejected: Text | None = None


def _next(connection: Connection) -> list[_Body]:
    """What waits, read. On a thread of the store's, so that the loop stays free for consoles."""
    return [_read(raw) for raw in intake.waiting(connection, _TOGETHER)]


def _read(raw: Raw) -> _Body:
    try:
        items = doors.read(raw)
    except Exception as error:  # noqa: BLE001 - one of many must not keep the others
        if not isinstance(error, Failure):
            _log.exception("intake %s of %s", raw.id, raw.door)
        return _Body(raw, rejected=_reason_of(error))
    polled = raw.door in doors.POLLED
    return _Body(
        raw,
        tuple(
            Happening(raw.source, item.key, item.content, polled)
            for item in items
            if not isinstance(item.content, Rejected)
        ),
        next((i.content.reason for i in items if isinstance(i.content, Rejected)), None),
    )


def _bundles(bodies: Sequence[_Body]) -> Iterator[list[_Body]]:
    """In order; each of one body, or of so few events that consoles need not wait for long."""
    bundle: list[_Body] = []
    events = 0
    for body in bodies:
        if bundle and events + len(body.happenings) > _TOGETHER:
            yield bundle
            bundle, events = [], 0
        bundle.append(body)
        events += len(body.happenings)
    if bundle:
        yield bundle


def _reason_of(error: Exception) -> Text:
    return error.text if isinstance(error, Failure) else _OURS
