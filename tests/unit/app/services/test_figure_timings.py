from __future__ import annotations

import pytest

from app.domain.figures import Histogram
from app.services.figure_timings import PROBE_SECONDS, Timings, delay


def test_nothing_measured_is_none_not_zero() -> None:
    timings = Timings(0.0)
    assert timings.ages() is None
    assert timings.openings() is None
    assert timings.blocking() is None
    assert timings.recent_block(0.0) == (None, 0.0)
    assert delay(Histogram()) is None


def test_a_block_of_half_a_second_in_ten_reaches_the_99th_percentile() -> None:
    timings = Timings(0.0)
    for _ in range(475):
        timings.blocked(0.0)
    timings.blocked(25 * PROBE_SECONDS)
    blocking = timings.blocking()
    assert blocking is not None
    assert blocking.max == pytest.approx(500)
    assert blocking.p95 < 100 < blocking.p99


def test_a_new_period_forgets_all_but_the_opening() -> None:
    timings = Timings(0.0)
    for histogram in (timings.age, timings.latency, timings.marked, timings.screen):
        histogram.add(0.1)
    timings.blocked(0.2)
    timings.opening.add(0.5)
    timings.restart()
    assert timings.ages() is None
    assert timings.blocking() is None
    assert delay(timings.latency) is None
    opening = timings.openings()
    assert opening is not None
    assert opening.max == pytest.approx(500)


def test_recent_blocking_looks_back_half_a_minute_to_a_minute() -> None:
    timings = Timings(0.0)
    timings.blocked(0.3)
    assert timings.recent_block(29.0)[1] == pytest.approx(0.3)
    assert timings.recent_block(31.0)[1] == pytest.approx(0.3)
    assert timings.recent_block(62.0)[1] == 0.0
