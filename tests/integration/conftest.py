"""A real RTSP server on loopback for everybody: real cameras, real footage, short clips."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.demo.cameras import Difficulty, generate
from app.demo.children import SYSTEM_PYTHON
from app.demo.clock import DemoClock
from app.domain.camera import Camera, ProfileName
from app.formats import camera_csv

# As many as it takes to have one of each difficulty.
CAMERAS = 16
# Four seconds of each clip are made in a few seconds, once: the folder outlives the run.
CLIP_SECONDS = 4.0
# On two cores that others use as well.
_FIRST_SECONDS = 180


@dataclass(frozen=True, slots=True)
class DemoServer:
    """A running demo site. `cameras` have the addresses; `clock` tells when a mark was sent."""

    cameras: tuple[Camera, ...]
    clock: DemoClock
    port: int
    pid: int

    def camera(self, difficulty: Difficulty = Difficulty.NONE) -> Camera:
        """The first camera with this difficulty."""
        for demo, camera in zip(generate(len(self.cameras)), self.cameras, strict=True):
            if demo.difficulty is difficulty:
                return camera
        raise LookupError(difficulty)

    def url(
        self, difficulty: Difficulty = Difficulty.NONE, profile: ProfileName = ProfileName.SUB
    ) -> str:
        found = self.camera(difficulty).profile(profile)
        assert found is not None
        return found.url


@pytest.fixture(scope="session")
def demo_cache(root: Path) -> Path:
    return root / ".cache" / "demo-tests"


@pytest.fixture(scope="session")
def demo_server(
    demo_cache: Path, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoServer]:
    """One site of 16 cameras for the whole run; skips where there is no gst-rtsp-server."""
    if not SYSTEM_PYTHON.is_file():
        pytest.skip("no system Python: gst-rtsp-server cannot run here")
    camera_list = tmp_path_factory.mktemp("demo") / "list.csv"
    with subprocess.Popen(
        [
            sys.executable, "-m", "app.demo", "--cameras", str(CAMERAS), "--until-input-ends",
            "--cache", str(demo_cache), "--seconds", str(CLIP_SECONDS),
            "--write-list", str(camera_list),
        ],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        if told["port"] is None:
            process.communicate()
            pytest.skip("gst-rtsp-server is not installed")
        clock = DemoClock(Path(told["clock"]))
        cameras = camera_csv.parse(camera_list.read_bytes()).cameras
        yield DemoServer(cameras, clock, told["port"], process.pid)
        clock.close()
        # The end of its input ends it.
        process.communicate(timeout=10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever comes first waits for the clips of a fresh clone as well."""
    for item in items:
        if "demo_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(_FIRST_SECONDS))
