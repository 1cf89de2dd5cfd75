from __future__ import annotations

import numpy as np
import pytest

from app.demo import mark
from tests.bench.marks import Marks, Tile, cells, read_levels


class Clock:
    """Every picture was sent a tenth of a second ago, but for those of mount `other`."""

    def sent_time(self, mount: str, counter: int, now: float) -> float | None:
        return None if mount == "/other" else now - 0.1


def screen() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((1080, 1920, 4), 90, np.uint8)


def marks(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], *tiles: Tile) -> Marks:
    return Marks(pixels, Clock(), tiles)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [240, 320, 480, 640])
@pytest.mark.parametrize("counter", [0, 1, 255, 256, 12_345, 65_535])
def test_reads_what_the_demo_draws(width: int, counter: int) -> None:
    picture = np.full((width * 9 // 16, width), 90, np.uint8)
    mark.draw(picture, counter)
    rows, columns = cells([(0, 0, width, width * 9 // 16)])
    assert read_levels(picture[rows, columns].astype(np.int32)).tolist() == [counter]


def test_a_picture_without_a_mark_is_no_number() -> None:
    levels = np.stack([np.full(26, 90), np.arange(26) * 9]).astype(np.int32)
    assert read_levels(levels).tolist() == [-1, -1]


def test_one_flipped_cell_is_noticed() -> None:
    picture = np.zeros((180, 320), np.uint8)
    mark.draw(picture, 4711)
    rows, columns = cells([(0, 0, 320, 180)])
    for cell in range(26):
        levels = picture[rows, columns].astype(np.int32)
        levels[0, cell] = 251 - levels[0, cell]
        assert read_levels(levels)[0] == -1


def test_each_picture_counts_once_and_tells_its_delay() -> None:
    pixels = screen()
    seen = marks(pixels, Tile("/a", (0, 0, 320, 180)), Tile("/b", (320, 0, 320, 180)))
    assert seen.look(10.0) == []
    mark.draw(pixels[:180, :320, 1], 7)
    [first] = seen.look(11.0)
    assert (first.tile, first.counter, round(first.delay, 3)) == (0, 7, 0.1)
    assert seen.look(12.0) == []
    mark.draw(pixels[:180, :320, 1], 8)
    mark.draw(pixels[:180, 320:640, 1], 9)
    found = {(one.tile, one.counter) for look in (13.0, 14.0) for one in seen.look(look)}
    assert found == {(0, 8), (1, 9)}


def test_finds_pictures_that_leave_a_gap() -> None:
    pixels = screen()
    seen = marks(pixels, Tile("/a", (322, 182, 320, 180)))
    mark.draw(pixels[183 : 183 + 178, 324 : 324 + 316, 1], 99)
    assert [one.counter for one in seen.look(1.0)] == [99]


def test_a_mark_of_another_camera_is_not_ours() -> None:
    pixels = screen()
    seen = marks(pixels, Tile("/other", (0, 0, 320, 180)))
    mark.draw(pixels[:180, :320, 1], 7)
    assert seen.look(1.0) == []
    assert not seen.found.any()
