"""When to try again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.backoff import LONGEST_PAUSE, pause


def test_the_first_retry_is_at_once() -> None:
    assert pause(1, 1.0) == 0.0


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_pause_is_never_longer_than_the_limit(attempt: int, jitter: float) -> None:
    assert 0.0 <= pause(attempt, jitter) <= LONGEST_PAUSE


@given(st.integers(1, 50), st.floats(0, 1))
def test_pauses_grow(attempt: int, jitter: float) -> None:
    assert pause(attempt, jitter) <= pause(attempt + 1, jitter)


def test_the_cameras_of_a_switch_are_spread_over_half_of_the_pause() -> None:
    assert pause(20, 0.0) == LONGEST_PAUSE / 2
    assert pause(20, 1.0) == LONGEST_PAUSE
