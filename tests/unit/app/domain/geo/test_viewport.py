from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geo import mercator
from app.domain.geo.earth import Place, destination, distance_m
from app.domain.geo.viewport import (
    LEAST_ZOOM,
    MOST_ZOOM,
    Viewport,
    scale_bar,
    whole_country,
)

DALSEO = Place(35.83, 128.53)
SCREEN = Viewport(*mercator.project(DALSEO), 15.0, 1280, 800)
korea = st.builds(Place, st.floats(33, 39), st.floats(124.5, 131))


@given(korea)
def test_a_place_comes_back_from_the_plane(place: Place) -> None:
    again = mercator.unproject(*mercator.project(place))
    assert distance_m(place, again) < 0.001
    xs, ys = mercator.project_all(np.array([place.latitude]), np.array([place.longitude]))
    assert (xs[0], ys[0]) == pytest.approx(mercator.project(place), abs=1e-12)


def test_the_corners_of_the_world_are_those_of_epsg_3857() -> None:
    assert mercator.project(Place(0.0, 0.0)) == (0.5, 0.5)
    assert mercator.project(Place(mercator.MOST_LATITUDE, -180.0)) == pytest.approx(
        (0, 0), abs=1e-6
    )
    assert mercator.project(Place(90.0, 180.0)) == pytest.approx((1, 0), abs=1e-6)


@given(korea, st.floats(-500, 500), st.floats(-400, 400), st.sampled_from([5.0, 11.25, 18.0]))
def test_what_is_under_the_pointer_stays_there_while_it_zooms(
    place: Place, x: float, y: float, zoom: float
) -> None:
    view = SCREEN.over(place)
    at = (640 + x, 400 + y)
    before = view.place_at(*at)
    after = view.zoomed(zoom, *at).place_at(*at)
    assert distance_m(before, after) < 1e-3


def test_zooming_ends_at_both_ends() -> None:
    assert SCREEN.zoomed(99, 0, 0).zoom == MOST_ZOOM
    assert SCREEN.zoomed(-3, 0, 0).zoom == LEAST_ZOOM


def test_a_pan_to_the_right_looks_east() -> None:
    moved = SCREEN.panned(100, 0)
    metres = distance_m(SCREEN.middle, moved.middle)
    assert moved.middle.longitude > DALSEO.longitude
    assert metres == pytest.approx(100 * SCREEN.metres_per_pixel, rel=1e-3)


def test_all_places_are_in_view_with_room_around_them() -> None:
    places = [destination(DALSEO, bearing, 4000) for bearing in (10, 130, 250)]
    view = SCREEN.fitted(places)
    for place in places:
        x, y = view.place_on_screen(place)
        assert 100 < x < 1180
        assert 60 < y < 740
    assert SCREEN.fitted([]) == SCREEN
    assert SCREEN.fitted([DALSEO]).zoom == 17.0


def test_the_whole_country_is_in_view() -> None:
    view = whole_country(1280, 800)
    for place in (Place(33.1, 126.3), Place(38.6, 128.4), Place(37.5, 130.9)):
        x, y = view.place_on_screen(place)
        assert 0 < x < 1280
        assert 0 < y < 800


@given(st.floats(LEAST_ZOOM, MOST_ZOOM))
def test_the_scale_bar_is_round_and_as_long_as_it_says(zoom: float) -> None:
    view = Viewport(SCREEN.x, SCREEN.y, zoom, 1280, 800)
    length, metres = scale_bar(view)
    assert 24 <= length <= 120
    assert metres / 10 ** math.floor(math.log10(metres)) in (1, 2, 5)
    if metres > 10:
        assert length * view.metres_per_pixel == pytest.approx(metres, rel=1e-6)


def test_a_window_without_size_is_a_pixel() -> None:
    assert SCREEN.resized(0, -3).width == SCREEN.resized(0, -3).height == 1
