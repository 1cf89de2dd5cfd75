"""Which way a camera looks, and what of it follows for a place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import Camera, CameraId, Preset
from app.domain.geo.earth import Place, destination
from app.domain.seeing import MAY_SEE_M, SEES_M, Sight, view

HERE = Place(35.8189, 128.5376)
NORTHWARD = Camera(
    CameraId("c"), 1, "네거리", "달서구", "생활방범",
    latitude=HERE.latitude, longitude=HERE.longitude, azimuth=0.0, fov=60.0,
)  # fmt: skip
BLIND = replace(NORTHWARD, azimuth=None, fov=None)


@pytest.mark.parametrize(
    ("bearing", "metres", "sight"),
    [
        (0, 50, Sight.SEES),
        (29, 50, Sight.SEES),
        (331, 50, Sight.SEES),
        (31, 50, Sight.AWAY),
        (180, 50, Sight.AWAY),
        (0, SEES_M + 50, Sight.FAR),
    ],
)
def test_a_camera_with_a_direction(bearing: float, metres: float, sight: Sight) -> None:
    seen = view(NORTHWARD, destination(HERE, bearing, metres))
    assert seen is not None
    assert seen.sight is sight
    assert seen.distance_m == pytest.approx(metres, abs=0.1)
    assert seen.off == pytest.approx(bearing if bearing <= 180 else bearing - 360, abs=0.1)


def test_without_a_direction_it_may_see_what_is_near_and_never_sees() -> None:
    near = view(BLIND, destination(HERE, 77, MAY_SEE_M - 1))
    far = view(BLIND, destination(HERE, 77, MAY_SEE_M + 1))
    assert near is not None
    assert far is not None
    assert (near.sight, near.off) == (Sight.MAY, None)
    assert (far.sight, far.off) == (Sight.AWAY, None)


def test_an_all_round_camera_sees_everywhere_near() -> None:
    seen = view(replace(NORTHWARD, fov=360.0), destination(HERE, 180, 60))
    assert seen is not None
    assert seen.sight is Sight.SEES


def test_the_preset_that_faces_the_place_is_named() -> None:
    presets = (Preset(1, "정문", 90.0), Preset(2, "후문", 200.0), Preset(3, "?"))
    turned = replace(NORTHWARD, ptz=True, presets=presets)
    seen = view(turned, destination(HERE, 190, 80))
    assert seen is not None
    assert (seen.sight, seen.preset) == (Sight.PRESET, presets[1])
    other = view(turned, destination(HERE, 300, 80))
    assert other is not None
    assert (other.sight, other.preset) == (Sight.MAY, None)
    far = view(turned, destination(HERE, 190, SEES_M + 10))
    assert far is not None
    assert far.sight is Sight.AWAY


def test_a_position_that_is_only_that_of_its_quarter_says_nothing() -> None:
    seen = view(replace(NORTHWARD, approximate=True), destination(HERE, 0, 20))
    assert seen is not None
    assert (seen.sight, seen.off) == (Sight.AWAY, None)
    assert view(replace(NORTHWARD, latitude=None), HERE) is None


@given(st.floats(0, 359), st.floats(1, 359), st.floats(0, 359), st.floats(5, SEES_M - 1))
def test_it_sees_exactly_what_lies_within_half_its_field(
    azimuth: float, fov: float, bearing: float, metres: float
) -> None:
    seen = view(replace(NORTHWARD, azimuth=azimuth, fov=fov), destination(HERE, bearing, metres))
    assert seen is not None
    assert seen.off is not None
    apart = abs((bearing - azimuth + 180) % 360 - 180)
    if abs(apart - fov / 2) > 0.1:
        assert (seen.sight is Sight.SEES) is (apart < fov / 2)
