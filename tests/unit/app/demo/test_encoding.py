from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from app.demo import encoding, mark
from app.demo.clips import Clip
from app.demo.recipes import RECIPES, Recipe
from app.demo.scenes import Scenery

DRAWN = Scenery(None)
FIRST = 4000


def recipe(name: str) -> Recipe:
    return next(found for found in RECIPES if found.name == name)


def made(what: Recipe, folder: Path, seconds: float = 2.0) -> Clip:
    for _ in encoding.encode(what, DRAWN, folder, seconds, FIRST):
        pass
    return encoding.describe(what, folder, FIRST)


def decoded(folder: Path, clip: Clip) -> list[NDArray[np.uint8]]:
    with av.open(str(folder / f"{clip.name}.mp4"), "r") as container:
        frames = container.decode(video=0)
        return [frame.reformat(format="gray").to_ndarray().astype(np.uint8) for frame in frames]


@pytest.mark.parametrize("name", ["sub-0", "sub-hevc", "b-frames", "mjpeg", "small"])
def test_every_picture_carries_its_counter(name: str, tmp_path: Path) -> None:
    clip = made(recipe(name), tmp_path)
    counters = [mark.read(picture) for picture in decoded(tmp_path, clip)]
    assert counters == [FIRST + number for number in range(len(clip.sizes))]


def test_a_clip_is_whole_groups_of_pictures(tmp_path: Path) -> None:
    clip = made(recipe("sub-0"), tmp_path, seconds=2.4)
    assert [unit for unit, key in enumerate(clip.keys) if key] == [0, 15]
    assert len(clip.sizes) == 30
    assert clip.lead == 0
    assert clip.codec_data.startswith("01")  # version 1 of an avcC record


def test_units_lie_where_it_says_with_their_lengths_in_front(tmp_path: Path) -> None:
    clip = made(recipe("sub-0"), tmp_path)
    content = (tmp_path / "sub-0.mp4").read_bytes()
    for position, size in zip(clip.positions, clip.sizes, strict=True):
        at = position
        while at < position + size:
            at += 4 + int.from_bytes(content[at : at + 4], "big")
        assert at == position + size


def test_b_frames_are_sent_in_another_order_than_shown(tmp_path: Path) -> None:
    clip = made(recipe("b-frames"), tmp_path)
    assert clip.lead > 0
    assert sorted(clip.order) == list(range(30))


def test_a_frozen_encoder_gives_one_picture_for_ever(tmp_path: Path) -> None:
    """Really identical after decoding, or it would be no test of the one who looks for it."""
    clip = made(recipe("still-sub"), tmp_path)
    pictures = decoded(tmp_path, clip)
    assert len(pictures) == 15
    assert all((picture == pictures[0]).all() for picture in pictures)
    assert mark.read(pictures[0]) == FIRST


def test_the_bit_rate_is_that_of_a_camera(tmp_path: Path) -> None:
    clip = made(recipe("sub-0"), tmp_path, seconds=4.0)
    assert 300_000 < sum(clip.sizes) * 8 / clip.seconds < 900_000


def test_the_sound_is_a_clip_too(tmp_path: Path) -> None:
    encoding.encode_audio(tmp_path, 2.0)
    clip = encoding.describe_audio(tmp_path)
    assert clip.codec == "aac"
    assert clip.seconds == pytest.approx(2.0, abs=0.15)
    assert clip.codec_data


@pytest.mark.parametrize(("seconds", "units"), [(0.1, 15), (2.0, 30), (2.6, 45)])
def test_there_is_always_at_least_one_group(seconds: float, units: int) -> None:
    assert encoding.unit_count(recipe("sub-0"), seconds) == units


def test_a_share_makes_a_clip_shorter() -> None:
    short = replace(recipe("sub-0"), share=0.5)
    assert encoding.unit_count(short, 8.0) == 60
