"""How far a right reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.domain.account import AccountId, Role
from app.domain.incident_type import TypeKey
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.site import SiteId, SiteKind
from tests.fakes.incidents import DALSEO, NOON, STATION, minutes, receiver, subject

DAEGU, SEOUL = SiteId("daegu"), SiteId("seoul")
KIM, LEE = AccountId("kim"), AccountId("lee")


def test_a_right_ends_at_the_subjects_own_branch_of_the_tree() -> None:
    province = subject(site=DAEGU, within=frozenset({DAEGU, DALSEO}))
    for site, allowed in ((DAEGU, True), (DALSEO, True), (SEOUL, False), (None, False)):
        thing = Thing("incident", site)
        assert permit(province, Action.SEE, thing, NOON) is allowed
        assert permit(province, Action.ACKNOWLEDGE, thing, NOON) is allowed
    assert not permit(subject(), Action.SEE, Thing("incident", DAEGU), NOON)


def test_what_is_not_in_the_table_is_not_allowed() -> None:
    for kind in ("picnic", "", "Incident", "secret"):
        assert not permit(subject(Role.ADMINISTRATOR), Action.SEE, Thing(kind, DALSEO), NOON)


@pytest.mark.parametrize(
    ("owner", "site", "see", "save", "delete"),
    [
        (None, DALSEO, True, True, False),
        (KIM, DALSEO, True, True, True),
        (LEE, DALSEO, False, False, False),
        (None, SEOUL, False, False, False),
        (KIM, SEOUL, False, False, False),
    ],
)
def test_walls_of_the_site_and_of_a_person(
    owner: AccountId | None, site: SiteId, see: bool, save: bool, delete: bool
) -> None:
    wall = Thing("wall", site, owner)
    assert permit(subject(), Action.SEE, wall, NOON) is see
    assert permit(subject(), Action.SAVE_WALL, wall, NOON) is save
    assert permit(subject(), Action.DELETE_WALL, wall, NOON) is delete


def test_a_supervisor_sends_walls_to_consoles_below_an_operator_to_those_beside() -> None:
    reach: dict[str, Any] = {"site": DAEGU, "within": frozenset({DAEGU, DALSEO})}
    below, beside = Thing("console", DALSEO), Thing("console", DAEGU)
    operator, supervisor = subject(**reach), subject(Role.SUPERVISOR, **reach)
    assert [permit(operator, Action.SEND_WALL, it, NOON) for it in (below, beside)] == [False, True]
    assert all(permit(supervisor, Action.SEND_WALL, it, NOON) for it in (below, beside))


@pytest.mark.parametrize(
    ("until", "now", "allowed"),
    [(None, NOON, True), (minutes(5), minutes(4.9), True), (minutes(5), minutes(5), False)],
)
def test_a_share_ends_by_its_clock(until: datetime | None, now: datetime, allowed: bool) -> None:
    shared = Thing("incident", DALSEO, shared={STATION: until})
    assert permit(receiver(), Action.SEE, shared, now) is allowed
    assert not permit(receiver(), Action.SEE, Thing("incident", DALSEO), now)
    assert not permit(receiver(), Action.NOTE, shared, now)


@pytest.mark.parametrize(
    ("kind", "type_", "allowed"),
    [
        (SiteKind.POLICE, TypeKey.VULNERABLE_PERSON, True),
        (SiteKind.FIRE, TypeKey.VULNERABLE_PERSON, True),
        (SiteKind.FIRE, TypeKey.WANTED_VEHICLE, False),
        (SiteKind.PROBATION, TypeKey.ANKLET, True),
        (SiteKind.POLICE, TypeKey.ANKLET, False),
        (SiteKind.POLICE, "picnic", False),
    ],
)
def test_who_somebody_is_goes_to_those_whom_the_type_names(
    kind: SiteKind, type_: str, allowed: bool
) -> None:
    thing = Thing("incident", DALSEO, incident_type=type_, shared={STATION: None})
    assert permit(receiver(site_kind=kind), Action.SEE, thing, NOON)
    assert permit(receiver(site_kind=kind), Action.SEE_PERSON, thing, NOON) is allowed
    kept = replace(thing, shared={})
    assert not permit(receiver(site_kind=kind), Action.SEE_PERSON, kept, NOON)
    assert permit(subject(), Action.SEE_PERSON, thing, NOON)
    assert not permit(subject(Role.ADMINISTRATOR), Action.SEE_PERSON, thing, NOON)


def test_a_camera_that_is_relayed_gives_its_address_to_nobody() -> None:
    relayed = Thing("camera", DALSEO, media="relay")
    assert permit(subject(), Action.SEE, relayed, NOON)
    for role in Role:
        assert not permit(subject(role), Action.CAMERA_ACCESS, relayed, NOON)
    assert permit(subject(), Action.CAMERA_ACCESS, Thing("camera", DALSEO), NOON)


def test_an_account_may_be_limited_to_purposes() -> None:
    traffic = subject(purposes=frozenset({"교통단속"}))
    for purpose, allowed in (("교통단속", True), ("생활방범", False), ("", True)):
        camera = Thing("camera", DALSEO, purpose=purpose)
        assert permit(traffic, Action.CAMERA_ACCESS, camera, NOON) is allowed
        assert permit(subject(), Action.CAMERA_ACCESS, camera, NOON)


def test_a_one_time_password_must_be_changed_first() -> None:
    own, another = Thing("account", DALSEO, KIM), Thing("account", DALSEO, LEE)
    new = subject(Role.ADMINISTRATOR, must_change=True)
    assert permit(new, Action.CHANGE_PASSWORD, own, NOON)
    assert not permit(new, Action.CHANGE_PASSWORD, another, NOON)
    assert not permit(new, Action.SEE, own, NOON)
    assert permit(subject(Role.ADMINISTRATOR), Action.MANAGE, another, NOON)


def test_a_feed_delivers_through_its_own_door() -> None:
    feed = subject(Role.FEED)
    assert permit(feed, Action.INTAKE, Thing("feed", DALSEO, KIM), NOON)
    assert not permit(feed, Action.INTAKE, Thing("feed", DALSEO, LEE), NOON)
