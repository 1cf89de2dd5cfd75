"""From a decoded frame to a picture of the tile's size."""

from __future__ import annotations

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.video.picture import Scaler, fitted


@pytest.mark.parametrize(
    ("source", "tile", "size"),
    [
        ((640, 360), (320, 180), (320, 180)),
        ((640, 360), (240, 134), (240, 134)),
        ((640, 480), (320, 180), (240, 180)),
        ((360, 640), (320, 180), (101, 180)),
        ((641, 359), (641, 359), (641, 359)),
        ((7680, 4320), (2, 2), (2, 2)),
        ((2, 2000), (100, 100), (2, 100)),
    ],
)
def test_the_aspect_is_kept(
    source: tuple[int, int], tile: tuple[int, int], size: tuple[int, int]
) -> None:
    assert fitted(*source, *tile) == size


@given(*[st.integers(2, 8000)] * 4)
def test_a_picture_never_outgrows_its_tile(w: int, h: int, tile_w: int, tile_h: int) -> None:
    across, down = fitted(w, h, tile_w, tile_h)
    assert 2 <= across <= tile_w
    assert 2 <= down <= tile_h


@pytest.mark.parametrize("size", [(320, 180), (213, 121), (960, 540)])
@pytest.mark.parametrize("source", [(640, 360), (641, 361), (352, 288)])
def test_pixels_are_bgrx_rows(source: tuple[int, int], size: tuple[int, int]) -> None:
    rgb = np.zeros((source[1], source[0], 3), np.uint8)
    rgb[:] = (200, 30, 60)
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv444p")
    pixels, shape = Scaler().scale(frame, *size)
    assert (shape.width, shape.height) == fitted(*source, *size)
    row = np.frombuffer(pixels, np.uint8)[: shape.stride].reshape(-1, 4)[: shape.width]
    blue, green, red = row[shape.width // 2][:3]
    assert abs(int(red) - 200) < 6
    assert abs(int(green) - 30) < 6
    assert abs(int(blue) - 60) < 6
