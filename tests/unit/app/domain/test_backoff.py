"""When to try again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.backoff import (
    LONGEST_HUB_PAUSE,
    LONGEST_PAUSE,
    LONGEST_RETRY_AFTER,
    hub_pause,
    pause,
)


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


def test_the_hub_is_asked_again_within_two_seconds() -> None:
    assert [hub_pause(n, 1.0) for n in range(1, 6)] == [0.25, 0.5, 1.0, 2.0, 2.0]
    assert hub_pause(10_000, 1.0) == LONGEST_HUB_PAUSE
    assert hub_pause(5, 0.0) == 0.0


def test_the_hub_may_ask_for_longer_within_reason() -> None:
    assert hub_pause(1, 1.0, 7.0) == 7.25
    assert hub_pause(1, 0.0, 1e9) == LONGEST_RETRY_AFTER
    assert hub_pause(1, 0.0, -5.0) == 0.0
