from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.geo.earth import Place, destination
from app.services.incident_overlay import IncidentItem
from app.services.tracks import KEPT, Trail, tracked
from app.wire.entities import IncidentRow
from tests.fakes.incidents import NOON

HERE = Place(35.8189, 128.5376)


def item(place: Place | None, seconds: float, state: int = 20, **values: object) -> IncidentItem:
    at = NOON + timedelta(seconds=seconds)
    row = IncidentRow(
        id="i1", number="1", type="anklet", grade=10, state=state, title="", site="s",
        source="anklet", occurred_at=NOON, received_at=NOON, changed_at=at,
        latitude=place.latitude if place else None, longitude=place.longitude if place else None,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip
    return IncidentItem(row, 1)


def walked(*steps: tuple[float, float]) -> Trail:
    """Metres to the east, and seconds."""
    trails: dict[str, Trail] = {}
    for metres, seconds in steps:
        trails = tracked(trails, [item(destination(HERE, 90, metres), seconds)])
    return trails["i1"]


def test_a_target_that_moves_leaves_a_trail() -> None:
    trail = walked((0, 0), (10, 5), (20, 10))
    assert len(trail.places) == 3
    assert trail.moves
    assert trail.jumps == frozenset()


def test_the_same_place_again_and_an_old_one_that_comes_late_add_nothing() -> None:
    assert not walked((0, 0), (1, 5)).moves
    assert len(walked((0, 0), (50, 10), (20, 5)).places) == 2


def test_a_jump_of_fifty_kilometres_is_no_way() -> None:
    trail = walked((0, 0), (50_000, 10), (50_010, 20))
    assert trail.jumps == {1}
    assert len(trail.places) == 3


def test_what_is_half_an_hour_old_is_forgotten_with_its_jumps() -> None:
    later = KEPT.total_seconds() + 60
    trail = walked((0, 0), (50_000, 10), (50_020, later), (50_060, later + 10))
    assert len(trail.places) == 2
    assert trail.jumps == frozenset()


def test_a_long_trail_is_cut() -> None:
    trail = walked(*((n * 5.0, n * 2.0) for n in range(400)))
    assert len(trail.places) == 240


@pytest.mark.parametrize(
    "other",
    [item(None, 0), item(HERE, 0, state=91), item(HERE, 0, approximate=True)],
)
def test_without_a_place_of_its_own_or_after_the_end_there_is_none(other: IncidentItem) -> None:
    assert tracked({}, [other]) == {}
