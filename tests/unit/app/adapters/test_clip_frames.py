from __future__ import annotations

import wave
from pathlib import Path

import pytest

from app.adapters.clip_frames import frame_times
from app.domain.errors import Unavailable
from tests.fakes.clip import make_clip


def test_every_frame_of_a_real_clip_has_its_time(tmp_path: Path) -> None:
    frames = frame_times(make_clip(tmp_path / "c.mp4", 1.0))
    assert frames.starts == pytest.approx([n / 15 for n in range(15)], abs=0.001)
    assert frames.end == pytest.approx(1.0, abs=0.001)


def test_a_file_without_pictures_is_no_clip(tmp_path: Path) -> None:
    sound = tmp_path / "sound.wav"
    with wave.open(str(sound), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(1600))
    with pytest.raises(Unavailable, match="cannot be played"):
        frame_times(sound)


@pytest.mark.parametrize("content", [b"", b"no clip at all"])
def test_garbage_is_no_clip(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "c.mp4"
    file.write_bytes(content)
    with pytest.raises(Unavailable):
        frame_times(file)
