"""What the console says of its own version. It never changes one: that is the helper's work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from app.domain.text import Text
from app.domain.update import Standing
from app.signals import Signal
from app.tasks import SerialQueue, cancel, spawn

_log = logging.getLogger(__name__)

# An update is for the next start: nobody waits for it in front of the screen.
LOOK_SECONDS = 900.0


class Updates:
    """`standing` is what was seen last, None before the first look; `look` blocks."""

    def __init__(self, look: Callable[[], Standing]) -> None:
        self.standing: Standing | None = None
        self.changed: Signal[None] = Signal("updates changed")
        self.notices: Signal[Text] = Signal("notices of updates")
        self._look = look
        self._queue = SerialQueue("updates")
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = spawn(self._again(), "updates")

    async def stop(self) -> None:
        await cancel(self._looking)
        await self._queue.close()

    async def look(self) -> None:
        """Now. A version that waits is told once, not every quarter of an hour."""
        before, now = self.standing, await self._queue.run(self._look)
        if now == before:
            return
        self.standing = now
        self.changed.emit(None)
        if now.waits and (before is None or before.next != now.next):
            self.notices.emit(
                Text(
                    f"{now.next} 버전이 준비되었습니다. 프로그램을 다시 시작하면 실행됩니다.",
                    f"Version {now.next} is ready. It runs when the program is started again.",
                )
            )

    async def _again(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - a look that fails must not end the watch
                _log.exception("the version could not be told")
            await asyncio.sleep(LOOK_SECONDS)
