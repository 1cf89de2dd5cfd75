from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures import Growing, Histogram, Sample, percentile, percentile_of, rate

seconds = st.floats(min_value=0.001, max_value=5000.0)


def histogram(*values: float) -> Histogram:
    made = Histogram()
    for value in values:
        made.add(value)
    return made


def test_nothing_has_no_percentile() -> None:
    assert Histogram().percentile(0.95) is None
    assert percentile([], 0.95) is None


def test_nearest_rank() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 0.5) == 50.0
    assert percentile(values, 0.95) == 95.0
    assert percentile([7.0], 0.01) == 7.0


@given(st.lists(seconds, min_size=1, max_size=200), st.sampled_from([0.0, 0.5, 0.95, 0.99, 1.0]))
def test_a_histogram_is_within_a_percent_of_the_exact_percentile(
    values: list[float], fraction: float
) -> None:
    exact = percentile(values, fraction)
    assert exact is not None
    assert histogram(*values).percentile(fraction) == pytest.approx(exact, rel=0.011)


@given(st.lists(seconds), st.lists(seconds))
def test_parts_count_as_one(one: list[float], two: list[float]) -> None:
    together = histogram(*one, *two).percentile(0.95)
    assert percentile_of((histogram(*one), histogram(*two)), 0.95) == together


@pytest.mark.parametrize("value", [0.0, -0.001, 1e-9])
def test_what_is_at_once_is_zero(value: float) -> None:
    assert histogram(value).percentile(1.0) == 0.0


def test_what_is_longer_than_any_bucket_is_told_as_the_last_one() -> None:
    made = histogram(1e12)
    assert made.largest == 1e12
    assert made.percentile(1.0) == pytest.approx(1e5, rel=0.1)


def test_clearing_forgets_everything() -> None:
    made = histogram(3.0)
    made.clear()
    assert (made.count, made.largest, made.percentile(0.5)) == (0, 0.0, None)


def test_a_long_block_counts_for_all_the_beats_that_it_swallowed() -> None:
    # Half a second in ten is 5 % of the time: the 99th percentile has to feel it.
    made = Histogram()
    for _ in range(950):
        made.add_with_missed(0.0, 0.010)
    made.add_with_missed(0.500, 0.010)
    p99 = made.percentile(0.99)
    assert p99 is not None
    assert p99 > 0.35
    assert made.count == 950 + 1 + 50


def test_a_night_of_sleep_is_corrected_in_bounded_time() -> None:
    made = Histogram()
    made.add_with_missed(8 * 3600.0, 0.010)
    assert made.count == 2001


def test_rate() -> None:
    assert rate(30, 2.0) == 15.0
    assert rate(30, 0.0) == 0.0


def test_a_counter_that_starts_again_goes_on() -> None:
    counter = Growing()
    assert [counter.read(raw) for raw in (3, 10, 2, 5)] == [3, 10, 12, 15]


@pytest.mark.parametrize(
    ("shown", "decoded", "ratio"), [(15.0, 15.0, 1.0), (3.0, 4.0, 0.75), (0.0, 0.0, None)]
)
def test_shown_ratio(shown: float, decoded: float, ratio: float | None) -> None:
    assert Sample(0.0, shown_per_second=shown, decoded_per_second=decoded).shown_ratio == ratio
