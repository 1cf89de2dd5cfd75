"""The feed of the demo: a task that lets things happen, at a pace or step by step."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from datetime import datetime

from app.demo.doors import Senders
from app.demo.stories import Delivery, Stories
from app.domain.errors import Unavailable
from app.signals import Signal
from app.tasks import cancel, spawn

_log = logging.getLogger(__name__)

# Busier than a quiet evening in a city of half a million, calm enough to work on what happens:
# every type once within ten minutes, most of them to their end within twenty.
PER_MINUTE = 6.0
# Before it is sent once more to a hub that is away.
AGAIN_SECONDS = 1.0

Sleep = Callable[[float], Awaitable[object]]


class Feed:
    """`start` and `stop`, or `step`.

    sent  the hub has this one
    """

    def __init__(
        self,
        stories: Stories,
        senders: Senders,
        now: Callable[[], datetime],
        per_minute: float = PER_MINUTE,
        sleep: Sleep = asyncio.sleep,
        again: float = AGAIN_SECONDS,
    ) -> None:
        self.sent: Signal[Delivery] = Signal("demo message sent")
        self._stories = stories
        self._senders = senders
        self._now = now
        self._pause = 60.0 / per_minute if per_minute > 0 else math.inf
        self._sleep = sleep
        self._again = again
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Does nothing where the pace is 0: somebody steps through it."""
        if self._pause == math.inf:
            return
        self._task = spawn(self._run(), "demo feed")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None
        await self._senders.close()

    async def step(self) -> Delivery:
        """The next message, sent until the hub has it; senders lose nothing either."""
        one = self._stories.next(self._now())
        waiting = False
        while True:
            try:
                await self._senders.deliver(one)
            except Unavailable as failure:
                if not waiting:
                    _log.info("the demo feed waits: %s", failure)
                waiting = True
                await self._sleep(self._again)
            else:
                self.sent.emit(one)
                return one

    async def _run(self) -> None:
        while True:
            await self.step()
            await self._sleep(self._pause)
