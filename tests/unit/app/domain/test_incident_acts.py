"""What is done to an incident, told as stories."""

from __future__ import annotations

import pytest

from app.domain.account import AccountId
from app.domain.errors import BadInput, Refused
from app.domain.incident import HUB, Author, IncidentId
from app.domain.incident_acts import (
    Change,
    assigned,
    attached,
    changed,
    closed_automatically,
    merged,
    moved,
    noted,
    unmerged,
)
from app.domain.incident_state import Move, State
from app.domain.incident_type import Grade
from app.domain.text import Text
from tests.fakes.incidents import KIM, NOON, incident, minutes

LEE = Author("이순경", AccountId("lee"))
OTHER = IncidentId("i2")
ENDED = [State.CLOSED, State.CLOSED_AUTOMATICALLY, State.CANCELLED, State.MERGED]


def test_from_the_bell_to_the_end() -> None:
    told = moved(incident(), Move.ACKNOWLEDGE, KIM, minutes(1))
    told = moved(told, Move.RESPOND, LEE, minutes(2))
    told = moved(told, Move.RELEASE, KIM, minutes(9))
    told = moved(told, Move.CLOSE, KIM, minutes(10))
    assert told.state is State.CLOSED
    assert [(line.at, line.by, line.kind) for line in told.history] == [
        (minutes(1), "김관제", "acknowledge"),
        (minutes(2), "이순경", "respond"),
        (minutes(9), "김관제", "release"),
        (minutes(10), "김관제", "close"),
    ]
    assert told.changed_at == minutes(10)
    assert told.shares_ended_at == minutes(9)


def test_whoever_takes_it_up_works_on_it_if_nobody_did() -> None:
    taken = moved(incident(), Move.ACKNOWLEDGE, KIM, minutes(1))
    assert (taken.assignee, taken.assignee_name) == (KIM.account, KIM.name)
    helped = moved(taken, Move.RESPOND, LEE, minutes(2))
    assert helped.assignee == KIM.account
    by_a_system = moved(incident(), Move.ACKNOWLEDGE, Author("112"), minutes(1))
    assert by_a_system.assignee is None
    let_go = moved(incident(), Move.CANCEL, KIM, minutes(1), "오인")
    assert let_go.assignee is None


def test_a_reason_stands_in_the_history() -> None:
    told = moved(incident(), Move.CANCEL, KIM, minutes(1), " 오인 신고 ")
    assert told.history[-1].facts == {"reason": "오인 신고"}
    assert told.history[-1].words == Text("취소했습니다: 오인 신고", "cancelled: 오인 신고")
    with pytest.raises(BadInput):
        moved(incident(), Move.CANCEL, KIM, minutes(1))


def test_reopening_starts_no_share() -> None:
    shared_at = minutes(1)
    told = moved(incident(), Move.CLOSE_AUTOMATICALLY, HUB, minutes(5))
    told = moved(told, Move.REOPEN, KIM, minutes(6), "다시 나타남")
    assert told.state is State.RESPONDING
    assert not told.share_runs(shared_at)
    assert told.share_runs(minutes(7))


def test_a_rule_that_closes_says_why() -> None:
    why = Text("같은 차량번호 재인식", "the same plate was read again")
    told = closed_automatically(incident(), why, minutes(3))
    assert told.state is State.CLOSED_AUTOMATICALLY
    assert told.shares_ended_at == minutes(3)
    line = told.history[-1]
    assert (line.by, line.account, line.words.ko) == (
        HUB.name, None, "자동으로 종료되었습니다: 같은 차량번호 재인식",
    )  # fmt: skip
    with pytest.raises(Refused):
        closed_automatically(told, why, minutes(4))


@pytest.mark.parametrize("move", [Move.MERGE, Move.UNMERGE])
def test_merging_concerns_two_incidents(move: Move) -> None:
    with pytest.raises(ValueError, match="merged"):
        moved(incident(), move, KIM, NOON)


def test_assignment() -> None:
    told = assigned(incident(), LEE.account, LEE.name, KIM, minutes(1))
    assert (told.assignee, told.assignee_name) == (LEE.account, "이순경")
    assert told.history[-1].words.en == "assigned to 이순경"
    assert assigned(told, LEE.account, LEE.name, KIM, minutes(2)) is told
    nobody = assigned(told, None, "", KIM, minutes(3))
    assert (nobody.assignee, nobody.assignee_name) == (None, "")
    assert nobody.history[-1].kind == "assign"


def test_new_information_is_laid_over_the_old() -> None:
    told = incident(facts={"bell": "17", "note": "a"}, person={"name": "홍길동"}, approximate=True)
    change = Change(
        title="비상벨 17",
        position=(35.83, 128.53),
        grade=Grade.NORMAL,
        facts=(("note", "b"),),
        person=(("phone", "010"),),
    )
    new = changed(told, change, KIM, minutes(1))
    assert (new.title, new.place, new.grade) == ("비상벨 17", told.place, Grade.NORMAL)
    assert (new.latitude, new.longitude, new.approximate) == (35.83, 128.53, False)
    assert new.facts == {"bell": "17", "note": "b"}
    assert new.person == {"name": "홍길동", "phone": "010"}
    line = new.history[-1]
    assert line.words.ko == "정보 변경: 제목, 위치, 등급, 내용, 인적사항"
    assert "010" not in str(line)


def test_old_information_is_no_change() -> None:
    told = incident(title="비상벨 17", place="월성동")
    assert changed(told, Change(title="비상벨 17", place="월성동"), KIM, minutes(1)) is told


@pytest.mark.parametrize("state", ENDED, ids=lambda state: state.name)
def test_what_has_ended_takes_notes_only(state: State) -> None:
    told = incident(state=state)
    with pytest.raises(Refused):
        changed(told, Change(title="x"), KIM, minutes(1))
    with pytest.raises(Refused):
        assigned(told, LEE.account, LEE.name, KIM, minutes(1))
    assert noted(told, minutes(1)).notes == 1
    picture = attached(told, "a1", "1.jpg", KIM, minutes(1))
    assert (picture.attachments, picture.history[-1].kind) == (1, "attach")


def test_two_reports_of_one_thing_become_one_and_two_again() -> None:
    first = incident(state=State.ACKNOWLEDGED)
    second = incident(id=OTHER, number="20261125-0002")
    gone, goes_on = merged(first, second, KIM, minutes(1))
    assert (gone.state, gone.merged_into) == (State.MERGED, OTHER)
    assert goes_on.state is State.RECEIVED
    assert "20261125-0002" in gone.history[-1].words.ko
    assert "20261125-0001" in goes_on.history[-1].words.en
    back, other = unmerged(gone, goes_on, KIM, minutes(2))
    assert (back.state, back.merged_into, back.before_merge) == (State.ACKNOWLEDGED, None, None)
    assert [line.kind for line in other.history] == ["merge", "unmerge"]


def test_a_merging_that_makes_no_sense() -> None:
    first, second = incident(), incident(id=OTHER)
    with pytest.raises(Refused):
        merged(first, first, KIM, NOON)
    with pytest.raises(Refused):
        merged(first, incident(id=OTHER, state=State.CLOSED), KIM, NOON)
    with pytest.raises(Refused):
        merged(incident(state=State.CLOSED), second, KIM, NOON)
    gone, _ = merged(first, second, KIM, NOON)
    with pytest.raises(Refused):
        merged(second, gone, KIM, NOON)
    with pytest.raises(Refused):
        unmerged(gone, incident(id=IncidentId("i3")), KIM, NOON)
    with pytest.raises(Refused):
        unmerged(first, second, KIM, NOON)


def test_a_clock_that_was_set_back_makes_nothing_look_old() -> None:
    told = moved(incident(), Move.ACKNOWLEDGE, KIM, minutes(5))
    told = noted(moved(told, Move.RESPOND, KIM, minutes(3)), minutes(2))
    assert told.changed_at == minutes(5)
    assert told.history[-1].at == minutes(3)
