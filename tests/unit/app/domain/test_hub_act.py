from __future__ import annotations

from datetime import UTC, datetime

from app.domain.hub_act import ActState, HubAct, Line


def test_only_an_answer_closes_an_act() -> None:
    assert {state for state in ActState if state.open} == {ActState.WAITING, ActState.SENT}


def test_what_an_act_says_is_never_in_its_repr() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    act = HubAct(
        "c", "console", 1, "anna", "incident.note", "i", 0, at,
        args={"text": "secret"}, current={"title": "secret"},
    )  # fmt: skip
    assert "secret" not in repr(act)
    assert Line("console", "anna").next_n == 1
