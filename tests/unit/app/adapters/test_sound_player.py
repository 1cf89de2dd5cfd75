from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.sound_player import SystemSounds
from app.domain.errors import Unavailable
from tests.fakes.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="plays with winsound there")


@pytest.fixture
def sounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemSounds]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = SystemSounds()
    yield made
    made.stop()


def player(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that copies what it is to play."""
    program, heard = folder / "paplay", folder / "heard"
    copy = f'/bin/cat "$1" > "{heard}.part" && /bin/mv "{heard}.part" "{heard}"'
    program.write_text(f"#!/bin/sh\n{copy}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return heard


def files(folder: Path) -> list[Path]:
    return list(folder.glob("*.wav"))


async def test_a_sound_is_played_by_what_the_desktop_has(
    sounds: SystemSounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = player(tmp_path, monkeypatch)
    sounds.play(b"a sound")
    await until(heard.exists)
    assert heard.read_bytes() == b"a sound"
    sounds.play(b"another")
    assert len(files(tmp_path)) == 1
    sounds.stop()
    assert files(tmp_path) == []


def test_a_machine_without_a_player_says_what_is_missing(
    sounds: SystemSounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="pulseaudio-utils"):
        sounds.play(b"a sound")
