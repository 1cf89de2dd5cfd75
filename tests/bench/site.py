"""The demo site as the benches use it: a warm RTSP server and a list of what it serves."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.demo.clock import DemoClock
from app.demo.site import DemoSite, Opened, SiteOptions
from app.domain.camera import Camera, ProfileName


@dataclass(frozen=True, slots=True)
class Source:
    """What one tile shows: the sub stream where there is one. `mount` as the clock knows it."""

    camera: Camera
    url: str
    mount: str
    fps: float

    @property
    def number(self) -> int:
        return self.camera.number


class Served:
    """A running site. `list_file` is the camera list for a console."""

    def __init__(self, runner: asyncio.Runner, site: DemoSite, opened: Opened, list_file: Path):
        self._runner = runner
        self._site = site
        self.opened = opened
        self.list_file = list_file
        self.sources = tuple(_source(camera) for camera in opened.cameras)

    @property
    def clock(self) -> DemoClock:
        assert self.opened.clock is not None
        return self.opened.clock

    @property
    def clock_folder(self) -> Path:
        assert self.opened.clock_folder is not None
        return self.opened.clock_folder

    @property
    def server_pid(self) -> int:
        assert self._site.server_pid is not None
        return self._site.server_pid

    def drop(self, mount: str) -> None:
        """The server ends the sessions of a mount."""
        self._site.drop_sessions(mount)

    def stop_server(self) -> None:
        """As a power cut would."""
        self._runner.run(self._site.kill_server())

    def start_server(self) -> None:
        """On the same port, with the same addresses."""
        self._runner.run(self._site.restart_server())


@contextlib.contextmanager
def served(options: SiteOptions, folder: Path) -> Iterator[Served]:
    """Raises Unavailable, and RuntimeError where there is no RTSP server."""
    list_file = folder / "cameras.csv"
    with asyncio.Runner() as runner:
        site = DemoSite(options)
        try:
            opened = runner.run(site.start(_say_progress))
            if opened.clock is None:
                raise RuntimeError("; ".join(notice.en for notice in opened.notices))
            list_file.write_bytes(opened.csv)
            yield Served(runner, site, opened, list_file)
        finally:
            runner.run(site.stop())


def _source(camera: Camera) -> Source:
    by_name = {profile.name: profile for profile in camera.profiles}
    profile = by_name.get(ProfileName.SUB) or by_name[ProfileName.MAIN]
    return Source(camera, profile.url, urlsplit(profile.url).path, profile.fps or 0.0)


def _say_progress(fraction: float) -> None:
    print(f"\rpreparing footage {fraction:4.0%}", end="", file=sys.stderr, flush=True)
