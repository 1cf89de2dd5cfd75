"""The demo site as the console runs it: starts, is killed, comes back, leaves nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import av
import av.error
import psutil
import pytest

from app.demo import children
from app.demo.cameras import Difficulty
from app.demo.mounts import Style
from app.demo.site import DemoSite, SiteOptions
from app.domain.camera import Camera, ProfileName
from app.domain.errors import BadInput, Unavailable
from app.formats import camera_csv
from tests.integration.conftest import CLIP_SECONDS, DemoServer
from tests.integration.demo.test_server import OPTIONS


@pytest.fixture
def options(demo_cache: Path, demo_server: DemoServer) -> SiteOptions:
    """A small site; `demo_server` has prepared the clips and says whether there can be one."""
    return SiteOptions(count=2, style=Style.PLAIN, cache=demo_cache, seconds=CLIP_SECONDS)


@pytest.fixture
def run_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where sites of this test keep what belongs to one run."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def sub_file(camera: Camera) -> Path:
    profile = camera.profile(ProfileName.SUB)
    assert profile is not None
    return Path(url2pathname(urlsplit(profile.url).path))


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("gwanje-demo-*")]


def opens(url: str) -> bool:
    try:
        av.open(url, "r", options=OPTIONS, timeout=10).close()
    except av.error.FFmpegError:
        return False
    return True


async def test_a_site_serves_what_its_list_says_and_leaves_nothing(
    options: SiteOptions, run_folders: Path
) -> None:
    site = DemoSite(options)
    opened = await site.start()
    pid = site.server_pid
    assert opened.notices == ()
    listed = camera_csv.parse(opened.csv)
    assert listed.problems == ()
    assert listed.cameras == opened.cameras
    assert opens(opened.cameras[1].profiles[0].url)
    await site.stop()
    await site.stop()
    assert pid is not None
    assert not psutil.pid_exists(pid)
    assert leftovers(run_folders) == []


async def test_a_killed_server_comes_back_at_the_same_addresses(
    options: SiteOptions, run_folders: Path
) -> None:
    site = DemoSite(options)
    url = (await site.start()).cameras[0].profiles[0].url
    await site.kill_server()
    assert not opens(url)
    await site.restart_server()
    assert opens(url)
    await site.stop()
    assert leftovers(run_folders) == []


async def test_a_dropped_session_ends_and_the_next_one_works(options: SiteOptions) -> None:
    site = DemoSite(options)
    opened = await site.start()
    url = opened.cameras[0].profiles[0].url
    with av.open(url, "r", options=OPTIONS, timeout=10) as container:
        packets = container.demux(video=0)
        next(packets)
        site.drop_sessions(urlsplit(url).path)
        try:
            # Far more than a connection may still hold.
            for _ in zip(range(200), packets, strict=False):
                pass
            count = sum(1 for _ in packets)
        except av.error.FFmpegError:
            count = 0
        assert count == 0
    assert opens(url)
    await site.stop()


async def test_a_port_that_is_taken_is_told(
    options: SiteOptions, demo_server: DemoServer, run_folders: Path
) -> None:
    site = DemoSite(SiteOptions(count=1, port=demo_server.port, cache=options.cache, seconds=4.0))
    with pytest.raises(Unavailable) as caught:
        await site.start()
    assert str(demo_server.port) in caught.value.text.ko
    await site.stop()
    assert leftovers(run_folders) == []


async def test_a_wrong_number_of_cameras_is_refused_before_any_work(tmp_path: Path) -> None:
    site = DemoSite(SiteOptions(count=0, cache=tmp_path / "cache"))
    with pytest.raises(BadInput):
        await site.start()
    await site.stop()
    assert not (tmp_path / "cache").exists()


async def test_stopped_while_it_prepares_it_leaves_nothing(tmp_path: Path) -> None:
    """Given a preparation of minutes, when the console closes, then no process is left."""
    begun = asyncio.Event()
    site = DemoSite(SiteOptions(cache=tmp_path, seconds=600.0))
    start = asyncio.gather(site.start(lambda _: begun.set()), return_exceptions=True)
    await begun.wait()
    await site.stop()
    (outcome,) = await start
    assert isinstance(outcome, Unavailable)


@pytest.mark.parametrize("why", ["Windows", "no gi"])
async def test_without_a_server_the_cameras_play_from_files(
    options: SiteOptions, why: str, monkeypatch: pytest.MonkeyPatch, run_folders: Path
) -> None:
    if why == "Windows":
        monkeypatch.setattr(children, "SYSTEM_PYTHON", run_folders / "absent")
    else:
        command = [sys.executable, "-c", 'print(\'{"missing": "gi"}\')']
        monkeypatch.setattr(children, "server_command", lambda: command)
    site = DemoSite(SiteOptions(count=16, cache=options.cache, seconds=CLIP_SECONDS))
    opened = await site.start()
    assert "RTSP" in opened.notices[0].ko
    assert (opened.clock, opened.port) == (None, None)
    assert [sub_file(camera).is_file() for camera in opened.cameras].count(False) == 1
    await site.stop()
    assert leftovers(run_folders) == []


async def test_who_asks_for_files_is_not_told_of_a_missing_server(options: SiteOptions) -> None:
    site = DemoSite(replace(options, server=False))
    opened = await site.start()
    assert opened.notices == ()
    assert all(urlsplit(p.url).scheme == "file" for c in opened.cameras for p in c.profiles)
    await site.stop()


def test_the_server_ends_when_its_parent_is_killed(
    options: SiteOptions, root: Path, tmp_path: Path
) -> None:
    """Given a site in another process, when that is killed without a word, then its server ends
    and removes what was written for the run.
    """
    with subprocess.Popen(
        [
            sys.executable, "-m", "app.demo", "--cameras", "1", "--only-plain",
            "--cache", str(options.cache), "--seconds", str(CLIP_SECONDS),
        ],
        cwd=root,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        (server,) = psutil.Process(process.pid).children()
        assert leftovers(tmp_path) != []
        os.kill(process.pid, signal.SIGKILL)
        server.wait(10)
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("kind", [Difficulty.FREEZES, Difficulty.RESOLUTION])
def test_what_changes_over_time_is_served_too(demo_server: DemoServer, kind: Difficulty) -> None:
    assert opens(demo_server.url(kind))
