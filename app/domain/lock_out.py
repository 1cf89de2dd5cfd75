"""How long an account waits after wrong passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

# A tired operator mistypes a few times; a program tries thousands of times.
FREE = 5
FIRST = timedelta(seconds=30)
# Longer would let anyone who knows a user name lock its owner out for a shift.
LONGEST = timedelta(hours=1)
_MOST_DOUBLINGS = 7


def lock_out(failures: int) -> timedelta:
    """The pause after that many failures in a row: none for five, then 30 s, doubling to 1 h."""
    if failures <= FREE:
        return timedelta(0)
    return min(LONGEST, FIRST * (1 << min(failures - FREE - 1, _MOST_DOUBLINGS)))


def locked_until(failures: int, last_failure: datetime) -> datetime:
    """From when on a password is looked at again; not later than `last_failure` if at once."""
    return last_failure + lock_out(failures)
