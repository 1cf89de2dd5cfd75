from __future__ import annotations

import time
from datetime import UTC

from app.clock import SystemClock


def test_the_monotonic_clock_is_the_one_that_all_processes_share() -> None:
    before = time.monotonic()
    now = SystemClock().monotonic()
    assert before <= now <= time.monotonic()


def test_the_wall_clock_is_aware_and_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
