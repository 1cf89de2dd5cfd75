from __future__ import annotations

from dataclasses import replace

from app.domain.account import Role
from app.domain.incident import Line
from app.domain.incident_type import TypeKey
from app.domain.text import Text
from app.domain.visible import thing_of, visible
from tests.fakes.incidents import DALSEO, KIM, NOON, STATION, incident, minutes, receiver, subject

PERSON = {"name": "홍길동", "guardian_phone": "010-0000-0000"}
LINE = Line(NOON, KIM.name, "note", Text("확인", "seen"))
TOLD = incident(
    type=TypeKey.VULNERABLE_PERSON,
    person=PERSON,
    facts={"terminal": "T-1"},
    history=(LINE,),
    assignee=KIM.account,
    assignee_name=KIM.name,
)


def test_the_operator_sees_all_of_it() -> None:
    assert visible(TOLD, subject(), thing_of(TOLD), NOON) == TOLD


def test_another_centre_sees_nothing_of_it() -> None:
    assert visible(TOLD, receiver(), thing_of(TOLD), NOON) is None


def test_a_receiver_sees_the_person_but_not_the_staff() -> None:
    thing = thing_of(replace(TOLD, shared={STATION: minutes(30)}))
    seen = visible(TOLD, receiver(), thing, minutes(29))
    assert seen is not None
    assert (seen.person, seen.facts) == (PERSON, {"terminal": "T-1"})
    assert (seen.history, seen.assignee, seen.assignee_name) == ((), None, "")
    assert visible(TOLD, receiver(), thing, minutes(30)) is None


def test_administrator_and_auditor_see_no_person() -> None:
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        seen = visible(TOLD, subject(role), thing_of(TOLD), NOON)
        assert seen is not None
        assert (seen.person, seen.facts, seen.history) == ({}, {"terminal": "T-1"}, (LINE,))


def test_how_permit_looks_at_an_incident() -> None:
    thing = thing_of(TOLD)
    assert (thing.kind, thing.site, thing.incident_type) == ("incident", DALSEO, TOLD.type)
    assert thing.shared == {}
