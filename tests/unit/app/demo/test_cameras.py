from __future__ import annotations

from collections import Counter

import pytest

from app.demo.cameras import (
    MOST_CAMERAS,
    Difficulty,
    expectations,
    generate,
    national_csv,
)
from app.domain.errors import BadInput
from app.domain.tile import TileState
from app.formats import camera_csv
from app.formats.columns import NATIONAL

DIFFICULT = set(Difficulty) - {Difficulty.NONE}


@pytest.mark.parametrize("count", [1, 15, 16, 36, 64, MOST_CAMERAS])
def test_as_many_cameras_as_asked_each_its_own(count: int) -> None:
    cameras = [demo.camera for demo in generate(count)]
    assert len(cameras) == count
    for what in ("id", "number", "name"):
        assert len({getattr(camera, what) for camera in cameras}) == count


@pytest.mark.parametrize("count", [-1, 0, MOST_CAMERAS + 1])
def test_a_number_out_of_range_is_bad_input(count: int) -> None:
    with pytest.raises(BadInput) as caught:
        generate(count)
    assert str(count) in caught.value.text.ko
    assert str(count) in caught.value.text.en


def test_a_site_is_the_same_at_every_start() -> None:
    assert generate(64, seed=7) == generate(64, seed=7)
    assert generate(64, seed=7) != generate(64, seed=8)


def test_several_cameras_hang_on_one_pole_and_look_different_ways() -> None:
    cameras = [demo.camera for demo in generate(MOST_CAMERAS)]
    poles = Counter(camera.pole for camera in cameras)
    assert max(poles.values()) >= 3
    for pole in poles:
        mates = [camera for camera in cameras if camera.pole == pole]
        assert len({(camera.latitude, camera.longitude) for camera in mates}) == 1
        assert len({camera.azimuth for camera in mates}) == len(mates)


@pytest.mark.parametrize("count", [16, 20, 36, 64, MOST_CAMERAS])
def test_from_sixteen_on_there_is_one_camera_of_each_difficulty(count: int) -> None:
    kinds = Counter(demo.difficulty for demo in generate(count))
    assert {kind: kinds[kind] for kind in DIFFICULT} == dict.fromkeys(DIFFICULT, 1)


@pytest.mark.parametrize("count", [36, 64, MOST_CAMERAS])
def test_the_difficult_ones_are_on_a_wall_of_36(count: int) -> None:
    shown = {demo.difficulty for demo in generate(count)[:36]}
    assert shown >= DIFFICULT


def test_a_small_site_has_a_few_at_its_end() -> None:
    cameras = generate(9)
    assert [demo.difficulty is not Difficulty.NONE for demo in cameras] == [False] * 7 + [True] * 2
    assert all(demo.difficulty is Difficulty.NONE for demo in generate(3))


def test_a_plain_site_has_none() -> None:
    assert {demo.difficulty for demo in generate(64, plain=True)} == {Difficulty.NONE}


def test_only_the_missing_one_is_not_live_and_only_the_frozen_one_is_suspected() -> None:
    cameras = generate(36)
    kinds = {demo.camera.id: demo.difficulty for demo in cameras}
    found = {expected.camera: expected for expected in expectations(cameras)}
    not_live = [kinds[camera] for camera, expected in found.items() if not expected.live]
    suspected = [kinds[camera] for camera, expected in found.items() if expected.suspect]
    assert not_live == [Difficulty.MISSING]
    assert suspected == [Difficulty.FREEZES]
    assert Counter(expected.state for expected in found.values()) == {
        TileState.LIVE: 35,
        TileState.NOT_FOUND: 1,
    }


def test_the_list_is_the_national_form_and_reads_without_a_complaint() -> None:
    demos = generate(MOST_CAMERAS)
    content = national_csv((demo, demo.camera) for demo in demos)
    assert content.startswith(b"\xef\xbb\xbf")
    header = content.decode("utf-8-sig").splitlines()[0].split(",")
    assert tuple(header[: len(NATIONAL)]) == NATIONAL
    assert {"main_url", "sub_url", "azimuth", "fov"} <= set(header)
    read = camera_csv.parse(content)
    assert read.problems == ()
    assert read.cameras == tuple(demo.camera for demo in demos)


def test_every_national_column_but_the_lot_address_is_filled() -> None:
    (demo,) = generate(1)
    lines = national_csv([(demo, demo.camera)]).decode("utf-8-sig").splitlines()
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert [column for column in NATIONAL if not row[column]] == ["소재지지번주소"]
