"""Sends the outbox while the hub can be reached: in order, one batch at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import random

from app.domain.backoff import hub_pause
from app.domain.errors import Failure
from app.domain.hub_act import HubAct
from app.domain.text import Text
from app.services.hub_port import HubClient, HubFailure, Trouble
from app.services.outbox import Outbox
from app.wire.commands import MOST


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds.

    `first`: a stream that carries nothing for so long stands behind a proxy that buffers (the hub
    sends a heartbeat every 10 s). `dead`: three heartbeats and a little. `wait`: of one long poll.
    `stream_again`: the stream is tried again after so long, a proxy may have been mended.
    `jitter` gives 0…1, `sleep` waits.
    """

    first: float = 15.0
    dead: float = 31.0
    wait: float = 25.0
    stream_again: float = 600.0
    jitter: Callable[[], float] = field(default=random)
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)

    async def pause(self, attempt: int, retry_after: float | None = None) -> None:
        await self.sleep(hub_pause(attempt, self.jitter(), retry_after))


class Sender:
    """`connected` says when the hub can be reached; without it nothing is tried."""

    def __init__(self, hub: HubClient, outbox: Outbox, pace: Pace) -> None:
        self.connected = asyncio.Event()
        self._hub = hub
        self._outbox = outbox
        self._pace = pace
        self._most = MOST

    async def run(self) -> None:
        """For ever; raises `HubFailure` when the session has ended."""
        attempt = 0
        while True:
            await self._outbox.work.wait()
            await self.connected.wait()
            try:
                await self._send()
            except HubFailure as failure:
                if failure.trouble is Trouble.SIGNED_OUT:
                    raise
                attempt += 1
                await self._pace.pause(attempt, failure.retry_after)
            except Failure as failure:
                # The disk: the answer is not written down and will be asked for again.
                attempt += 1
                if attempt == 1:
                    self._outbox.notices.emit(failure.text)
                await self._pace.pause(attempt)
            else:
                attempt = 0

    async def _send(self) -> None:
        acts = self._outbox.next_batch(self._most)
        if not acts:
            return
        try:
            outcomes = await self._hub.commands(self._outbox.batch(acts))
        except HubFailure as failure:
            if failure.trouble in {Trouble.UNREADABLE, Trouble.REFUSED}:
                await self._one_is_bad(acts, failure.text)
                return
            raise
        finally:
            self._outbox.came_back()
        moved = await self._outbox.settle(acts, outcomes)
        await self._outbox.offer_again(outcomes.epoch)
        if not moved:
            raise HubFailure(Trouble.MALFORMED, _NO_ANSWER)
        self._most = MOST

    async def _one_is_bad(self, acts: tuple[HubAct, ...], reason: Text) -> None:
        """The hub refused the batch as a whole: which act it is shows when each goes alone."""
        if len(acts) == 1:
            await self._outbox.refuse(acts[0], reason)
            self._most = MOST
        else:
            self._most = 1


_NO_ANSWER = Text(
    "허브가 보낸 행위에 답하지 않았습니다.", "The hub gave no answer to the acts that it was sent."
)
