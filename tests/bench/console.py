"""The console under measurement: started as a person starts it, watched from outside."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from app.domain.layout import layout_named, rects
from tests.architecture.sources import ROOT
from tests.bench.marks import Marks, Rect, Tile
from tests.bench.processes import Programs, family
from tests.bench.screen import HEIGHT, WIDTH, Screen
from tests.bench.site import Served

# Pixels between the tiles of the wall (the theme's).
GAP = 2
_USABLE = re.compile(r"^(\S+ \S+) .*: usable after", re.MULTILINE)


class Console:
    """A console on a screen, showing the cameras of a site. `folder` takes all it writes."""

    def __init__(
        self, site: Served, screen: Screen, folder: Path, layout: str, options: Sequence[str] = ()
    ) -> None:
        self._site, self._screen, self._folder, self._layout = site, screen, folder, layout
        self._options = options
        self.pid = 0
        self.started = 0.0
        self._started_wall = 0.0

    def start(self, programs: Programs, env: Mapping[str, str] | None = None) -> None:
        command: list[str | Path] = [
            sys.executable, ROOT / "main.py",
            "--cameras", self._site.list_file, "--layout", self._layout, "--full-screen",
            "--report", self._report_file, "--report-every", "1",
            "--profile-dir", self._folder / "profile", *self._options,
        ]  # fmt: skip
        self.started, self._started_wall = time.monotonic(), time.time()
        self.pid = programs.start(command, env or self._screen.environment).pid

    @property
    def _report_file(self) -> Path:
        return self._folder / "report.json"

    def report(self) -> dict[str, Any] | None:
        """The figures so far, at most a second or two old; None before the first."""
        try:
            found: dict[str, Any] = json.loads(self._report_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return found

    def report_age(self) -> float:
        """Seconds since it was written."""
        return time.time() - self._report_file.stat().st_mtime

    def states(self) -> dict[int, str]:
        """The state of each tile by camera number, as of the last report."""
        report = self.report() or {"cameras": []}
        return {row["number"]: row["state"] for row in report["cameras"]}

    def usable_seconds(self, log: Path) -> float | None:
        """From the start of the program until it said in its log that it can be used."""
        said = _USABLE.search(log.read_text(encoding="utf-8", errors="replace"))
        if said is None:
            return None
        at = datetime.strptime(said[1], "%Y-%m-%d %H:%M:%S,%f").astimezone()
        return at.timestamp() - self._started_wall

    def decoders(self) -> list[psutil.Process]:
        """The decoder processes that are alive now."""
        return [one for one in family(self.pid)[1:] if _is_decoder(one)]

    def marks(self, tiles: int) -> Marks:
        """Eyes on the first `tiles` cameras."""
        places = zip(self._site.sources[:tiles], self.rectangles(), strict=False)
        return Marks(
            self._screen.pixels,
            self._site.clock,
            [Tile(source.mount, rect) for source, rect in places],
        )

    def rectangles(self) -> list[Rect]:
        return rects(layout_named(self._layout), WIDTH, HEIGHT, GAP)


def connections(process: psutil.Process, port: int) -> int:
    """How many cameras of a server at `port` a decoder process is connected to."""
    found = process.net_connections("tcp")
    there = [one for one in found if one.status == psutil.CONN_ESTABLISHED and one.raddr]
    return sum(one.raddr.port == port for one in there)


def _is_decoder(process: psutil.Process) -> bool:
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return "spawn_main" in command
