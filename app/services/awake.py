"""Keeps screen and machine awake while a wall is shown."""

from __future__ import annotations

import logging
from typing import Protocol

from app.domain.errors import Failure
from app.domain.text import Text
from app.tasks import SerialQueue

_log = logging.getLogger(__name__)

CANNOT = Text(
    "이 컴퓨터에서는 화면 보호기와 절전을 막을 수 없습니다. 운영체제 설정에서 꺼 주세요.",
    "The screen saver cannot be kept off from here. Turn it off in the system's settings.",
)


class Inhibitor(Protocol):
    """One means of the operating system. Calls block, all on one thread."""

    def hold(self) -> None:
        """Raises `app.domain.errors.Failure` where the system offers nothing."""
        ...

    def renew(self) -> None:
        """Once a `RENEW_SECONDS` while held, for means that wear off."""
        ...

    def release(self) -> None: ...


# X11's shortest usual screen-saver time is a minute.
RENEW_SECONDS = 45.0


class Awake:
    """Awake while any window has asked for it; asks the system only on the first and the last.

    `problem` says why it cannot be done here; for the settings, not worth an alarm.
    """

    def __init__(self, inhibitor: Inhibitor) -> None:
        self.problem: Text | None = None
        self._inhibitor = inhibitor
        self._queue = SerialQueue("awake")
        self._wanting: set[str] = set()

    @property
    def held(self) -> bool:
        return bool(self._wanting)

    async def want(self, window: str, *, awake: bool) -> None:
        """A window shows its wall, or no longer."""
        before = self.held
        (self._wanting.add if awake else self._wanting.discard)(window)
        if self.held == before:
            return
        try:
            await self._queue.run(self._inhibitor.hold if self.held else self._inhibitor.release)
        except Failure as failure:
            _log.info("cannot keep the machine awake: %s", failure)
            self.problem = failure.text

    async def renew(self) -> None:
        """Call it every `RENEW_SECONDS`."""
        if self.held:
            await self._queue.run(self._inhibitor.renew)

    async def stop(self) -> None:
        """The machine may sleep again."""
        if self._wanting:
            self._wanting.clear()
            await self._queue.run(self._inhibitor.release)
        await self._queue.close()
