from __future__ import annotations

import gzip
import itertools
from pathlib import Path

import numpy as np
import pytest

from app.demo.recipes import VIEWS
from app.demo.scenes import Scenery, find_scenery, pictures, seen_from

DRAWN = Scenery(None)


def genuine() -> Scenery:
    found = find_scenery()
    if found.path is None:
        pytest.skip("Debian's opencv-doc is not installed: no genuine footage")
    return found


def luma(
    scenery: Scenery, start: int, count: int
) -> list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    frames = itertools.islice(pictures(scenery, start), count)
    return [frame.to_ndarray()[:576].astype(np.uint8) for frame in frames]


def test_missing_footage_is_told_with_the_package_to_install(tmp_path: Path) -> None:
    scenery = find_scenery(tmp_path / "vtest.avi")
    assert scenery.path is None
    assert scenery.notice is not None
    assert "opencv-doc" in scenery.notice.ko
    assert "opencv-doc" in scenery.notice.en


def test_a_drawn_scene_moves() -> None:
    first, second = luma(DRAWN, 0, 2)
    assert first.shape == (576, 768)
    assert (first != second).any()


def test_a_start_is_so_many_pictures_later() -> None:
    assert (luma(DRAWN, 3, 1)[0] == luma(DRAWN, 0, 4)[3]).all()


def test_genuine_footage_goes_round_at_its_end() -> None:
    scenery = genuine()
    first, again = luma(scenery, 0, 1)[0], luma(scenery, 795, 1)[0]
    assert (first == again).all()


def test_compressed_footage_is_found_and_read(tmp_path: Path) -> None:
    """Debian compresses documentation at times."""
    scenery = genuine()
    assert scenery.path is not None
    (tmp_path / "vtest.avi.gz").write_bytes(gzip.compress(scenery.path.read_bytes(), 1))
    packed = find_scenery(tmp_path / "vtest.avi")
    assert packed.path == tmp_path / "vtest.avi.gz"
    assert packed.notice is None
    assert (luma(packed, 5, 1)[0] == luma(scenery, 5, 1)[0]).all()


@pytest.mark.parametrize("number", range(len(VIEWS)))
def test_each_view_is_a_picture_of_its_own(number: int) -> None:
    frames = pictures(DRAWN, VIEWS[number].start)
    seen = list(itertools.islice(seen_from(VIEWS[number], 320, 180, frames), 3))
    assert [(frame.width, frame.height, frame.format.name) for frame in seen] == [
        (320, 180, "yuv420p")
    ] * 3


def test_a_night_view_has_no_colour() -> None:
    night = next(view for view in VIEWS if view.tone.name == "NIGHT")
    frame = next(seen_from(night, 320, 180, pictures(DRAWN, 0)))
    assert (frame.to_ndarray()[180:] == 128).all()
