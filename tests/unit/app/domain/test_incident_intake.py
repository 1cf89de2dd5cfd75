from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.domain.incident import Incident, IncidentId
from app.domain.incident_acts import noted
from app.domain.incident_intake import REPEATS, applied, opened, timed_out
from app.domain.incident_state import State
from app.domain.incident_type import Grade, TypeKey
from app.domain.intake import IntakeEvent, Kind
from app.domain.text import Text
from tests.fakes.incidents import DALSEO, NOON, event, incident, minutes

SWAPPED = Text("위도와 경도가 바뀌어 있어 바로잡았습니다", "latitude and longitude were swapped")


def new(told: IntakeEvent) -> Incident:
    return opened(told, id_=IncidentId("i1"), number="20261125-0001", site=DALSEO, at=minutes(1))


def test_an_event_opens_an_incident() -> None:
    told = new(
        event(
            title="벨 17",
            place="월성동",
            latitude=35.83,
            longitude=128.53,
            emd_code="2729010700",
            camera="C-1",
            facts={"bell": "17"},
            person={"name": "홍길동"},
            problems=(SWAPPED,),
        )
    )
    assert (told.state, told.grade, told.type) == (
        State.RECEIVED, Grade.URGENT, TypeKey.EMERGENCY_BELL,
    )  # fmt: skip
    assert (told.source, told.external, told.site) == ("bells", "b-1", DALSEO)
    assert (told.title, told.place, told.emd_code) == ("벨 17", "월성동", "2729010700")
    assert (told.latitude, told.longitude, told.camera) == (35.83, 128.53, "C-1")
    assert (told.occurred_at, told.received_at) == (NOON, minutes(1))
    assert (told.facts, told.person) == ({"bell": "17"}, {"name": "홍길동"})
    assert [(line.kind, line.by) for line in told.history] == [
        ("receive", "bells"), ("problem", "허브 (hub)"),
    ]  # fmt: skip
    assert told.history[1].words == SWAPPED


def test_what_a_sender_leaves_out() -> None:
    told = new(event(occurred_at=None))
    assert told.occurred_at == minutes(1)
    assert told.title == "비상벨"
    assert told.camera is None
    with pytest.raises(BadInput):
        new(event(type="picnic"))


@pytest.mark.parametrize(
    ("severity", "grade"), [("20", Grade.NORMAL), ("Extreme", Grade.URGENT), ("", Grade.URGENT)]
)
def test_the_senders_grade_counts_where_it_is_one(severity: str, grade: Grade) -> None:
    assert new(event(severity=severity)).grade is grade


def test_the_same_message_again_changes_nothing() -> None:
    told = incident()
    assert applied(told, event(), minutes(1)) is told


def test_a_device_that_repeats_itself_is_counted() -> None:
    told = applied(incident(), event(external="b-2"), minutes(1))
    told = applied(told, event(external="b-3"), minutes(2))
    assert told.facts == {REPEATS: 2}
    assert told.changed_at == minutes(2)
    assert told.history == ()
    ended = incident(state=State.CLOSED)
    assert applied(ended, event(external="b-2"), minutes(1)) is ended


def test_new_information() -> None:
    told = incident(place="월성동", facts={"bell": "17"})
    change = event(
        kind=Kind.CHANGED,
        title="비상벨 2회",
        latitude=35.83,
        longitude=128.53,
        severity="20",
        problems=(SWAPPED,),
    )
    after = applied(told, change, minutes(1))
    assert (after.title, after.place, after.grade) == ("비상벨 2회", "월성동", Grade.NORMAL)
    assert (after.latitude, after.facts) == (35.83, {"bell": "17"})
    assert [line.kind for line in after.history] == ["problem", "change"]
    assert after.history[-1].by == "bells"


def test_the_sender_says_it_is_over() -> None:
    released = applied(incident(), event(kind=Kind.RELEASED), minutes(1))
    assert (released.state, released.shares_ended_at) == (State.RELEASED, minutes(1))
    assert applied(released, event(kind=Kind.RELEASED), minutes(2)) is released
    closed = applied(released, event(kind=Kind.ENDED), minutes(2))
    assert closed.state is State.CLOSED
    at_once = applied(incident(), event(kind=Kind.ENDED), minutes(1))
    assert [line.kind for line in at_once.history] == ["release", "close"]
    assert applied(closed, event(kind=Kind.ENDED), minutes(3)) is closed


def test_information_after_the_end_stands_in_the_history() -> None:
    ended = incident(state=State.CANCELLED, title="비상벨")
    told = applied(ended, event(kind=Kind.CHANGED, title="침입"), minutes(1))
    assert (told.title, told.state, told.changed_at) == ("비상벨", State.CANCELLED, NOON)
    assert [line.kind for line in told.history] == ["late"]


def test_a_track_moves_the_place_without_a_line() -> None:
    told = incident(approximate=True)
    here = applied(told, event(kind=Kind.POSITION, latitude=35.8, longitude=128.5), minutes(1))
    assert (here.latitude, here.longitude, here.approximate) == (35.8, 128.5, False)
    assert here.history == ()
    assert applied(told, event(kind=Kind.POSITION), minutes(1)) is told
    ended = incident(state=State.CLOSED)
    point = event(kind=Kind.POSITION, latitude=35.8, longitude=128.5)
    assert applied(ended, point, minutes(1)) is ended


def test_a_vehicle_that_is_not_seen_again_closes_by_itself() -> None:
    hit = incident(type=TypeKey.WANTED_VEHICLE)
    assert not timed_out(hit, minutes(29.9))
    assert timed_out(hit, minutes(30))
    assert not timed_out(noted(hit, minutes(10)), minutes(30))
    assert not timed_out(incident(type=TypeKey.WANTED_VEHICLE, state=State.CLOSED), minutes(99))
    assert not timed_out(incident(), minutes(10_000)), "a bell waits for a person"
