"""Plays short sounds: winsound on Windows, what the desktop has on Linux. One at a time."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from typing_extensions import override

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.alarms import SoundPlayer

# PipeWire, PulseAudio, ALSA; each plays a file and ends.
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
_SECONDS = 5.0
NO_SOUND = Text(
    "이 컴퓨터에서는 경보음을 낼 수 없습니다. 스피커와 소리 설정(리눅스는 pulseaudio-utils 또는 "
    "alsa-utils)을 확인하세요.",
    "No alarm can be heard on this computer. Check its speakers and sound settings (on Linux the "
    "packages pulseaudio-utils or alsa-utils).",
)


class SystemSounds(SoundPlayer):
    """The file that is played is kept until the next one, or `stop`."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @override
    def play(self, wav: bytes) -> None:
        self.stop()
        with tempfile.NamedTemporaryFile(prefix="gwanje-", suffix=".wav", delete=False) as file:
            file.write(wav)
        self._file = Path(file.name)
        if sys.platform == "win32":
            self._windows(self._file)
        else:
            self._program(self._file)

    @override
    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(_SECONDS)
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink()
            self._file = None

    def _program(self, file: Path) -> None:
        for name, *options in _PLAYERS:
            program = shutil.which(name)
            if program is not None:
                self._process = subprocess.Popen(  # noqa: S603 - a name of our own, found by PATH
                    [program, *options, str(file)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                return
        raise Unavailable(NO_SOUND)

    def _windows(self, file: Path) -> None:
        import winsound

        try:
            getattr(winsound, "PlaySound")(  # noqa: B009 - exists on Windows only
                str(file),
                getattr(winsound, "SND_FILENAME") | getattr(winsound, "SND_ASYNC"),  # noqa: B009
            )
        except RuntimeError as error:
            raise Unavailable(NO_SOUND) from error
