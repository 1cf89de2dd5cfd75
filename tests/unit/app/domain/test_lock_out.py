from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lock_out import LONGEST, lock_out, locked_until
from tests.fakes.incidents import NOON


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (5, 0), (6, 30), (7, 60), (8, 120), (12, 1920), (13, 3600), (14, 3600), (10**9, 3600)],
)
def test_pauses(failures: int, seconds: int) -> None:
    assert lock_out(failures) == timedelta(seconds=seconds)
    assert locked_until(failures, NOON) == NOON + timedelta(seconds=seconds)


@given(st.integers(0, 10_000))
def test_a_pause_never_shrinks_and_has_a_limit(failures: int) -> None:
    assert lock_out(failures) <= lock_out(failures + 1) <= LONGEST
