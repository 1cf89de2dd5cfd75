"""The way out: letters that wait are sent, again and again with longer pauses, and seen to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.domain.account import Subject
from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.incident import HUB, Line
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.text import Text
from app.formats.intake import signature
from app.hub.services.acting import demand
from app.hub.services.incident_json import words_of
from app.hub.services.incidents import Incidents
from app.hub.services.keyring import Keyring
from app.hub.services.notices import SECRET, SETTING, Notices, Route, RouteKind, json_of, route_of
from app.hub.services.senders import Senders
from app.hub.store import outbox, settings, vault
from app.hub.store.columns import moment
from app.hub.store.outbox import Letter
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

_SECOND: Final = 1_000_000
_FIRST_PAUSE_S: Final = 5
_LONGEST_PAUSE_S: Final = 900
# With these pauses more than a day.
_MOST_ATTEMPTS: Final = 100
_TOGETHER: Final = 20
_LOOK_SECONDS: Final = 1.0
_NO_ROUTE = Text("받는 곳이 설정에서 없어졌습니다", "the addressee is no longer set up")
_NONE = Text("그런 통보처가 없습니다", "there is no such addressee")
_OURS = Text("허브의 오류로 보내지 못했습니다", "an error of the hub: it was not sent")


def pause_us(attempts: int) -> int:
    """Microseconds before the next attempt, after so many."""
    return min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S << min(attempts - 1, 20)) * _SECOND


class Outbound:
    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        notices: Notices,
        keyring: Keyring,
        senders: Senders,
        clock: Clock,
    ) -> None:
        self._store = store
        self._incidents = incidents
        self._notices = notices
        self._keyring = keyring
        self._senders = senders
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """What was set up."""
        known = await self._store.reader.read(settings.read_all)
        self._notices.routes = tuple(map(route_of, known.get(SETTING, ())))

    async def start(self) -> None:
        """Begins with what an earlier run left."""
        self._task = spawn(self._run(), "outbound")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None

    @property
    def alive(self) -> bool:
        """False where it was started and has ended, which only a bug can bring about."""
        return self._task is None or not self._task.done()

    async def put_route(self, subject: Subject, route: Route, secret: str | None) -> None:
        """Sets somebody up who is told; None keeps the secret that there is.

        Raises Refused, BadInput (a webhook's secret).
        """
        demand(subject, Action.MANAGE, Thing("setting", subject.site), moment(self._clock()))
        _check(route)
        known = any(one.name == route.name for one in self._notices.routes)
        if route.kind is RouteKind.WEBHOOK and not (secret is None and known):
            signature.secret(secret or "")
        others = [one for one in self._notices.routes if one.name != route.name]
        routes = (*others, route)

        def work(tx: Transaction) -> None:
            settings.save(tx, SETTING, [json_of(one) for one in routes])
            if secret is not None or not known:
                self._keyring.keep(tx, SECRET, route.name, (secret or "").encode())

        await self._store.writer.do(work)
        self._notices.routes = routes

    async def remove_route(self, subject: Subject, name: str) -> None:
        """Raises Refused where there is none."""
        demand(subject, Action.MANAGE, Thing("setting", subject.site), moment(self._clock()))
        routes = tuple(one for one in self._notices.routes if one.name != name)
        if len(routes) == len(self._notices.routes):
            raise Refused(_NONE)

        def work(tx: Transaction) -> None:
            settings.save(tx, SETTING, [json_of(one) for one in routes])
            vault.forget(tx, SECRET, name)

        await self._store.writer.do(work)
        self._notices.routes = routes

    async def letters(self, incident: str) -> Sequence[Letter]:
        """All that was sent about an incident, with its state; the caller asks for the right."""
        return await self._store.reader.read(partial(outbox.about, id_=incident))

    async def _run(self) -> None:
        while True:
            try:
                await self.work_off()
            except Unavailable as failure:
                _log.warning("what leaves waits: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not end this for good; the next round may do
                _log.exception("what leaves")
            await asyncio.sleep(_LOOK_SECONDS)

    async def work_off(self) -> int:
        """Tries what is due now, each letter once; how many."""
        due = await self._store.reader.read(partial(outbox.due, now=self._clock(), limit=_TOGETHER))
        await asyncio.gather(*map(self._try, due))
        return len(due)

    async def _try(self, letter: Letter) -> None:
        route = next((one for one in self._notices.routes if one.name == letter.target), None)
        if route is None:
            await self._failed(letter, _NO_ROUTE, again=False)
            return
        try:
            secret = await self._store.reader.read(
                lambda c: self._keyring.reveal(c, SECRET, route.name)
            )
            receipt = await self._senders.send(route, secret or b"", letter, moment(self._clock()))
        except Failure as failure:
            again = isinstance(failure, Unavailable) and letter.attempts + 1 < _MOST_ATTEMPTS
            await self._failed(letter, failure.text, again=again)
        except Exception:  # noqa: BLE001 - one of many must not keep the others
            _log.exception("letter %s", letter.id)
            await self._failed(letter, _OURS, again=False)
        else:
            await self._store.writer.do(partial(self._keep_receipt, letter=letter, receipt=receipt))

    async def _failed(self, letter: Letter, reason: Text, *, again: bool) -> None:
        await self._store.writer.do(
            partial(self._keep_failure, letter=letter, reason=reason, again=again)
        )

    # --------------------------------------------------------------------- on the writer's thread

    def _keep_receipt(self, tx: Transaction, letter: Letter, receipt: Any) -> None:
        outbox.delivered(tx, letter.id, receipt)
        words = Text(f"통보했습니다: {letter.target}", f"notice delivered: {letter.target}")
        self._told(tx, letter, "delivered", words)

    def _keep_failure(self, tx: Transaction, letter: Letter, reason: Text, *, again: bool) -> None:
        next_at = tx.at + pause_us(letter.attempts + 1) if again else None
        outbox.failed(tx, letter.id, reason, next_at)
        if again:
            incident = self._incidents.get(tx.connection, letter.about or "")
            if incident is not None:
                self._incidents.tell(
                    tx, incident, "notice", letter=letter.id, to=letter.target, state="waiting",
                    attempts=letter.attempts + 1, reason=words_of(reason),
                )  # fmt: skip
            return
        words = Text(
            f"통보하지 못했습니다: {letter.target} ({reason.ko})",
            f"notice not delivered: {letter.target} ({reason.en})",
        )
        self._told(tx, letter, "given_up", words)

    def _told(self, tx: Transaction, letter: Letter, state: str, words: Text) -> None:
        """The end of a letter stands in the history of its incident."""
        before = self._incidents.get(tx.connection, letter.about or "")
        if before is None:
            return
        facts = {"to": letter.target, "state": state, "letter": letter.id}
        line = Line(moment(tx.at), HUB.name, "notice", words, facts=facts)
        self._incidents.change(tx, before, replace(before, history=(*before.history, line)))


def _check(route: Route) -> None:
    """Raises BadInput for what cannot be sent to."""
    if not route.name or not route.address:
        raise BadInput(
            Text("받는 곳의 이름과 주소가 필요합니다", "a name and an address are needed")
        )
