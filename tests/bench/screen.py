"""A virtual display whose pixels can be read without asking the X server for them."""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.architecture.scripts import script

WIDTH, HEIGHT = 1920, 1080
_START_SECONDS = 20.0
# XWDFile.h: 25 words, big-endian; where what we need stands.
_HEADER = struct.Struct(">25I")
_SIZE_AT, _WIDTH_AT, _HEIGHT_AT, _LINE_AT, _COLOURS_AT = 0, 4, 5, 12, 19
_COLOUR_BYTES = 12


@dataclass(frozen=True, slots=True)
class Screen:
    """`pixels` (height, width, 4) BGRX is what stands on the screen now: its frame buffer."""

    name: str
    pid: int
    pixels: NDArray[np.uint8] = field(repr=False)

    @property
    def environment(self) -> dict[str, str]:
        found: dict[str, str] = script("with_display").environment(self.name, os.environ)
        return found


@contextlib.contextmanager
def screen(width: int = WIDTH, height: int = HEIGHT) -> Iterator[Screen]:
    """Raises RuntimeError where Xvfb is missing or does not start."""
    program = shutil.which("Xvfb")
    if program is None:
        raise RuntimeError("Xvfb is missing (Debian package xvfb)")
    # The frame buffer is a mapped file: not on a disk that would write it back every few seconds.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="gwanje-bench-", dir=memory if memory.is_dir() else None
    ) as folder:
        ours, theirs = os.pipe()
        server = subprocess.Popen(
            [
                program, "-displayfd", str(theirs), "-fbdir", folder,
                "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset", "-nocursor",
            ],
            pass_fds=[theirs],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        try:
            with os.fdopen(ours) as said:
                number = said.readline().strip()
            if not number:
                raise RuntimeError("Xvfb did not start")
            yield Screen(f":{number}", server.pid, _frame_buffer(Path(folder) / "Xvfb_screen0"))
        finally:
            server.terminate()
            try:
                server.wait(_START_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _frame_buffer(file: Path) -> NDArray[np.uint8]:
    with file.open("rb") as opened:
        header = _HEADER.unpack(opened.read(_HEADER.size))
    start = header[_SIZE_AT] + header[_COLOURS_AT] * _COLOUR_BYTES
    line = header[_LINE_AT]
    width, height = header[_WIDTH_AT], header[_HEIGHT_AT]
    whole = np.memmap(file, np.uint8, "r", start, (height, line))
    return whole[:, : width * 4].reshape(height, width, 4)
