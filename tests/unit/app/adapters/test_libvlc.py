from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.adapters import libvlc
from tests.fakes.clip import make_clip


def run(program: str, **environment: str) -> str:
    """In a process of its own: python-vlc loads its library once and for all on import."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


LOAD = "from app.adapters import libvlc; vlc = libvlc.load(); print(vlc is not None)"


def whole(folder: Path) -> Path:
    (folder / "plugins").mkdir(parents=True)
    for name in ("libvlc.dll", "libvlccore.dll"):
        (folder / name).touch()
    return folder


def test_a_library_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(libvlc.LIB_PATH, "/nowhere/libvlc.so.5")
    assert libvlc.library() is None
    assert libvlc.load() is None


def test_a_library_that_is_no_library_does_not_end_the_program(tmp_path: Path) -> None:
    fake = tmp_path / "libvlc.so.5"
    fake.write_bytes(b"not a library")
    assert run(LOAD, **{libvlc.LIB_PATH: str(fake)}) == "False"


def test_a_library_that_is_another_one_does_not_end_the_program() -> None:
    # It loads, but has none of libVLC's functions.
    assert run(LOAD, **{libvlc.LIB_PATH: "libc.so.6"}) in {"True", "False"}
    started = LOAD + "; print(vlc is None or libvlc.new_instance(vlc) is None)"
    assert run(started, **{libvlc.LIB_PATH: "libc.so.6"}).endswith("True")


@pytest.mark.skipif(libvlc.library() is None, reason="no libVLC here")
def test_a_plugin_folder_that_is_gone_does_not_end_the_program() -> None:
    assert run(LOAD, **{libvlc.PLUGIN_PATH: "/nowhere/plugins"}) == "True"


def test_on_windows_half_a_library_is_none(tmp_path: Path) -> None:
    empty, half = tmp_path / "empty", tmp_path / "half"
    whole(half)
    (half / "libvlccore.dll").unlink()
    good = whole(tmp_path / "good")
    assert libvlc.windows_library([empty, half]) is None
    assert libvlc.windows_library([empty, half, good]) == good / "libvlc.dll"


def test_on_windows_the_current_folder_is_never_searched() -> None:
    folders = libvlc.windows_folders()
    assert all(folder.is_absolute() for folder in folders)
    assert folders[0].parent == Path(sys.executable).resolve().parent


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
@pytest.mark.parametrize(("display", "has"), [(":7", True), ("", False)])
def test_without_a_display_there_is_no_screen(
    monkeypatch: pytest.MonkeyPatch, display: str, has: bool
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert libvlc.has_screen() is has


@pytest.mark.skipif(libvlc.library() is None, reason="no libVLC here")
def test_hidden_it_draws_nowhere_not_even_on_the_terminal(tmp_path: Path) -> None:
    program = (
        "import sys, time; from app.adapters import libvlc\n"
        "vlc = libvlc.load(); instance = libvlc.new_instance(vlc, hidden=True)\n"
        "player = instance.media_player_new()\n"
        "player.set_media(instance.media_new_path(sys.argv[1])); player.play()\n"
        "while player.get_state() != vlc.State.Paused: time.sleep(0.01)\n"
        "player.stop()"
    )
    clip = make_clip(tmp_path / "c.mp4", 0.4)
    environment = {k: v for k, v in os.environ.items() if k != "DISPLAY"}
    done = subprocess.run(
        [sys.executable, "-c", program, clip], env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == ""


def test_what_is_missing_is_said_in_both_languages() -> None:
    words = libvlc.missing_words()
    assert "libvlc5" in words.ko
    assert "libvlc5" in words.en
    assert "저장" in words.ko
