from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.bad_ends import PAUSES, WISHED, BadEnd, Exit, pause, too_many

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def ended(seconds_ago: float, *, safe: bool = False) -> BadEnd:
    found = NOW - timedelta(seconds=seconds_ago)
    return BadEnd(found, found - timedelta(seconds=5), "0.1.0", 7, safe=safe)


def test_one_end_or_two_are_no_loop() -> None:
    assert not too_many([], NOW)
    assert not too_many([ended(0), ended(3)], NOW)


def test_three_within_five_minutes_are() -> None:
    assert too_many([ended(299), ended(100), ended(0)], NOW)
    assert not too_many([ended(301), ended(100), ended(0)], NOW)


def test_what_lies_in_the_future_is_a_clock_that_was_set_back() -> None:
    assert not too_many([ended(-9000), ended(-8000), ended(0)], NOW)


def test_a_safe_run_that_ended_badly_leads_to_another_safe_one() -> None:
    """Also long after: what was left out is not the cause, and trying it again mends nothing."""
    assert too_many([ended(90_000, safe=True)], NOW)
    assert not too_many([ended(900, safe=True), ended(10)], NOW)


@pytest.mark.parametrize(("in_a_row", "seconds"), [(1, 1), (2, 2), (3, 5), (4, 10), (99, 60)])
def test_pauses_grow_and_stop_growing(in_a_row: int, seconds: float) -> None:
    assert pause(in_a_row) == seconds
    assert sorted(PAUSES) == list(PAUSES)


def test_a_mistake_is_no_wish() -> None:
    assert Exit.MISTAKE not in WISHED
    assert {Exit.DONE, Exit.WRONG_OPTIONS, Exit.PARTLY} == WISHED
