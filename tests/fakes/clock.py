"""A clock that stands until the test moves it."""

from __future__ import annotations

from datetime import UTC, datetime

from typing_extensions import override

from app.clock import Clock


class HandClock(Clock):
    """`at` is the monotonic second; the wall clock shows `base` plus `at`."""

    def __init__(self, at: float = 1000.0, base: float = 0.0) -> None:
        self.at = at
        self.base = base

    @override
    def monotonic(self) -> float:
        return self.at

    @override
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.base + self.at, UTC)
