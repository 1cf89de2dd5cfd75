from __future__ import annotations

from typing import Any

import pytest

from app.domain.duplicates import earlier_hits, followed, same_incident
from app.domain.incident import IncidentId
from app.domain.incident_state import State
from app.domain.incident_type import TypeKey
from app.domain.intake import Kind
from tests.fakes.incidents import event, incident, minutes

BELL = incident(facts={"bell": "17"})
VEHICLE = TypeKey.WANTED_VEHICLE


@pytest.mark.parametrize("state", State, ids=lambda state: state.name)
def test_the_senders_number_names_the_incident_in_every_state(state: State) -> None:
    known = incident(state=state)
    assert same_incident([known], event(), minutes(600)) is known


def test_another_number_or_sender_is_another_incident() -> None:
    assert same_incident([incident()], event(source="others"), minutes(0.1)) is None
    assert same_incident([incident()], event(external="b-2"), minutes(0.1)) is None


def test_senders_without_numbers_are_not_all_the_same() -> None:
    assert same_incident([incident(external="")], event(external=""), minutes(0.1)) is None


def test_the_number_goes_before_the_device() -> None:
    named = incident(id=IncidentId("i2"), external="b-2")
    assert same_incident(
        [BELL, named], event(external="b-2", facts={"bell": "17"}), minutes(0)
    ) is (named)


@pytest.mark.parametrize(
    ("values", "after", "same"),
    [
        ({"facts": {"bell": "17"}}, 0.9, True),
        ({"facts": {"bell": "17"}}, 1.0, False),
        ({"facts": {"bell": "18"}}, 0.1, False),
        ({"facts": {"bell": "17"}, "type": TypeKey.MARKET_FIRE}, 0.1, False),
        ({"facts": {"bell": "17"}, "source": "others"}, 0.1, False),
        ({"facts": {"bell": "17"}, "camera": "C-9"}, 0.1, False),
        ({"facts": {"bell": "17"}, "kind": Kind.CHANGED}, 0.1, False),
        ({}, 0.1, False),
    ],
)
def test_a_device_that_repeats_itself(values: dict[str, Any], after: float, same: bool) -> None:
    told = event(external="b-2", **values)
    assert (same_incident([BELL], told, minutes(after)) is BELL) is same


def test_a_device_whose_incident_has_ended_begins_a_new_one() -> None:
    ended = incident(facts={"bell": "17"}, state=State.CANCELLED)
    assert same_incident([ended], event(external="b-2", facts={"bell": "17"}), minutes(0)) is None


def test_persons_do_not_repeat_themselves_like_devices() -> None:
    known = incident(type=TypeKey.CITIZEN_APP, facts={"device": "phone"})
    told = event(external="b-2", type=TypeKey.CITIZEN_APP, facts={"device": "phone"})
    assert same_incident([known], told, minutes(0)) is None


def hit(plate: str, **values: Any) -> Any:
    return incident(type=VEHICLE, source="lpr", facts={"plate": plate}, **values)


def test_a_second_hit_closes_the_first() -> None:
    first = hit("12가3456", external="h-1")
    others = [
        hit("12가3457", external="h-0"),
        hit("12가3456", external="h-2", state=State.CLOSED),
        hit("12가3456", external="h-3"),
        incident(facts={"plate": "12가3456"}),
        hit("unreadable", external="h-4"),
    ]
    second = event(type=VEHICLE, source="lpr", external="h-3", facts={"plate": "12 가 3456"})
    assert earlier_hits([first, *others], second) == (first,)


@pytest.mark.parametrize(
    "values",
    [
        {"facts": {"plate": "12가"}},
        {"facts": {}},
        {"facts": {"plate": "12가3456"}, "kind": Kind.POSITION},
        {"facts": {"plate": "12가3456"}, "type": TypeKey.TRAFFIC},
    ],
    ids=str,
)
def test_what_is_no_second_hit(values: dict[str, Any]) -> None:
    told = event(**{"type": VEHICLE, "source": "lpr", "external": "h-2"} | values)
    assert earlier_hits([hit("12가3456", external="h-1"), hit("12가", external="h-5")], told) == ()


def test_a_merged_incident_leads_to_the_one_that_goes_on() -> None:
    one, two, three = map(IncidentId, ("i1", "i2", "i3"))
    known = {
        one: incident(id=one, state=State.MERGED, merged_into=two),
        two: incident(id=two, state=State.MERGED, merged_into=three),
        three: incident(id=three),
    }
    assert followed(known, one) is known[three]
    assert followed(known, three) is known[three]
    assert followed(known, IncidentId("?")) is None
    del known[three]
    assert followed(known, one) is None


def test_a_circle_of_mergings_ends() -> None:
    one, two = IncidentId("i1"), IncidentId("i2")
    known = {
        one: incident(id=one, state=State.MERGED, merged_into=two),
        two: incident(id=two, state=State.MERGED, merged_into=one),
    }
    assert followed(known, one) is None
