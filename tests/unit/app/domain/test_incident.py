from __future__ import annotations

import pytest

from app.domain.incident_state import State
from tests.fakes.incidents import NOON, incident, minutes


def test_who_somebody_is_stays_out_of_what_is_printed() -> None:
    told = incident(person={"name": "홍길동"}, facts={"bell": "17"})
    assert "홍길동" not in repr(told)
    assert "'17'" in repr(told)


@pytest.mark.parametrize(
    ("state", "ended_at", "issued_at", "runs"),
    [
        (State.RESPONDING, None, 1, True),
        (State.RELEASED, 5, 1, False),
        (State.RESPONDING, 5, 1, False),
        (State.RESPONDING, 5, 5, False),
        (State.RESPONDING, 5, 6, True),
        (State.CLOSED, 5, 6, False),
        (State.MERGED, None, 1, True),
    ],
)
def test_when_a_share_runs(state: State, ended_at: int | None, issued_at: int, runs: bool) -> None:
    ended = None if ended_at is None else minutes(ended_at)
    told = incident(state=state, shares_ended_at=ended)
    assert told.share_runs(minutes(issued_at)) is runs
    assert told.occurred_at == NOON
