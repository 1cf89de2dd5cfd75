"""A site, a screen, a console and eyes on it: what the benches beside the rounds begin with."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.demo.mounts import Style
from app.demo.site import SiteOptions
from tests.bench.console import Console
from tests.bench.marks import Marks
from tests.bench.processes import Programs
from tests.bench.screen import Screen, screen
from tests.bench.site import Served, served


@dataclass(frozen=True, slots=True)
class Watched:
    """A console that has been started just now, and what is needed to watch it."""

    site: Served
    screen: Screen
    programs: Programs
    console: Console
    marks: Marks
    log: Path
    folder: Path

    @property
    def tiles(self) -> int:
        return len(self.marks.found)


@contextlib.contextmanager
def site_of(tiles: int, style: Style = Style.PLAIN) -> Iterator[Served]:
    with (
        tempfile.TemporaryDirectory(prefix="gwanje-bench-") as folder,
        served(SiteOptions(count=tiles, style=style), Path(folder)) as site,
    ):
        yield site


@contextlib.contextmanager
def watched(site: Served, tiles: int, options: Sequence[str] = ()) -> Iterator[Watched]:
    """A console on a screen of its own that shows the first `tiles` cameras of the site."""
    with (
        tempfile.TemporaryDirectory(prefix="gwanje-bench-") as name,
        screen() as shown,
        Programs(Path(name) / "console.log") as programs,
    ):
        folder = Path(name)
        console = Console(site, shown, folder, str(tiles), options)
        marks = console.marks(tiles)
        console.start(programs)
        yield Watched(site, shown, programs, console, marks, folder / "console.log", folder)
