from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.health import sample
from ui.health import series


def test_the_newest_sample_is_at_zero() -> None:
    history = [sample(at) for at in (100.0, 101.0, 103.0)]
    assert series.times(history).tolist() == [-3.0, -2.0, 0.0]
    assert series.times([]).size == 0


def test_what_was_not_measured_is_a_gap() -> None:
    age = series.PLOTS[2].lines[0]
    drawn = series.values([sample(), sample(age_p95=None)], age)
    assert drawn[0] == 90.0
    assert np.isnan(drawn[1])


def test_this_console_is_never_more_than_the_machine() -> None:
    machine, console = (series.values([sample()], line)[0] for line in series.PLOTS[0].lines)
    assert (machine, console) == (50.0, 40.0)


@pytest.mark.parametrize(
    ("peak", "top"), [(3.0, 50.0), (50.0, 50.0), (51.0, 100.0), (120.0, 200.0), (900.0, 1000.0)]
)
def test_the_axis_ends_at_a_round_number(peak: float, top: float) -> None:
    blocked = series.PLOTS[3]
    assert series.top(blocked, [np.array([1.0, peak, np.nan])]) == top


def test_the_axis_of_nothing() -> None:
    assert series.top(series.PLOTS[0], [np.array([]), np.array([np.nan])]) == 100.0
