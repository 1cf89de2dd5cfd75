from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.session_rules import (
    LONGEST_DELAY,
    Idle,
    IdleRule,
    SureTime,
    hours_left,
    retry_delay,
)

TIMES = st.floats(0, 1e9)


@pytest.mark.parametrize(
    ("rule", "idle", "verdict"),
    [
        (IdleRule(), 1e9, Idle.ACTIVE),
        (IdleRule(60, 600), 59, Idle.ACTIVE),
        (IdleRule(60, 600), 60, Idle.LOCK),
        (IdleRule(60, 600), 600, Idle.SIGN_OFF),
        (IdleRule(0, 600), 599, Idle.ACTIVE),
        (IdleRule(60, 0), 1e9, Idle.LOCK),
        (IdleRule(600, 60), 60, Idle.SIGN_OFF),
    ],
)
def test_idle(rule: IdleRule, idle: float, verdict: Idle) -> None:
    assert rule.verdict(idle) is verdict


@given(high=TIMES, wall=TIMES, mono=TIMES, later=TIMES, turned=TIMES)
def test_no_turning_of_the_clock_brings_time_back(
    high: float, wall: float, mono: float, later: float, turned: float
) -> None:
    sure = SureTime(high, wall, mono)
    now = sure.now(turned, mono + later)
    assert now >= max(high, wall, turned)
    assert now >= max(high, wall) + later - 1e-3
    assert sure.now(turned, mono + later + 1) >= now


@given(verified=TIMES, hours=st.floats(0, 1000), now=TIMES)
def test_hours_left_are_never_more_than_were_given(
    verified: float, hours: float, now: float
) -> None:
    assert 0 <= hours_left(verified, hours, now) <= hours * 3600


def test_hours_run_out() -> None:
    assert hours_left(1000, 2, 1000 + 3600) == 3600
    assert hours_left(1000, 2, 1000 + 7200) == 0
    assert hours_left(9_999_999, 2, 1000) == 7200


def test_wrong_passwords_cost_more_and_more() -> None:
    delays = [retry_delay(n) for n in range(40)]
    assert delays[:4] == [0, 0, 0, 4]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY
