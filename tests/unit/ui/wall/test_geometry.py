from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.wall.geometry import Rect, fitted

TILE = Rect(100, 50, 320, 180)


@pytest.mark.parametrize(
    ("size", "place"),
    [
        ((320, 180), Rect(100, 50, 320, 180)),  # made for the tile
        ((320, 178), Rect(100, 51, 320, 178)),  # the scaler rounded to even rows
        ((240, 180), Rect(140, 50, 240, 180)),  # 4:3: bars at the sides
        ((1280, 720), Rect(100, 50, 320, 180)),  # made for a larger tile
        ((160, 90), Rect(100, 50, 320, 180)),  # made for a smaller one
        ((640, 180), Rect(100, 95, 320, 90)),  # bars above and below
        ((0, 0), TILE),
    ],
)
def test_a_picture_is_fitted_whole(size: tuple[int, int], place: Rect) -> None:
    assert fitted(TILE, *size) == place


SIZES = st.integers(1, 4000)


@given(SIZES, SIZES, SIZES, SIZES)
def test_a_fitted_picture_stays_in_its_tile(a: int, b: int, width: int, height: int) -> None:
    tile = Rect(7, 9, a, b)
    place = fitted(tile, width, height)
    assert tile.x <= place.x
    assert tile.y <= place.y
    assert place.right <= tile.right
    assert place.bottom <= tile.bottom
    assert place.width > 0
    assert place.height > 0


def test_a_point_outside_counts_as_the_nearest_inside() -> None:
    assert TILE.fraction(100 + 80, 50 + 90) == (0.25, 0.5)
    assert TILE.fraction(0, 500) == (0.0, 1.0)
