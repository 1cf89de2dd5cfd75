from __future__ import annotations

from collections.abc import Iterable

import pytest

from app.domain.camera import CameraId
from app.domain.incident import IncidentId
from app.domain.outages import (
    TOGETHER_CAMERAS,
    Fault,
    OpenFault,
    Outage,
    Seen,
    Verdict,
    judge,
    unreachable_since,
)
from app.domain.tile import TileState
from tests.fakes.incidents import minutes

SWITCH, SITE = "switch:7", "site:dalseo"
NOTHING = Verdict()


def cameras(count: int, first: int = 0) -> tuple[CameraId, ...]:
    return tuple(CameraId(f"c{number:03}") for number in range(first, first + count))


def gone(
    names: Iterable[CameraId], since: float = 0.0, groups: tuple[str, ...] = (SWITCH, SITE)
) -> list[Outage]:
    return [Outage(name, minutes(since), groups) for name in names]


def known(*names: CameraId) -> list[OpenFault]:
    return [OpenFault(IncidentId("f1"), frozenset(names))]


def test_a_camera_is_given_ten_minutes() -> None:
    out = gone(cameras(1))
    assert judge(out, [], minutes(9.99)) == NOTHING
    assert judge(out, [], minutes(10)).begun == (Fault(cameras(1), minutes(0)),)


def test_an_open_incident_is_not_opened_again() -> None:
    assert judge(gone(cameras(1)), known(*cameras(1)), minutes(60)) == NOTHING


def test_it_is_over_when_the_camera_is_back() -> None:
    assert judge([], known(*cameras(1)), minutes(60)).over == (IncidentId("f1"),)


def test_a_switch_that_took_twenty_away_is_one_incident() -> None:
    out = gone(cameras(TOGETHER_CAMERAS - 1)) + gone(cameras(5, 50), 0.9)
    assert judge(out, [], minutes(9.9)) == NOTHING
    verdict = judge(out, [], minutes(10))
    names = cameras(TOGETHER_CAMERAS - 1) + cameras(5, 50)
    assert verdict.begun == (Fault(names, minutes(0), SWITCH),)


def test_nineteen_are_nineteen() -> None:
    begun = judge(gone(cameras(TOGETHER_CAMERAS - 1)), [], minutes(10)).begun
    assert [fault.cameras for fault in begun] == [(name,) for name in cameras(19)]


def test_twenty_that_went_one_by_one_did_not_go_together() -> None:
    out = [one for n, name in enumerate(cameras(20)) for one in gone([name], n * 1.5)]
    begun = judge(out, [], minutes(60)).begun
    assert [len(fault.cameras) for fault in begun] == [1] * 20


def test_a_group_that_went_before_does_not_hide_the_one_after() -> None:
    early, late = gone(cameras(3)), gone(cameras(25, 50), 5)
    begun = judge(early + late, [], minutes(20)).begun
    assert [(fault.group, len(fault.cameras)) for fault in begun] == [
        (SWITCH, 25), ("", 1), ("", 1), ("", 1),
    ]  # fmt: skip


def test_a_site_without_power_is_one_incident_where_no_switch_alone_explains_it() -> None:
    out = [
        outage
        for switch in range(4)
        for outage in gone(cameras(8, switch * 10), 0.1 * switch, (f"switch:{switch}", SITE))
    ]
    begun = judge(out, [], minutes(10)).begun
    assert [(fault.group, len(fault.cameras)) for fault in begun] == [(SITE, 32)]


def test_a_camera_without_a_known_group_stands_alone() -> None:
    out = gone(cameras(30), groups=("", ""))
    assert [fault.group for fault in judge(out, [], minutes(10)).begun] == [""] * 30


def test_one_of_many_back_is_not_the_end() -> None:
    names = cameras(24)
    assert judge(gone(names[1:]), known(*names), minutes(60)) == NOTHING
    assert judge(gone(cameras(1, 90)), known(*names), minutes(5)).over == (IncidentId("f1"),)


@pytest.mark.parametrize(
    ("seen", "since"),
    [
        ([], None),
        ([("unreachable", 1)], 1),
        ([("unreachable", 1), ("unreachable", 4)], 4),
        ([("unreachable", 1), ("live", 3)], None),
        ([("unreachable", 1), ("frozen", 3)], None),
        ([("unreachable", 1), ("unauthorised", 3)], None),
        ([("unreachable", 1), ("off", 3), ("connecting", 5)], 1),
        ([("off", 3)], None),
    ],
)
def test_nobody_reaches_it_since_the_last_console_lost_it(
    seen: list[tuple[str, float]], since: float | None
) -> None:
    states = [Seen(TileState(state), minutes(at)) for state, at in seen]
    assert unreachable_since(states) == (None if since is None else minutes(since))
