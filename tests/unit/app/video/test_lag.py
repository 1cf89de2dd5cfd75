"""Lateness from arrival times and time stamps alone."""

from __future__ import annotations

import pytest

from app.video.lag import LagMeter


def test_a_steady_stream_has_no_lag_whatever_its_time_base() -> None:
    meter = LagMeter()
    assert max(meter.add(50.0 + n / 15, 7000.0 + n / 15) for n in range(100)) == pytest.approx(0)


def test_lag_is_how_much_later_than_the_best_case() -> None:
    meter = LagMeter()
    meter.add(10.0, 0.0)
    assert meter.add(11.5, 1.0) == pytest.approx(0.5)
    assert meter.add(12.0, 2.0) == pytest.approx(0.0)


def test_a_burst_of_old_pictures_at_the_start_is_not_lag() -> None:
    meter = LagMeter()
    for n in range(15):
        meter.add(10.0, n / 15)
    assert meter.lag == pytest.approx(0.0)


def test_a_slow_drift_of_clocks_is_forgotten_after_a_minute() -> None:
    meter = LagMeter()
    drift = 1 + 50e-6
    for n in range(600):
        meter.add(n * drift, float(n))
    assert meter.lag < 0.004


def test_a_file_that_begins_again_is_not_behind() -> None:
    meter = LagMeter()
    assert max(meter.add(n / 15, n % 60 / 15) for n in range(600)) == pytest.approx(0)


def test_a_clock_that_stands_says_nothing() -> None:
    meter = LagMeter()
    assert max(meter.add(n / 15, 7.0) for n in range(600)) == 0.0


def test_a_clock_that_runs_slow_is_not_believed_for_long() -> None:
    meter = LagMeter()
    lags = [meter.add(n / 15, n / 15 * 0.8) for n in range(15 * 120)]
    assert sum(lag > 2.0 for lag in lags) < 15 * 11
    assert set(lags[15 * 60 :]) == {0.0}


def test_who_catches_up_in_time_is_still_believed() -> None:
    meter = LagMeter()
    for _ in range(5):
        meter = LagMeter()
        for n in range(15 * 4):
            meter.add(10.0 + n / 15, n / 60)
        assert meter.lag > 2.0
        assert meter.add(14.1, 4.1) == pytest.approx(0.0)


@pytest.mark.parametrize("leap", [3600.0, -3600.0])
def test_a_time_stamp_that_leaps_starts_a_new_time_base(leap: float) -> None:
    meter = LagMeter()
    meter.add(10.0, 100.0)
    assert meter.add(10.1, 100.0 + leap) == 0.0
