"""What an operator did and the hub has to hear: on the disk before the screen says done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.clock import Clock
from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.hub_act import ActState, HubAct, Line
from app.domain.text import Text
from app.services.hub_store_port import HubStore
from app.services.outbox_answers import command, refused, renumbered, settled
from app.signals import Signal
from app.tasks import spawn
from app.wire.commands import Batch, Outcomes

# DESIGN §4: after a restored backup, consoles offer again what the hub applied within this time.
KEPT = timedelta(days=30)


class Outbox:
    """Owns the acts that wait, and those in conflict or refused until a person lets them go.

    changed  one was added, settled, renumbered or dismissed
    settled  the hub has answered this one
    """

    def __init__(self, store: HubStore, clock: Clock, new_id: Callable[[], str]) -> None:
        self.changed: Signal[None] = Signal("outbox changed")
        self.settled: Signal[HubAct] = Signal("act settled")
        self.notices: Signal[Text] = Signal("notices of the outbox")
        self.work = asyncio.Event()
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._acts: dict[str, HubAct] = {}
        self._in_flight: frozenset[str] = frozenset()
        self._line: Line | None = None
        # What follows from the numbers is decided and written by one at a time.
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Reads what the last run left; a file that cannot be read becomes a notice."""
        try:
            await self._store.forget_settled(self._clock.now() - KEPT)
            loaded = await self._store.acts()
        except Failure as failure:
            self.notices.emit(failure.text)
            return
        for problem in loaded.problems:
            self.notices.emit(problem)
        self._acts = {act.cmd_id: act for act in loaded.value}
        self._changed()

    # lines

    async def take_line(self, username: str) -> Line:
        """This person's line; acts go into it from now on. Raises `Failure`."""
        async with self._turn:
            self._line = await self._store.line(username, self._new_id())
        self._changed()
        return self._line

    def drop_line(self) -> None:
        """Nobody is signed in: what waits goes on waiting."""
        self._line = None
        self._in_flight = frozenset()
        self._changed()

    @property
    def client(self) -> str:
        """This console's name at the hub; empty while nobody is signed in."""
        return self._line.client if self._line is not None else ""

    # what a person sees

    def acts(self) -> tuple[HubAct, ...]:
        """All that wait, and all conflicts and refusals; oldest first."""
        return tuple(
            replace(act, state=ActState.SENT) if act.cmd_id in self._in_flight else act
            for act in self._acts.values()
        )

    @property
    def waiting(self) -> int:
        """How many acts of all persons the hub has not answered."""
        return sum(act.state.open for act in self._acts.values())

    @property
    def troubled(self) -> int:
        """How many conflicts and refusals wait for a person."""
        return len(self._acts) - self.waiting

    # what a person does

    async def act(
        self, type_: str, target: str, base_ver: int, args: Mapping[str, object] | None = None
    ) -> HubAct:
        """On the disk when it returns. Raises `Failure`; then it was not done.

        A caller that is cancelled while the disk writes may still have done it.
        """
        return await self._whole(self._act(type_, target, base_ver, dict(args or {}), None))

    async def retry(self, cmd_id: str, base_ver: int) -> HubAct:
        """The same once more, on top of version `base_ver`. Raises `Failure`."""
        old = self._troubled_one(cmd_id)
        return await self._whole(self._act(old.type, old.target, base_ver, dict(old.args), old))

    async def discard(self, cmd_id: str) -> None:
        """A conflict or refusal is let go. Raises `Failure`."""
        dismissed = replace(self._troubled_one(cmd_id), dismissed=True)
        async with self._turn:
            await self._store.update_acts([dismissed])
            self._acts.pop(cmd_id, None)
        self._changed()

    # for the sender

    def next_batch(self, most: int) -> tuple[HubAct, ...]:
        """The oldest of this person's acts; they count as sent until `settle` or `came_back`."""
        found = self._own_waiting()[:most]
        self._in_flight = frozenset(act.cmd_id for act in found)
        self._changed()
        return tuple(found)

    @staticmethod
    def batch(acts: Sequence[HubAct]) -> Batch:
        return Batch(commands=tuple(command(act) for act in acts))

    def came_back(self) -> None:
        """The batch has no answer: it may or may not have arrived, and is sent again."""
        self._in_flight = frozenset()
        self._changed()

    async def settle(self, acts: Sequence[HubAct], outcomes: Outcomes) -> bool:
        """Writes the answers down; whether anything has moved on. Raises `Failure`."""
        by_id = {outcome.cmd_id: outcome for outcome in outcomes.outcomes}
        now = self._clock.now()
        done = [settled(act, by_id[act.cmd_id], now) for act in acts if act.cmd_id in by_id]
        async with self._turn:
            moved = await self._settle(acts[0].client, done, outcomes.next_n)
        for act in done:
            self.settled.emit(act)
        return bool(done) or moved

    async def refuse(self, act: HubAct, reason: Text) -> None:
        """The hub cannot even read it: it takes no number, the next one does."""
        done = refused(act, reason, self._clock.now())
        async with self._turn:
            await self._settle(act.client, [done], act.n)
        self.settled.emit(done)

    async def offer_again(self, epoch: str) -> int:
        """After a restored backup: what the hub had applied waits to be sent once more.

        The hub answers what it still has from its memory. How many; raises `Failure`.
        """
        async with self._turn:
            line = self._line
            if line is None or line.epoch == epoch:
                return 0
            again: list[HubAct] = []
            if line.epoch is not None:
                loaded = await self._store.settled_since(line.client, self._clock.now() - KEPT)
                for problem in loaded.problems:
                    self.notices.emit(problem)
                again = [_open_again(act) for act in loaded.value]
            self._line = replace(line, epoch=epoch)
            await self._store.update_acts(again, self._line)
            # Before what waits already: they were done before it.
            self._acts = {act.cmd_id: act for act in again} | self._acts
        if again:
            self.notices.emit(_offered(len(again)))
        self._changed()
        return len(again)

    # inside

    async def _whole(self, work: Coroutine[Any, Any, HubAct]) -> HubAct:
        """To its end even if the caller is cancelled: memory and disk must say the same."""

        async def outcome() -> HubAct | Failure:
            try:
                return await work
            except Failure as failure:
                return failure

        found = await asyncio.shield(spawn(outcome(), "keep an act"))
        if isinstance(found, Failure):
            raise found
        return found

    async def _act(
        self,
        type_: str,
        target: str,
        base_ver: int,
        args: Mapping[str, object],
        instead_of: HubAct | None,
    ) -> HubAct:
        async with self._turn:
            line = self._line
            if line is None:
                raise _NOBODY
            if not self._store.saving:
                raise _NOT_SAVING
            act = HubAct(
                self._new_id(), line.client, line.next_n, line.username, type_, target, base_ver,
                self._clock.now(), args,
            )  # fmt: skip
            command(act)  # raises `BadInput` now, not at every attempt to send it
            after = replace(line, next_n=line.next_n + 1)
            await self._store.keep_act(act, after)
            self._line = after
            self._acts[act.cmd_id] = act
            if instead_of is not None:
                await self._store.update_acts([replace(instead_of, dismissed=True)])
                self._acts.pop(instead_of.cmd_id, None)
        self._changed()
        return act

    async def _settle(self, client: str, done: Sequence[HubAct], next_n: int) -> bool:
        """Whether the numbers of what still waits had to change."""
        over = {act.cmd_id for act in done}
        left = [act for act in self._waiting(client) if act.cmd_id not in over]
        moved = renumbered(left, next_n)
        line = self._line
        if line is not None and line.client == client:
            line = replace(line, next_n=next_n + len(left))
        await self._store.update_acts([*done, *moved], line)
        self._line = line
        self._remember([*done, *moved])
        self._in_flight = frozenset()
        self._changed()
        return bool(moved)

    def _remember(self, acts: Iterable[HubAct]) -> None:
        for act in acts:
            if act.state is ActState.APPLIED:
                self._acts.pop(act.cmd_id, None)
            else:
                self._acts[act.cmd_id] = act

    def _own_waiting(self) -> list[HubAct]:
        return [] if self._line is None else self._waiting(self._line.client)

    def _waiting(self, client: str) -> list[HubAct]:
        return [act for act in self._acts.values() if act.state.open and act.client == client]

    def _troubled_one(self, cmd_id: str) -> HubAct:
        act = self._acts.get(cmd_id)
        if act is None or act.state.open:
            raise _NOT_TROUBLED
        return act

    def _changed(self) -> None:
        if self._own_waiting():
            self.work.set()
        else:
            self.work.clear()
        self.changed.emit(None)


def _open_again(act: HubAct) -> HubAct:
    return replace(
        act, state=ActState.WAITING, settled_at=None, seq=None, ver=None, reason=None, current=None
    )


_NOBODY = Refused(Text("먼저 로그인하세요.", "Sign in first."))
_NOT_SAVING = Unavailable(
    Text(
        "이 컴퓨터에 저장할 수 없어 행위를 받아들이지 않았습니다. 시작할 때의 알림을 보세요.",
        "Nothing can be kept on this computer, so the act was not accepted. See the notice at the "
        "start.",
    )
)
_NOT_TROUBLED = BadInput(
    Text("이미 처리된 행위입니다.", "That act does not wait for a decision any more.")
)


def _offered(count: int) -> Text:
    return Text(
        f"허브가 백업에서 복구되었습니다. 최근 30일의 행위 {count}건을 다시 보냅니다.",
        f"The hub was restored from a backup. {count} acts of the last 30 days are offered again.",
    )
