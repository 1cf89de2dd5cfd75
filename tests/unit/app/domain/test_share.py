"""A share from its proposal to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain import share as acts
from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.errors import BadInput, Refused
from app.domain.incident import Author, IncidentId
from app.domain.incident_type import TypeKey
from app.domain.incident_types import incident_type
from app.domain.share import Ask, AskState, Ending, Proposal, Share, ShareId, ShareState
from app.domain.share_rules import RULES, rule_of
from app.domain.site import SiteId, SiteKind
from tests.fakes.incidents import DALSEO, KIM, NOON, STATION, minutes

BOSS = Author("이팀장", AccountId("lee"))
FIREMAN = Author("박소방")
C1, C2 = CameraId("c1"), CameraId("c2")


def proposed(
    type_: TypeKey = TypeKey.EMERGENCY_BELL, kind: SiteKind = SiteKind.POLICE, **values: Any
) -> Share:
    wanted = Proposal(ShareId("s1"), DALSEO, STATION, IncidentId("i1"), (C1, C2))
    found = incident_type(type_)
    return acts.proposed(replace(wanted, **values), found, rule_of(found, kind), KIM, NOON)


def test_what_the_type_names_is_active_at_once_and_ends_by_its_clock() -> None:
    share = proposed(cameras=(C1, C2, C1))
    assert (share.state, share.cameras) == (ShareState.ACTIVE, (C1, C2))
    assert share.ends_at == minutes(RULES[SiteKind.POLICE].minutes)
    assert share.runs(minutes(119))
    assert not share.runs(minutes(120))
    assert "18" in share.basis.ko
    assert proposed(minutes=30).ends_at == minutes(30)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"cameras": ()}, "cameras"),
        ({"cameras": tuple(CameraId(f"c{n}") for n in range(14))}, "13"),
        ({"minutes": 0}, "minute"),
        ({"minutes": 721}, "longer"),
    ],
)
def test_a_proposal_that_cannot_be(given: dict[str, Any], named: str) -> None:
    with pytest.raises(BadInput, match=named):
        proposed(**given)


def test_an_anklet_needs_one_of_its_four_reasons_and_goes_to_nobody_else() -> None:
    anklet = incident_type(TypeKey.ANKLET)
    for ground in ("", "curious"):
        with pytest.raises(BadInput, match="approach to a protected person"):
            proposed(TypeKey.ANKLET, SiteKind.PROBATION, ground=ground)
    for reason in anklet.reasons:
        made = proposed(TypeKey.ANKLET, SiteKind.PROBATION, ground=reason.key)
        assert made.state is ShareState.ACTIVE
    for kind in set(SiteKind) - {SiteKind.PROBATION}:
        with pytest.raises(Refused, match="not shared"):
            rule_of(anklet, kind)


def test_who_is_not_named_needs_a_supervisor_and_a_purpose() -> None:
    with pytest.raises(BadInput, match="reason"):
        proposed(kind=SiteKind.SECURITY)
    share = proposed(kind=SiteKind.SECURITY, purpose=" 경비원 출동 ")
    assert (share.state, share.purpose) == (ShareState.PROPOSED, "경비원 출동")
    assert not share.runs(NOON)
    with pytest.raises(Refused, match="somebody else"):
        acts.approved(share, KIM, minutes(5))
    active = acts.approved(share, BOSS, minutes(5))
    assert (active.approved_by, active.ends_at) == ("이팀장", minutes(35))
    assert active.latest_end == minutes(65)
    with pytest.raises(Refused):
        acts.approved(active, BOSS, minutes(6))


def test_patrol_car_and_room_are_the_police() -> None:
    bell = incident_type(TypeKey.EMERGENCY_BELL)
    assert not rule_of(bell, SiteKind.PATROL).approval
    assert rule_of(bell, SiteKind.PATROL).radius_m == 500.0
    assert not rule_of(bell, SiteKind.POLICE_ROOM).by_itself
    emergency = incident_type(TypeKey.EMERGENCY_VIDEO)
    assert rule_of(emergency, SiteKind.POLICE_ROOM).by_itself
    assert not rule_of(emergency, SiteKind.POLICE).by_itself


def test_a_fault_of_the_centre_is_nobodys_to_watch() -> None:
    with pytest.raises(Refused):
        rule_of(incident_type(TypeKey.FACILITY_FAULT), SiteKind.POLICE)


def test_ending_is_for_good() -> None:
    over = acts.ended(proposed(), Ending.PERSON, minutes(1), "김관제")
    assert (over.state, over.ended_at, over.ended_by) == (ShareState.ENDED, minutes(1), "김관제")
    with pytest.raises(Refused):
        acts.ended(over, Ending.CLOCK, minutes(2))
    with pytest.raises(Refused):
        acts.extended(over, 5, minutes(2))
    with pytest.raises(Refused):
        acts.with_cameras(over, (C1,), 13, minutes(2))
    with pytest.raises(Refused):
        acts.asked(over, Ask("a", minutes(2), "박"))


def test_longer_within_the_table() -> None:
    share = acts.extended(proposed(), 60, minutes(10))
    assert share.ends_at == minutes(180)
    with pytest.raises(BadInput):
        acts.extended(share, 600, minutes(11))
    with pytest.raises(BadInput):
        acts.extended(share, 0, minutes(11))


def test_cameras_come_and_go() -> None:
    share = acts.with_cameras(proposed(cameras=(C1,)), (C2, C1), 2, NOON)
    assert share.cameras == (C1, C2)
    with pytest.raises(BadInput, match="2"):
        acts.with_cameras(share, (CameraId("c3"),), 2, NOON)
    one = acts.without_camera(share, C1, NOON)
    assert one.cameras == (C2,)
    assert acts.without_camera(one, C1, NOON) is one
    last = acts.without_camera(one, C2, NOON)
    assert (last.state, last.ending) == (ShareState.ENDED, Ending.CAMERAS)


def test_a_receiver_asks_and_is_answered_once() -> None:
    ask = Ask("a1", minutes(1), "박소방", minutes=30)
    share = acts.asked(proposed(), ask)
    assert acts.asked(share, ask) is share
    with pytest.raises(BadInput):
        acts.asked(share, Ask("a2", minutes(1), "박소방", place=" "))
    after, done = acts.answered(share, "a1", AskState.GRANTED, KIM)
    assert (done.minutes, after.asks[0].state, after.asks[0].answered_by) == (
        30, AskState.GRANTED, "김관제",
    )  # fmt: skip
    for id_ in ("a1", "b"):
        with pytest.raises(Refused):
            acts.answered(after, id_, AskState.REFUSED, KIM)


def test_everything_has_words_and_every_receiver_a_rule() -> None:
    assert set(RULES) == set(SiteKind)
    for words in [*ShareState, *Ending, *SiteKind]:
        assert words.words.ko
        assert words.words.en
    assert all(rule.minutes <= rule.longest for rule in RULES.values())
    assert SiteId("x") != DALSEO
