"""Time as a dependency, so that tests drive it by hand."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds on a clock that all processes of this machine share and that never jumps."""
        ...

    def now(self) -> datetime:
        """The wall clock, aware, UTC."""
        ...


class SystemClock:
    """The real one. CLOCK_MONOTONIC (Linux) and QPC (Windows) are the same in every process."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)
