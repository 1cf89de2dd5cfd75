from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame
from numpy.typing import NDArray

from app.demo import mark

# What a wall of 64, 36 or 16 tiles asks for, and both main streams.
SIZES = [(240, 134), (240, 135), (320, 180), (480, 270), (640, 360), (1280, 720), (1920, 1080)]
COUNTERS = [0, 1, 0x5555, 0xAAAA, 0x00FF, 12345, 65535]


def scene(width: int, height: int) -> NDArray[np.uint8]:
    """A bright, busy Y plane: the worst place for black cells."""
    return np.random.default_rng(1).integers(90, 250, (height, width), dtype=np.uint8)


def scaled(luma: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    chroma = np.full((luma.shape[0] // 2, luma.shape[1]), 140, dtype=np.uint8)
    frame = VideoFrame.from_ndarray(np.concatenate([luma, chroma]), format="yuv420p")
    return frame.reformat(width, height, format="bgra").to_ndarray().astype(np.uint8)


@pytest.mark.parametrize("counter", COUNTERS)
def test_what_was_drawn_is_read(counter: int) -> None:
    luma = scene(640, 360)
    mark.draw(luma, counter)
    assert mark.read(luma) == counter


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("source", [(640, 360), (1280, 720), (480, 272)], ids=str)
def test_it_survives_scaling_to_a_tile(source: tuple[int, int], size: tuple[int, int]) -> None:
    for counter in COUNTERS:
        luma = scene(*source)
        mark.draw(luma, counter)
        assert mark.read(scaled(luma, *size)) == counter


def test_counters_go_round_after_16_bits() -> None:
    luma = scene(640, 360)
    mark.draw(luma, mark.COUNTERS + 7)
    assert mark.read(luma) == 7


@pytest.mark.parametrize("value", [0, 16, 128, 255])
def test_an_even_picture_has_no_mark(value: int) -> None:
    assert mark.read(np.full((360, 640), value, dtype=np.uint8)) is None


def test_a_scene_without_a_mark_has_none() -> None:
    noise = np.random.default_rng(2)
    pictures = (noise.integers(0, 255, (134, 240), dtype=np.uint8) for _ in range(200))
    assert [mark.read(picture) for picture in pictures] == [None] * 200


@pytest.mark.parametrize("bit", range(24))
def test_one_wrong_cell_makes_it_unreadable(bit: int) -> None:
    """Given a mark in which one cell has turned over, then nothing is read, never a wrong one."""
    luma = scene(600, 360)
    mark.draw(luma, 4711)
    row, column = divmod(bit, 12)
    size = 10
    top = round((1 + row) * 360 / 33.75)
    left = (2 + column) * size
    cell = luma[top : top + 11, left : left + size]
    cell[:] = 235 if cell.mean() < 128 else 16
    assert mark.read(luma) is None


def test_a_grey_cell_is_not_guessed() -> None:
    luma = scene(600, 360)
    mark.draw(luma, 4711)
    luma[10:22, 20:30] = 125
    assert mark.read(luma) is None


def test_a_picture_too_small_for_cells_is_refused() -> None:
    assert mark.read(np.zeros((60, 100), dtype=np.uint8)) is None


def test_half_a_mark_of_another_picture_is_not_read() -> None:
    """Given the upper row of one picture and the lower of the next, as a torn frame would show."""
    upper, lower = scene(640, 360), scene(640, 360)
    mark.draw(upper, 0x123F)
    mark.draw(lower, 0x1240)
    upper[round(2 * 360 / 33.75) :] = lower[round(2 * 360 / 33.75) :]
    assert mark.read(upper) is None
