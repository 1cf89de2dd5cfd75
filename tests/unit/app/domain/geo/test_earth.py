"""Against published distances and against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geo.earth import (
    Place,
    bearing_deg,
    destination,
    distance_m,
    distances_m,
    turned_deg,
)

SEOUL = Place(37.5665, 126.9780)
BUSAN = Place(35.1796, 129.0756)
in_korea = st.builds(Place, st.floats(33.0, 39.0), st.floats(124.0, 132.0))


def test_seoul_to_busan_is_what_maps_say() -> None:
    assert distance_m(SEOUL, BUSAN) == pytest.approx(325_000, rel=0.01)


@pytest.mark.parametrize(
    ("north", "east", "bearing"), [(1, 0, 0), (0, 1, 90), (-1, 0, 180), (0, -1, 270)]
)
def test_the_four_winds(north: int, east: int, bearing: float) -> None:
    there = Place(SEOUL.latitude + north * 1e-4, SEOUL.longitude + east * 1e-4)
    assert abs(turned_deg(bearing_deg(SEOUL, there), bearing)) < 0.01


@given(in_korea, st.floats(0.0, 359.9), st.floats(5.0, 20_000.0))
def test_who_goes_there_has_gone_that_far_that_way(
    start: Place, bearing: float, metres: float
) -> None:
    there = destination(start, bearing, metres)
    assert distance_m(start, there) == pytest.approx(metres, rel=1e-5, abs=0.01)
    assert abs(turned_deg(bearing_deg(start, there), bearing)) < 0.05


@given(st.lists(in_korea, min_size=1, max_size=20), in_korea)
def test_many_at_once_are_as_far_as_one_by_one(many: list[Place], place: Place) -> None:
    found = distances_m(
        np.array([p.latitude for p in many]), np.array([p.longitude for p in many]), place
    )
    assert found == pytest.approx([distance_m(p, place) for p in many], abs=1e-6)


def test_a_camera_without_a_place_is_nowhere() -> None:
    found = distances_m(np.array([math.nan]), np.array([127.0]), SEOUL)
    assert math.isnan(float(found[0]))


@pytest.mark.parametrize(
    ("before", "after", "turn"), [(350, 10, 20), (10, 350, -20), (0, 180, 180), (90, 90, 0)]
)
def test_the_shorter_turn(before: float, after: float, turn: float) -> None:
    assert turned_deg(before, after) == turn
