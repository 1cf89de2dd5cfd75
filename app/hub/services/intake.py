"""The way in: raw bodies are kept first, then understood, one after the other.

What was acknowledged is on the disk; whatever happens after that, it is looked at exactly once
more, because what it became and that it was looked at share one COMMIT.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from app.domain.account import Subject
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.intake import Rejected
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.services import doors
from app.hub.services.acting import demand
from app.hub.services.happenings import Happening, Happenings
from app.hub.services.ids import Ids
from app.hub.services.incident_json import stamp
from app.hub.store import intake
from app.hub.store.columns import moment
from app.hub.store.intake import Raw
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

_TOGETHER: Final = 200
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
        id_ = self._ids.new()
        await self._store.writer.do(
            partial(intake.receive, id_=id_, door=door, source=source, body=body, headers=kept)
        )
        self._news.set()
        return id_

    async def start(self) -> None:
        """Begins with what an earlier run left."""
        self._task = spawn(self._run(), "intake")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None

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
                await self.work_off()
            except Unavailable as failure:
                _log.warning("the intake waits: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not end this for good; the next round may do
                _log.exception("the intake")
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def work_off(self) -> int:
        """Everything that waits, in the order of arrival; how many bodies that was."""
        count = 0
        while waiting := await self._store.reader.read(partial(intake.waiting, limit=_TOGETHER)):
            # Jobs are begun in the order in which they are given to the writer; so each body has
            # a savepoint of its own and all of them share a COMMIT.
            await asyncio.gather(*map(self._settle, waiting))
            count += len(waiting)
        return count

    async def _settle(self, raw: Raw) -> None:
        try:
            await self._store.writer.do(partial(self._normalise, raw=raw, items=doors.read(raw)))
        except Unavailable:
            raise
        except Failure as failure:
            await self._put_aside(raw, failure.text)
        except Exception:  # noqa: BLE001 - one of many must not keep the others
            _log.exception("intake %s of %s", raw.id, raw.door)
            await self._put_aside(raw, _OURS)

    async def _put_aside(self, raw: Raw, reason: Text) -> None:
        await self._store.writer.do(partial(intake.quarantine, id_=raw.id, reason=reason))

    def _normalise(self, tx: Transaction, raw: Raw, items: Sequence[doors.Item]) -> None:
        """On the writer's thread. What is good of a body is taken even if the rest is not."""
        seq: int | None = None
        reason: Text | None = None
        for item in items:
            if isinstance(item.content, Rejected):
                reason = reason or item.content.reason
                continue
            polled = raw.door in doors.POLLED
            happening = Happening(raw.source, item.key, item.content, polled)
            try:
                entry = self._happenings.take(tx, happening)
            except Refused as refused:
                reason = reason or refused.text
            else:
                seq = seq if entry is None else entry.seq
        if reason is None:
            intake.normalised(tx, raw.id, seq)
        else:
            intake.quarantine(tx, raw.id, reason)
