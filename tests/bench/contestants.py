"""Who is measured: the yardstick (decoding alone), the console, and its rivals.

A contestant starts its programs and can be asked at any time how many pictures it has decoded and
shown since it began. CPU is read from outside, the same way for all of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from app.domain.layout import layout_named, rects
from tests.architecture.sources import ROOT
from tests.bench.console import GAP, Console
from tests.bench.marks import Rect
from tests.bench.processes import Programs
from tests.bench.screen import HEIGHT, WIDTH, Screen
from tests.bench.site import Served, Source

_RIVALS = Path(__file__).parent / "rivals"
_SYSTEM_PYTHON = Path("/usr/bin/python3")
_BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a contestant has to show: the first `tiles` cameras of a site, on a screen."""

    site: Served
    screen: Screen
    folder: Path
    tiles: int

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.site.sources[: self.tiles]

    def rectangles(self, gap: int = 0) -> list[Rect]:
        """Where each tile lies when the wall fills the screen."""
        return rects(layout_named(str(self.tiles)), WIDTH, HEIGHT, gap)


@dataclass(frozen=True, slots=True)
class Reading:
    """A contestant's own counts since its start, and when they were taken (monotonic seconds).

    `lowered`: tiles of which not every picture is decoded at this moment, on purpose.
    """

    at: float
    decoded: int
    shown: int
    lowered: int = 0


class Contestant(ABC):
    """One per run. `programs` belongs to the caller, who ends them. `gap`: between its tiles."""

    name: str
    on_screen = True
    gap = 0

    def missing(self) -> str | None:
        """In words, why it cannot be measured here."""
        return None

    @abstractmethod
    def start(self, trial: Trial, programs: Programs) -> None: ...

    def read(self) -> Reading | None:
        """None where it counts nothing itself, or nothing yet."""
        return None


class Decode(Contestant):
    """The limit: one ffmpeg, one thread a stream, pictures thrown away (`-f null`).

    It writes one line of -vstats_file for each picture that left a decoder.
    """

    name = "decode only"
    on_screen = False

    def __init__(self) -> None:
        self._lines = Path()
        self._offset = 0
        self._count = 0

    @override
    def missing(self) -> str | None:
        return _no_program("ffmpeg")

    @override
    def start(self, trial: Trial, programs: Programs) -> None:
        self._lines = trial.folder / "frames"
        # One input is opened after the other: without these it takes more than a second each.
        fast = ("-fflags", "nobuffer", "-fpsprobesize", "0", "-probesize", "50000",
                "-analyzeduration", "0")  # fmt: skip
        inputs: list[str] = []
        outputs: list[str] = []
        for place, source in enumerate(trial.sources):
            inputs += ["-threads", "1", "-rtsp_transport", "tcp", *fast, "-i", source.url]
            outputs += ["-map", f"{place}:v"]
        programs.start(
            ["ffmpeg", "-nostdin", "-loglevel", "error", *inputs, *outputs,
             "-fps_mode", "passthrough", "-vstats_file", self._lines, "-f", "null", "-"]
        )  # fmt: skip

    @override
    def read(self) -> Reading | None:
        if not self._lines.is_file():
            return None
        with self._lines.open("rb") as lines:
            lines.seek(self._offset)
            new = lines.read()
        at = time.monotonic()
        self._offset += len(new)
        self._count += new.count(b"\n")
        return Reading(at, self._count, self._count)


class Gwanje(Contestant):
    """The console as `python main.py` starts it, full screen."""

    name = "Gwanje"
    gap = GAP

    def __init__(self) -> None:
        self._console: Console | None = None

    @override
    def start(self, trial: Trial, programs: Programs) -> None:
        layout = str(trial.tiles)
        # The start is over long before the window begins; it has its own bench.
        options = ("--settle", "6")
        self._console = Console(trial.site, trial.screen, trial.folder, layout, options)
        self._console.start(programs)

    @override
    def read(self) -> Reading | None:
        report = self._console.report() if self._console else None
        if report is None or self._console is None:
            return None
        at = time.monotonic() - self._console.report_age()
        lowered = sum(" " in row["tier"] for row in report["cameras"])
        return Reading(at, report["frames_decoded"], report["frames_shown"], lowered)


class Mpv(Contestant):
    """One mpv for each camera, its window where the tile would be."""

    name = "mpv per camera"

    @override
    def missing(self) -> str | None:
        return _no_program("mpv")

    @override
    def start(self, trial: Trial, programs: Programs) -> None:
        for source, rect in zip(trial.sources, trial.rectangles(), strict=True):
            x, y, width, height = rect
            programs.start(
                [
                    "mpv", "--no-config", "--no-terminal", "--no-audio", "--hwdec=no",
                    "--profile=low-latency", "--vo=x11", "--no-border",
                    "--no-osc", "--osd-level=0", "--no-keepaspect-window", "--load-scripts=no",
                    "--sws-fast=yes", "--sws-scaler=fast-bilinear", "--rtsp-transport=tcp",
                    f"--geometry={width}x{height}+{x}+{y}", source.url,
                ],
                trial.screen.environment,
            )  # fmt: skip


class _Script(Contestant):
    """A program of ours around a rival."""

    _python = _SYSTEM_PYTHON
    _script = ""

    @override
    def start(self, trial: Trial, programs: Programs) -> None:
        pairs = zip(trial.sources, trial.rectangles(), strict=True)
        tiles = [[source.url, *rect] for source, rect in pairs]
        command: list[str | Path] = [self._python, _RIVALS / self._script, json.dumps(tiles)]
        programs.start(command, trial.screen.environment)


class QtPlayers(_Script):
    name = "QMediaPlayer"
    _python = _BENCH_PYTHON
    _script = "qt_wall.py"

    @override
    def missing(self) -> str | None:
        return None if _BENCH_PYTHON.is_file() else "no .venv-bench (make bench makes it)"


class GStreamer(_Script):
    name = "GStreamer compositor"
    _script = "gst_wall.py"

    @override
    def missing(self) -> str | None:
        if not _SYSTEM_PYTHON.is_file():
            return "no /usr/bin/python3 with gi"
        for element in ("compositor", "ximagesink", "avdec_h264"):
            if not _has_element(element):
                return f"GStreamer has no {element} (gstreamer1.0-libav, gstreamer1.0-x)"
        return None


RIVALS: tuple[type[Contestant], ...] = (GStreamer, Mpv, QtPlayers)


def _no_program(name: str) -> str | None:
    return None if shutil.which(name) else f"{name} is not installed"


def _has_element(name: str) -> bool:
    try:
        asked = subprocess.run(["gst-inspect-1.0", "--exists", name], check=False)
    except OSError:
        return False
    return asked.returncode == 0
