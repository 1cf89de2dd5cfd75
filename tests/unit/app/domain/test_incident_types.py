"""The table of incident types is complete and makes sense."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.errors import BadInput
from app.domain.incident_type import (
    DragnetDefault,
    GoldenStep,
    Grade,
    IncidentType,
    TypeKey,
)
from app.domain.incident_types import INCIDENT_TYPES, incident_type, type_of_code
from app.domain.incident_types.common import LIFE, SAFETY, law
from app.domain.incident_types.devices import DEVICES
from app.domain.incident_types.emergency import EMERGENCY
from app.domain.incident_types.monitoring import MONITORING
from app.domain.incident_types.people import ANKLET_REASONS, PEOPLE
from app.domain.site import SiteKind

ROWS = [pytest.param(kind, id=kind.key) for kind in INCIDENT_TYPES.values()]
FIELDS = {field.name for field in dataclasses.fields(IncidentType)}


def test_every_service_is_there_once() -> None:
    assert set(INCIDENT_TYPES) == set(TypeKey)
    assert len(EMERGENCY) + len(PEOPLE) + len(DEVICES) + len(MONITORING) == len(TypeKey)
    assert {kind.name.ko.removeprefix("선별관제: ") for kind in MONITORING} == {
        "침입", "배회", "쓰러짐", "화재", "군집",
    }  # fmt: skip


def test_names_and_codes_are_told_apart() -> None:
    kinds = INCIDENT_TYPES.values()
    codes = [code for kind in kinds for code in kind.codes]
    assert len(set(codes)) == len(codes)
    assert (
        len({kind.name.ko for kind in kinds}) == len({kind.name.en for kind in kinds}) == len(kinds)
    )


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("112UC001", TypeKey.EMERGENCY_VIDEO),
        ("112UC120", TypeKey.POLICE_DISPATCH),
        ("119UC001", TypeKey.FIRE_DISPATCH),
        ("DUCDP110", TypeKey.DISASTER),
        ("WPSSF110", TypeKey.VULNERABLE_PERSON),
        ("LPRUM104", TypeKey.WANTED_VEHICLE),
        ("SEBSF110", TypeKey.EMERGENCY_BELL),
        ("POCCP103", TypeKey.CITIZEN_APP),
        ("TUATR100", TypeKey.TRAFFIC),
        ("FCLFT101", TypeKey.FACILITY_FAULT),
    ],
)
def test_codes_of_the_platform(code: str, key: TypeKey) -> None:
    kind = type_of_code(code)
    assert kind is incident_type(key)
    assert "codes" not in kind.ours


def test_an_unknown_code_or_key() -> None:
    assert type_of_code("112UC110") is None, "a patrol car's position is no incident"
    with pytest.raises(BadInput):
        incident_type("picnic")


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_whole(kind: IncidentType) -> None:
    words = [kind.name, kind.legal, *(step.words for step in kind.sop)]
    assert all(text.ko and text.en for text in words)
    assert any("가" <= letter <= "힣" for letter in kind.name.ko)
    assert kind.name.en.isascii()
    assert kind.codes
    assert kind.code == kind.codes[0]
    assert kind.golden
    keys = [step.key for step in kind.sop]
    assert len(set(keys)) == len(keys)
    assert {"acknowledge", "note", "release"} <= set(keys)
    assert len(set(kind.receivers)) == len(kind.receivers)


@pytest.mark.parametrize("kind", ROWS)
def test_golden_times_follow_each_other(kind: IncidentType) -> None:
    order = list(GoldenStep)
    steps = [order.index(golden.step) for golden in kind.golden]
    seconds = [golden.seconds for golden in kind.golden]
    assert steps == sorted(set(steps))
    assert seconds == sorted(set(seconds))
    assert min(seconds) > 0


@pytest.mark.parametrize("kind", ROWS)
def test_what_is_ours_is_marked(kind: IncidentType) -> None:
    assert kind.ours <= FIELDS
    assert ("codes" in kind.ours) == all(code.startswith("GW") for code in kind.codes)
    assert ("dragnet" in kind.ours) == (kind.dragnet != DragnetDefault())
    assert ("time_out_s" in kind.ours) == (kind.time_out_s is not None)
    assert "golden" not in kind.ours, "each golden time is marked on its own"
    public = [golden for golden in kind.golden if not golden.ours]
    assert all(golden.step is GoldenStep.ARRIVAL for golden in public)


@pytest.mark.parametrize("kind", ROWS)
def test_a_dragnet_makes_sense(kind: IncidentType) -> None:
    assert 1 <= kind.dragnet.cameras <= 16
    assert 100 <= kind.dragnet.radius_m <= 2000
    moving = {
        TypeKey.VULNERABLE_PERSON, TypeKey.WANTED_VEHICLE, TypeKey.ANKLET, TypeKey.CITIZEN_APP,
    }  # fmt: skip
    assert (kind.dragnet.speed_mps > 0) == (kind.key in moving)


def test_nothing_urgent_closes_by_itself() -> None:
    urgent = [kind for kind in INCIDENT_TYPES.values() if kind.grade is Grade.URGENT]
    assert all(kind.time_out_s is None for kind in urgent)


def test_only_an_anklet_needs_one_of_four_reasons() -> None:
    with_reasons = [kind.key for kind in INCIDENT_TYPES.values() if kind.reasons]
    assert with_reasons == [TypeKey.ANKLET]
    assert {reason.key for reason in ANKLET_REASONS} == {"damage", "curfew", "zone", "approach"}
    assert incident_type(TypeKey.ANKLET).receivers == (SiteKind.PROBATION,)


def test_video_never_goes_to_a_private_firm() -> None:
    assert all(SiteKind.SECURITY not in kind.receivers for kind in INCIDENT_TYPES.values())


def test_articles_are_named_in_order() -> None:
    both = law(LIFE, SAFETY)
    assert both.ko.startswith("개인정보 보호법 제18조제2항제3호")
    assert both.en.endswith("Art. 18(2)10 (urgent need of public safety)")


def test_grades_and_golden_steps_have_words() -> None:
    assert len({grade.words for grade in Grade}) == len(Grade)
    assert len({step.words for step in GoldenStep}) == len(GoldenStep)
