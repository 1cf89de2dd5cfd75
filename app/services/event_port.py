"""What the computer's own log hears of the console: few words, for the administrator."""

from __future__ import annotations

from enum import Enum
from typing import Literal, Protocol

from typing_extensions import override

from app.domain.text import Text

Level = Literal["information", "warning", "error"]


class EventKind(Enum):
    """By its number, which never changes: monitoring asks for it (docs/care.md has the table).

    Up to 1000: that many Windows' own table of messages (EventCreate.exe) knows.
    """

    STARTED = (100, "information")
    ENDED = (101, "information")
    CRASHED = (200, "error")
    SAFE_FORM = (201, "warning")
    HUB_CERTIFICATE = (300, "warning")
    DISK_FULL = (301, "error")
    UPDATE_APPLIED = (400, "information")
    UPDATE_REFUSED = (401, "warning")

    def __init__(self, number: int, level: Level) -> None:
        self.number: int = number
        self.level: Level = level


class EventLog(Protocol):
    """Never blocks, never raises: nobody waits for a line in a log."""

    def write(self, kind: EventKind, text: Text) -> None: ...

    async def close(self) -> None:
        """Gives what was written a moment to arrive."""
        ...


class NoEventLog(EventLog):
    """For tests, and for systems that have none."""

    @override
    def write(self, kind: EventKind, text: Text) -> None:
        """Nobody listens."""

    @override
    async def close(self) -> None:
        """Nothing waits."""
