from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import Camera, Preset
from app.domain.geo.earth import Place, destination
from app.domain.markers import FAR_M, Marker, Spot, column, marker
from tests.fakes.camera_site import camera

HERE = Place(35.8189, 128.5376)
NORTH = replace(
    camera(1, "북쪽"), latitude=HERE.latitude, longitude=HERE.longitude, azimuth=0.0, fov=60.0
)


def spot(bearing: float, metres: float) -> Spot:
    return Spot("i1", "emergency_video", 10, destination(HERE, bearing, metres))


def at(camera: Camera, bearing: float, metres: float = 80.0) -> float | None:
    found = marker(camera, spot(bearing, metres))
    assert found is not None
    return found.at


def test_straight_ahead_is_the_middle_and_the_edges_are_the_edges() -> None:
    assert at(NORTH, 0) == 0.5
    assert at(NORTH, 29.99) == pytest.approx(1.0, abs=0.002)
    assert at(NORTH, 330.01) == pytest.approx(0.0, abs=0.002)


def test_a_picture_is_a_plane_and_no_circle() -> None:
    """Half of the angle is less than half of the way to the edge."""
    half = math.tan(math.radians(15)) / (2 * math.tan(math.radians(30)))
    assert at(NORTH, 15) == pytest.approx(0.5 + half, abs=0.001)
    assert half < 0.25


@given(st.floats(-69, 69), st.floats(20, 140))
def test_what_is_further_to_the_right_is_never_further_to_the_left(off: float, fov: float) -> None:
    one, other = column(off, fov), column(off + 0.5, fov)
    assert one is not None
    assert other is not None
    assert 0 <= one <= other <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"azimuth": None},
        {"fov": 360.0},
        {"azimuth": 180.0, "presets": (Preset(1, "북", 0.0, 60.0),), "ptz": True},
        {"azimuth": 180.0, "ptz": True},
    ],
    ids=["direction unknown", "dome", "preset", "can be turned"],
)
def test_without_a_known_direction_only_the_distance_is_said(changes: dict[str, object]) -> None:
    found = marker(replace(NORTH, **changes), spot(10, 80))  # type: ignore[arg-type]
    assert found is not None
    assert found.at is None
    assert found.metres == 80


@pytest.mark.parametrize(
    ("one", "where"),
    [
        (NORTH, spot(180, 80)),
        (NORTH, spot(0, FAR_M + 20)),
        (replace(NORTH, azimuth=None), spot(0, 120)),
        (replace(NORTH, latitude=None), spot(0, 80)),
        (replace(NORTH, approximate=True), spot(0, 80)),
    ],
    ids=["looks away", "too far", "unknown and far", "no position", "placed at its quarter"],
)
def test_what_a_camera_does_not_see_is_not_marked(one: Camera, where: Spot) -> None:
    assert marker(one, where) is None


def test_the_arrow_points_on_the_map() -> None:
    east = replace(NORTH, azimuth=90.0)
    found = marker(east, spot(88, 200))
    assert found is not None
    assert found.arrow == "→"
    assert found.metres == 200
    below = marker(replace(NORTH, fov=360.0), spot(0, 3))
    assert below is not None
    assert (below.arrow, below.metres) == ("", 3)


def test_the_camera_that_told_of_it_is_marked_whatever_is_known_of_its_place() -> None:
    box = (0.1, 0.2, 0.3, 0.4)
    told = Spot("i1", "fall", 10, None, NORTH.id, box)
    assert marker(NORTH, told) == Marker("i1", "fall", 10, 0, None, None, box)
    other = replace(camera(2, "다른"), latitude=HERE.latitude, longitude=HERE.longitude)
    assert marker(other, told) is None
    behind = Spot("i1", "fall", 10, destination(HERE, 180, 40), NORTH.id, box)
    found = marker(NORTH, behind)
    assert found is not None
    assert (found.at, found.metres, found.box) == (None, 40, box)
    assert marker(replace(NORTH, latitude=None), told) is not None
