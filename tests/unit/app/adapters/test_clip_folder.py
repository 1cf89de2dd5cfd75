from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from app.adapters.clip_folder import PrivateClips
from app.domain.errors import Failure


def test_only_this_user_can_read_it(tmp_path: Path) -> None:
    clip = PrivateClips(tmp_path / "replay").new_clip()
    assert not clip.exists()
    for folder in (clip.parent, clip.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_every_clip_has_a_path_of_its_own(tmp_path: Path) -> None:
    clips = PrivateClips(tmp_path)
    assert clips.new_clip() != clips.new_clip()


def test_a_clip_can_be_deleted_twice(tmp_path: Path) -> None:
    clips = PrivateClips(tmp_path)
    clip = clips.new_clip()
    clip.write_bytes(b"x")
    clips.delete(clip)
    clips.delete(clip)
    assert not clip.exists()


def test_closing_deletes_everything_of_this_console(tmp_path: Path) -> None:
    clips = PrivateClips(tmp_path)
    clips.new_clip().write_bytes(b"x")
    clips.close()
    clips.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_console_left_is_deleted(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from app.adapters.clip_folder import PrivateClips\n"
        "PrivateClips(Path(sys.argv[1])).new_clip().write_bytes(b'x'); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE
    ) as killed:
        while not list(tmp_path.glob("*/*.mp4")):
            assert killed.poll() is None
        clips = PrivateClips(tmp_path)
        assert clips.clear_leftovers() == 0, "it is alive"
        killed.kill()
    assert clips.clear_leftovers() == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["1-1.00", "notes", f"{os.getpid()}-12.00"])
def test_a_folder_without_a_living_owner_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    PrivateClips(tmp_path).clear_leftovers()
    assert not (tmp_path / name).exists()


def test_its_own_clips_are_no_leftovers(tmp_path: Path) -> None:
    clips = PrivateClips(tmp_path)
    clip = clips.new_clip()
    clip.write_bytes(b"x")
    assert clips.clear_leftovers() == 0
    assert clip.exists()


def test_a_first_start_has_nothing_to_clear(tmp_path: Path) -> None:
    assert PrivateClips(tmp_path / "none").clear_leftovers() == 0


def test_a_root_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(Failure):
        PrivateClips(tmp_path / "f").new_clip()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give away")
def test_a_folder_of_another_user_is_not_trusted(tmp_path: Path) -> None:
    root = tmp_path / "replay"
    root.mkdir()
    os.chown(root, 65534, 65534)
    with pytest.raises(Failure, match="another user"):
        PrivateClips(root).new_clip()


def test_the_owner_is_told_by_pid_and_start(tmp_path: Path) -> None:
    folder = PrivateClips(tmp_path).new_clip().parent.name
    own = psutil.Process()
    assert folder == f"{own.pid}-{own.create_time():.2f}"
