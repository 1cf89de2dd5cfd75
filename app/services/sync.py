"""Keeps the console's copy of the hub true: connect, snapshot if needed, follow, reconnect."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from app.clock import Clock
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.hub_link import HubLink
from app.services.hub_port import Heard, HubClient, HubFailure, Place, Trouble
from app.services.hub_rows import HubRows
from app.services.hub_store_port import HubStore, Scope
from app.services.outbox import Outbox
from app.services.sending import Pace, Sender
from app.services.snapshot_filling import take_snapshot
from app.signals import Signal
from app.tasks import cancel, spawn
from app.wire.session import Session
from app.wire.stream import Frame

_log = logging.getLogger(__name__)

# A hub, or a proxy in its name, that does not wait before it says "nothing new" must not be asked a
# thousand times a second.
_EMPTY_PAUSE = 0.1

Enter = Callable[[], Awaitable[Session]]


@dataclass(frozen=True, slots=True)
class SyncParts:
    hub: HubClient
    store: HubStore
    rows: HubRows
    outbox: Outbox
    link: HubLink
    clock: Clock


class Sync:
    """`start` it when somebody has signed in, `stop` it when he goes.

    ended  the hub does not accept the session any more; why. Nothing runs then.
    """

    def __init__(self, parts: SyncParts, pace: Pace | None = None) -> None:
        self.ended: Signal[Text] = Signal("hub session ended")
        self.notices: Signal[Text] = Signal("notices of the sync")
        self._parts = parts
        self._pace = pace or Pace()
        self._sender = Sender(parts.hub, parts.outbox, self._pace)
        self._place: Place | None = None
        self._attempt = 0
        self._poll_until = float("-inf")
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def place(self) -> Place | None:
        """Where the copy stands; None if it needs a snapshot."""
        return self._place

    async def start(self, scope: Scope, enter: Enter) -> None:
        """Shows what is in the cache and begins. `enter` gives a session, signing in if need be.

        Raises `Failure` if the disk does not play along.
        """
        self._place = await self._parts.store.take_over(scope)
        await self._parts.rows.reload()
        self._attempt = 0
        self._tasks = [
            spawn(self._until_ended(self._follow(enter)), "hub sync"),
            spawn(self._until_ended(self._sender.run()), "hub outbox"),
        ]

    async def stop(self) -> None:
        tasks, self._tasks = self._tasks, []
        self._sender.connected.clear()
        await cancel(*tasks)

    # the life of a connection

    async def _until_ended(self, work: Awaitable[None]) -> None:
        try:
            await work
        except HubFailure as failure:
            await self._end(failure)

    async def _end(self, failure: HubFailure) -> None:
        own = asyncio.current_task()
        self._sender.connected.clear()
        await cancel(*(task for task in self._tasks if task is not own))
        if failure.trouble is Trouble.FORBIDDEN:
            await self._forget()
            self._parts.link.refused(failure.text)
        else:
            self._parts.link.signed_out(failure.text)
        self.ended.emit(failure.text)

    async def _forget(self) -> None:
        """The right to the rows is gone: so are they."""
        self._place = None
        self._parts.rows.forget()
        try:
            await self._parts.store.purge()
        except Failure as failure:
            self.notices.emit(failure.text)

    async def _follow(self, enter: Enter) -> None:
        """For ever; raises `HubFailure` when only a person can help."""
        while True:
            self._parts.link.connecting()
            wanted: float | None = None
            try:
                await self._once(enter)
            except HubFailure as failure:
                if failure.trouble in {Trouble.SIGNED_OUT, Trouble.FORBIDDEN}:
                    raise
                if failure.trouble is Trouble.RESYNC:
                    self._place = None
                self._parts.link.offline(failure.text)
                wanted = failure.retry_after
            except Failure as failure:
                # The disk is full, say: nothing was applied, so nothing is lost by asking again.
                self._parts.link.offline(failure.text)
            except Exception:  # noqa: BLE001 - a bug with one frame must not end the whole shift
                _log.exception("the hub sync failed; a snapshot leads around it")
                self._place = None
                self._parts.link.offline(_BUG)
            self._sender.connected.clear()
            self._attempt += 1
            await self._pace.pause(self._attempt, wanted)

    async def _once(self, enter: Enter) -> None:
        parts = self._parts
        session = await enter()
        parts.link.told_time(session.server_time)
        await parts.outbox.offer_again(session.epoch)
        # A log that ends before our place is not the one that we followed, whatever it is called.
        place = self._place
        if place is None or place.epoch != session.epoch or place.seq > session.head:
            self._place = None
            self._place = await take_snapshot(parts.hub, parts.store, parts.link, self._pace)
            await parts.rows.reload()
        parts.link.catching_up(self._at.seq, session.head)
        if parts.clock.monotonic() < self._poll_until:
            await self._poll()
            return
        parts.link.polls(polling=False)
        if not await self._stream():
            self._poll_until = parts.clock.monotonic() + self._pace.stream_again
            await self._poll()

    @property
    def _at(self) -> Place:
        assert self._place is not None, "a snapshot comes first"  # noqa: S101 - for mypy
        return self._place

    # following

    async def _stream(self) -> bool:
        """False if nothing passes; all other ends are a `HubFailure`."""
        async with aclosing(self._parts.hub.stream(self._at)) as stream:
            limit = self._pace.first
            while True:
                try:
                    async with asyncio.timeout(limit):
                        heard = await anext(stream)
                except TimeoutError:
                    if limit == self._pace.first:
                        return False
                    raise HubFailure(Trouble.TIMED_OUT, _DEAD) from None
                limit = self._pace.dead
                self._came_through()
                await self._take(heard)

    async def _poll(self) -> None:
        """The same by asking again and again; until the stream is worth another try."""
        self._parts.link.polls(polling=True)
        while self._parts.clock.monotonic() < self._poll_until:
            answer = await self._parts.hub.changes(self._at, self._pace.wait)
            if answer.epoch != self._at.epoch:
                raise HubFailure(Trouble.RESYNC, _RESTORED)
            self._came_through()
            await self._take(Heard(answer.frames))
            self._parts.link.reached(self._at.seq, answer.head, current=not answer.frames)
            if not answer.frames:
                await self._pace.sleep(_EMPTY_PAUSE)

    def _came_through(self) -> None:
        self._attempt = 0
        self._sender.connected.set()

    async def _take(self, heard: Heard) -> None:
        waiting = list(heard.frames)
        while waiting:
            good, waiting = _in_order(waiting, self._at.seq)
            await self._apply(good)
            if waiting:
                await self._fetch_missing(waiting[0].prev)
        beat = heard.heartbeat
        if beat is not None:
            if beat.prev > self._at.seq:
                await self._fetch_missing(beat.prev)
            self._parts.link.told_time(beat.at)
            self._parts.link.reached(self._at.seq, beat.head, current=True)

    async def _fetch_missing(self, up_to: int) -> None:
        """Asks for what the stream has left out. A place that stays out of reach means resync."""
        while self._at.seq < up_to:
            answer = await self._parts.hub.changes(self._at, 0)
            good, gap = _in_order(answer.frames, self._at.seq)
            if answer.epoch != self._at.epoch or gap or not good:
                raise HubFailure(Trouble.RESYNC, _GAP)
            await self._apply(good)

    async def _apply(self, frames: Sequence[Frame]) -> None:
        if not frames:
            return
        place = replace(self._at, seq=frames[-1].seq)
        changed = await self._parts.store.apply(frames, place)
        self._place = place
        self._parts.rows.apply(changed)
        self._parts.link.reached(place.seq)


def _in_order(frames: Sequence[Frame], seq: int) -> tuple[list[Frame], list[Frame]]:
    """What follows on `seq` without a gap, and the rest from the gap on; none that was here before.

    `prev` names what the hub sent before: the gap is where that is news to us.
    """
    good: list[Frame] = []
    for place, frame in enumerate(frames):
        if frame.seq <= seq:
            continue
        if frame.prev > seq:
            return good, list(frames[place:])
        good.append(frame)
        seq = frame.seq
    return good, []


_BUG = Text(
    "자료를 처리하지 못해 처음부터 다시 받습니다. 기록을 관리자에게 보내세요.",
    "Something could not be processed; everything is fetched anew. Send the log to the "
    "administrator.",
)
_DEAD = Text("허브에서 아무 소식이 없습니다.", "There is no sign of life from the hub.")
_GAP = Text("허브의 자료에 빠진 부분이 있어 다시 받습니다.", "Something is missing; fetching anew.")
_RESTORED = Text(
    "허브가 백업에서 복구되었습니다. 자료를 다시 받습니다.",
    "The hub was restored from a backup; everything is fetched anew.",
)
