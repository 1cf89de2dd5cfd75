from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import BadInput, Refused
from app.domain.incident import Incident
from app.domain.incident_state import State
from app.domain.incident_steps import (
    Golden,
    How,
    Tick,
    golden,
    notified,
    revealed,
    step_words,
    stepped,
    ticks,
)
from app.domain.incident_type import GoldenStep, TypeKey
from app.domain.incident_types import INCIDENT_TYPES, type_of
from tests.fakes.incidents import KIM, NOON, incident, minutes

FIRE = incident(type=TypeKey.MARKET_FIRE, state=State.ACKNOWLEDGED)


def ticked(one: Incident) -> dict[str, Tick]:
    return ticks((line.kind, line.at, line.by, line.facts) for line in one.history)


def test_a_step_is_done_skipped_and_taken_back_in_the_history() -> None:
    done = stepped(FIRE, "stall", How.DONE, KIM, minutes(1))
    assert ticked(done) == {"stall": Tick(How.DONE, minutes(1), "김관제")}
    again = stepped(done, "stall", How.DONE, KIM, minutes(2))
    assert again is done, "nothing new"
    back = stepped(done, "stall", How.OPEN, KIM, minutes(2))
    assert ticked(back) == {}
    assert len(back.history) == 2, "that it was ticked stays in the history"
    skipped = stepped(back, "share", How.SKIPPED, KIM, minutes(3), " 수신기관 없음 ")
    assert ticked(skipped)["share"].reason == "수신기관 없음"
    assert "수신기관 없음" in skipped.history[-1].words.ko


@pytest.mark.parametrize(
    ("key", "how", "reason"),
    [("no such step", How.DONE, ""), ("share", How.SKIPPED, "  "), ("", How.DONE, "")],
)
def test_what_is_no_step_or_gives_no_reason_is_refused(key: str, how: How, reason: str) -> None:
    with pytest.raises(BadInput):
        stepped(FIRE, key, how, KIM, minutes(1), reason)


def test_the_steps_of_what_has_ended_stay() -> None:
    with pytest.raises(Refused):
        stepped(replace(FIRE, state=State.CLOSED), "stall", How.DONE, KIM, minutes(1))


def test_who_looks_at_personal_facts_is_written_down() -> None:
    with pytest.raises(Refused):
        revealed(FIRE, KIM, minutes(1))
    looked = revealed(replace(FIRE, person={"owner": "홍길동"}), KIM, minutes(1))
    assert (looked.history[-1].kind, looked.history[-1].by) == ("reveal", "김관제")
    assert "홍길동" not in str(looked.history[-1])


def test_telling_others_meets_the_golden_time_of_the_notice() -> None:
    told = notified(FIRE, ["119", "달서경찰서"], KIM, minutes(1))
    assert "119, 달서경찰서" in told.history[-1].words.en
    assert GoldenStep.NOTICE in ticked(told)


@pytest.mark.parametrize(
    ("state", "done", "step"),
    [
        (State.RECEIVED, (), GoldenStep.ACKNOWLEDGE),
        (State.ACKNOWLEDGED, (), GoldenStep.VIDEO),
        (State.ACKNOWLEDGED, ("dragnet",), GoldenStep.NOTICE),
        (State.RESPONDING, ("video", "notice"), GoldenStep.ARRIVAL),
        (State.RESPONDING, ("video", "notice", "arrival"), None),
        (State.RELEASED, (), None),
        (State.CLOSED, (), None),
    ],
)
def test_the_next_golden_time_is_the_first_that_is_not_met(
    state: State, done: tuple[str, ...], step: GoldenStep | None
) -> None:
    known = {key: Tick(How.DONE, NOON, "김관제") for key in done}
    found = golden(TypeKey.MARKET_FIRE, state, NOON, known, minutes(1))
    assert (found.step if found is not None else None) == step


def test_a_golden_time_runs_out_and_goes_on() -> None:
    found = golden(TypeKey.EMERGENCY_VIDEO, State.RECEIVED, NOON, {}, NOON + timedelta(seconds=45))
    assert found == Golden(GoldenStep.ACKNOWLEDGE, 30, -15.0)
    assert golden("drone_fall", State.RECEIVED, NOON, {}, NOON) is None


def test_every_step_of_every_type_can_be_ticked() -> None:
    for key, known in INCIDENT_TYPES.items():
        names = [step.key for step in known.sop] + [str(time.step) for time in known.golden]
        for name in names:
            assert step_words(name, key) is not None, (key, name)
    assert type_of("drone_fall") is None
    assert step_words("dragnet", "drone_fall") is None
