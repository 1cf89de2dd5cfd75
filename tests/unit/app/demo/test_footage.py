from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.demo import encoding, footage
from app.demo.clips import read_index
from app.demo.recipes import RECIPES
from app.demo.scenes import Scenery

SMALL = tuple(recipe for recipe in RECIPES if recipe.name in {"small", "still-sub", "b-frames"})


@pytest.fixture(autouse=True)
def _few_clips_of_a_drawn_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(footage, "RECIPES", SMALL)
    monkeypatch.setattr(footage, "find_scenery", lambda: Scenery(None))


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_clips_are_made_once(tmp_path: Path) -> None:
    told: list[float] = []
    folder = await footage.prepare(tmp_path, 1.0, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert footage.prepared(tmp_path, 1.0) == folder
    told.clear()
    assert await footage.prepare(tmp_path, 1.0, told.append) == folder
    assert told == []


async def test_the_index_names_every_clip_and_the_files_are_there(tmp_path: Path) -> None:
    folder = await footage.prepare(tmp_path, 1.0)
    index = read_index(folder)
    assert set(index.clips) == {recipe.name for recipe in SMALL} | {"audio"}
    for name, clip in index.clips.items():
        assert (folder / f"{name}.mp4").stat().st_size > sum(clip.sizes)


async def test_no_two_clips_share_a_counter(tmp_path: Path) -> None:
    index = read_index(await footage.prepare(tmp_path, 1.0))
    used = [
        clip.first_counter + number
        for clip in index.clips.values()
        if clip.codec != "aac"
        for number in range(1 if clip.frozen else len(clip.sizes))
    ]
    assert len(used) == len(set(used))


async def test_two_that_prepare_at_once_both_get_it(tmp_path: Path) -> None:
    first, second = await asyncio.gather(
        footage.prepare(tmp_path, 1.0), footage.prepare(tmp_path, 1.0)
    )
    assert first == second
    assert names(tmp_path) == [first.name]


async def test_other_lengths_lie_in_other_folders(tmp_path: Path) -> None:
    folder = await footage.prepare(tmp_path, 1.0)
    assert footage.prepared(tmp_path, 2.0) is None
    assert footage.prepared(tmp_path, 1.0) == folder


async def test_a_failure_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(encoding, "encode_audio", full)
    with pytest.raises(OSError, match="No space left"):
        await footage.prepare(tmp_path, 1.0)
    assert names(tmp_path) == []


async def test_what_a_killed_preparation_left_is_removed_after_a_day(tmp_path: Path) -> None:
    old, fresh = tmp_path / "clips.1.part", tmp_path / "clips.2.part"
    for folder in (old, fresh):
        folder.mkdir()
    os.utime(old, (1_000_000, 1_000_000))
    await footage.prepare(tmp_path, 1.0)
    assert not old.exists()
    assert fresh.exists()


def test_the_preparing_process_ends_with_its_parents_pipe(tmp_path: Path, root: Path) -> None:
    """Given a preparation that would take long, when its input ends, then it is gone."""
    with subprocess.Popen(
        [sys.executable, "-m", "app.demo.footage", str(tmp_path), "600"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert "fraction" in json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(10) == 1


def test_the_cache_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert footage.default_cache() == tmp_path / "gwanje" / "demo"
