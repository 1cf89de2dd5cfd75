"""From a decoded frame to a picture of the tile's size."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace
from hypothesis import given
from hypothesis import strategies as st

from app.video.picture import Scaler, fitted
from app.video.shared_frames import Shape


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


def scene(width: int, height: int) -> np.ndarray:
    """Soft colours with an edge, as RGB: what chroma at half size can still show."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([x * 255 / width, y * 255 / height, 128 + 60 * np.sin(x / 40.0)], axis=-1)
    rgb[height // 3 : height // 2, width // 4 : width // 2] = (210, 40, 60)
    return rgb.astype(np.uint8)


def rgb_of(pixels: memoryview, shape: Shape) -> np.ndarray:
    rows = np.frombuffer(pixels, np.uint8)[: shape.height * shape.stride]
    return rows.reshape(shape.height, shape.stride)[:, : shape.width * 4].reshape(
        shape.height, shape.width, 4
    )[:, :, 2::-1]


@pytest.mark.parametrize("colours", ["ITU601", "ITU709"])
@pytest.mark.parametrize("kind", ["yuv420p", "yuvj420p", "yuv422p", "yuv444p", "yuv420p10le"])
def test_a_smaller_picture_keeps_its_colours(kind: str, colours: str) -> None:
    """What a camera of any format and colour matrix sends looks like the scene, only smaller."""
    whole = scene(640, 360)
    camera = av.VideoFrame.from_ndarray(whole, format="rgb24").reformat(
        format=kind, dst_colorspace=colours
    )
    camera.colorspace = int(Colorspace[colours])
    pixels, shape = Scaler().scale(camera, 320, 180)
    expected = whole.reshape(180, 2, 320, 2, 3).mean(axis=(1, 3))
    difference = rgb_of(pixels, shape) - expected
    # 43 dB and more were measured; the wrong matrix or range has less than 30.
    assert 10 * np.log10(255**2 / np.mean(difference**2)) > 41
    assert np.abs(difference.mean(axis=(0, 1))).max() < 2.5
