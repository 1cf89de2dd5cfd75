"""Cameras that are difficult to play, and play."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from app.domain.stream import DecodeMode, Importance
from tests.fakes.clip import make_clip
from tests.fakes.encoded_video import encoded, noise, still
from tests.fakes.rtp_packets import CLOCK
from tests.fakes.rtsp_script import Mount, Playing, RtspScript, for_ever, jpegs, sending
from tests.integration.video.scene import Scene, scene

pytestmark = pytest.mark.timeout(90)

HOUR = 3600 * CLOCK
B_FRAMES = encoded(frames=45, fps=30.0, options=(("bf", "3"), ("g", "15"), ("preset", "veryfast")))


async def leaps(play: Playing) -> None:
    stamp = 0
    while True:
        stamp = await play.clip(stamp) + 5 * HOUR


async def runs_back(play: Playing) -> None:
    stamp = 2**31
    while True:
        stamp = await play.clip(stamp) - 3 * CLOCK


async def stands_still(play: Playing) -> None:
    """Every picture has the same time stamp."""
    while True:
        for unit in play.mount.clip.units:
            await play.unit(unit, 0)
            await asyncio.sleep(1 / play.mount.clip.fps)


async def changes_size(play: Playing) -> None:
    stamp = 0
    larger = encoded(size=(320, 192))
    while True:
        stamp = await play.clip(stamp)
        stamp = await play.clip(stamp, larger)


async def truncates(play: Playing) -> None:
    """Every fifth picture ends in its middle."""
    clip = play.mount.clip
    units = tuple(
        replace(unit, nals=tuple(nal[: len(nal) // 2] for nal in unit.nals)) if n % 5 == 4 else unit
        for n, unit in enumerate(clip.units)
    )
    stamp = 0
    while True:
        stamp = await play.clip(stamp, replace(clip, units=units))


async def tells_the_time(play: Playing) -> None:
    stamp = 0
    while True:
        await play.clock(time.time() - 0.2, stamp)
        stamp = await play.clip(stamp)


async def tells_nonsense(play: Playing) -> None:
    """A camera whose clock was never set."""
    await play.clock(86_400.0, 0)
    await for_ever(play)


RTSP: dict[str, Mount] = {
    "/1 fps": Mount(encoded(fps=1.0, frames=2, picture=noise)),
    "/60 fps": Mount(encoded(fps=60.0, frames=30)),
    "/cropped": Mount(encoded(size=(354, 198))),
    "/h265": Mount(encoded("libx265")),
    "/large": Mount(encoded(size=(1920, 1080), frames=4, fps=4.0, picture=noise)),
    "/leaps": Mount(script=leaps),
    "/runs back": Mount(script=runs_back),
    "/stands still": Mount(script=stands_still),
    "/changes size": Mount(script=changes_size),
    "/truncates": Mount(encoded(picture=noise), script=truncates),
    "/b frames": Mount(B_FRAMES),
    "/clock": Mount(script=tells_the_time),
    "/wrong clock": Mount(script=tells_nonsense),
    "/frozen": Mount(encoded(size=(354, 198), options=(("g", "15"),), picture=still)),
    "/noise": Mount(encoded(size=(354, 198), frames=50, picture=noise)),
}
SIZES = {
    "/cropped": ("h264", 354, 198),
    "/h265": ("hevc", 160, 96),
    "/large": ("h264", 1920, 1080),
    "/jpeg": ("mjpeg", 353, 199),
}


@pytest.fixture
def hls(tmp_path: Path) -> dict[str, Mount]:
    """Three seconds in segments, as HTTP serves them."""
    with av.open(str(tmp_path / "live.m3u8"), "w", format="hls", options={"hls_time": "1"}) as out:
        stream = out.add_stream("libx264", rate=15)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": "15", "bf": "0"}
        for n in range(45):
            frame = av.VideoFrame.from_ndarray(noise(n, (160, 96)), format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return {
        f"/hls/{file.name}": Mount(script=sending(file.read_bytes())) for file in tmp_path.iterdir()
    }


async def test_difficult_cameras_are_live(
    tmp_path: Path, hls: dict[str, Mount], subtests: pytest.Subtests
) -> None:
    clip = make_clip(tmp_path / "정문 1.mp4", seconds=2.0)
    with RtspScript() as server:
        server.mounts = {name.replace(" ", "%20"): mount for name, mount in RTSP.items()} | hls
        server.mounts["/jpeg"] = Mount(encoded("mjpeg", size=(353, 199)), script=jpegs)
        async with scene(2) as wall:
            for name in RTSP:
                wall.add(name, server.url(name))
            wall.add("/jpeg", server.url("/jpeg", scheme="http"))
            wall.add("/hls", server.url("/hls/live.m3u8", scheme="http"))
            wall.add("/file", clip.as_uri())
            wall.show(*wall.cameras)
            slow = {"/1 fps", "/large"}
            await wall.until(
                lambda: all(wall.number(n) >= (3 if n in slow else 45) for n in wall.cameras)
            )
            await wall.until(lambda: wall.live(*(wall.cameras.keys() - {"/hls"})))
            for name in wall.cameras:
                with subtests.test(name):
                    _has_played(wall, name)
            await wall.until(lambda: wall.truth("/frozen").suspect)
            assert not wall.truth("/noise").suspect


def _has_played(wall: Scene, name: str) -> None:
    status = wall.status(name)
    if name in SIZES:
        assert (status.codec, status.width, status.height) == SIZES[name]
    if name == "/changes size":
        assert {s.width for s in wall.heard if s.camera == name} >= {160, 320}
    if name == "/truncates":
        return
    # A playlist has an end; nothing else had a reason to connect again or to show key frames only.
    assert status.reconnects == 0 or name == "/hls"
    assert status.frames_decoded > status.frames_received / 2
    if name == "/clock":
        assert status.latency is not None
        assert 0.2 <= status.latency < 10.0
    else:
        assert status.latency is None


async def observed(wall: Scene, name: str, count: int) -> list[float]:
    """The greys of the next pictures."""
    greys: list[float] = []
    seen = wall.number(name)

    def look() -> bool:
        nonlocal seen
        if wall.number(name) > seen:
            seen = wall.number(name)
            greys.append(wall.grey(name))
        return len(greys) == count

    await wall.until(look)
    return greys


async def test_pictures_come_in_the_order_of_showing() -> None:
    with RtspScript() as server:
        server.mounts = {"/b": Mount(B_FRAMES)}
        async with scene() as wall:
            wall.add("b", server.url("/b"))
            wall.show("b")
            await wall.until(wall.live)
            greys = await observed(wall, "b", 50)
            steps = np.diff(greys)
            # Up by one picture after the other; once a round back to the first.
            assert all(step > 2 or step < -100 for step in steps), greys
            # As warm it shows each key frame when it comes, not when the next one has come.
            wall.show("b", importance=Importance.WARM)
            await wall.until(
                lambda: (
                    (tier := wall.status("b").tier) is not None
                    and tier.mode is DecodeMode.KEYFRAMES
                )
            )
            levels = await observed(wall, "b", 3)
            assert len({round(level / 20) for level in levels}) == 3
            await wall.until(wall.live)
