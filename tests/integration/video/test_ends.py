"""Streams that end: by the camera, by the network, by us."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.stream import Fault, Phase
from app.domain.tile import TileState
from tests.fakes.rtsp_script import Mount, Playing, RtspScript, for_ever
from tests.fakes.waiting import until
from tests.integration.video.scene import QUICK, Scene, scene

pytestmark = pytest.mark.timeout(90)

# Long enough for a picture to become frozen before the connection is given up.
PATIENT = replace(QUICK, read_timeout=4.5)


async def once_then_silence(play: Playing) -> None:
    """The first time a second of pictures, then nothing more; the second time all is well."""
    if play.mount.played > 1:
        await for_ever(play)
    await play.clip()


async def once_then_gone(play: Playing) -> None:
    await once_then_silence(play)
    play.hang_up()


async def mute(play: Playing) -> None:
    await asyncio.Event().wait()


async def test_a_stream_that_stops_is_late_then_frozen_then_made_again() -> None:
    with RtspScript() as server:
        server.mounts = {
            "/silent": Mount(script=once_then_silence, alive=2, answers={"GET_PARAMETER": 454}),
            "/gone": Mount(script=once_then_gone),
            "/well": Mount(alive=2),
        }
        async with scene(options=PATIENT) as wall:
            seen: list[TileState] = []

            def again() -> bool:
                if not seen or seen[-1] is not wall.state("/silent"):
                    seen.append(wall.state("/silent"))
                connected_again = {n for n in wall.cameras if wall.status(n).reconnects}
                return connected_again == {"/silent", "/gone"} and wall.live()

            for name in server.mounts:
                wall.add(name, server.url(name))
            wall.show(*wall.cameras)
            await wall.until(again)
            story = seen[: seen.index(TileState.UNREACHABLE) + 1]
            # The picture that FFmpeg still had when it gave up is not shown as a new one.
            assert story[-4:] == [
                TileState.LIVE,
                TileState.LATE,
                TileState.FROZEN,
                TileState.UNREACHABLE,
            ], story
            assert TileState.LIVE not in story[:-4]
            assert server.asked("TEARDOWN", "/silent") == 1, "goodbye is said to it too"
            reasons = {(s.camera, s.fault) for s in wall.heard if s.phase is Phase.WAITING}
            assert reasons == {("/silent", Fault.TIMED_OUT), ("/gone", Fault.ENDED)}
            assert wall.status("/well").reconnects == 0
            assert server.asked("GET_PARAMETER", "/well"), "a session is kept alive"


async def test_all_cameras_are_back_after_their_server() -> None:
    names = [f"/{n}" for n in range(8)]
    with RtspScript() as server:
        server.mounts = {name: Mount() for name in names}
        async with scene(2) as wall:
            for name in names:
                wall.add(name, server.url(name))
            wall.show(*names)
            await wall.until(wall.live)
            server.stop()
            await wall.until(lambda: all(wall.status(n).fault is Fault.REFUSED for n in names))
            assert {wall.state(name) for name in names} == {TileState.UNREACHABLE}
            numbers = {name: wall.number(name) for name in names}
            server.start()
            await wall.until(wall.live)
            assert all(wall.number(name) > numbers[name] for name in names)
            assert {wall.status(name).reconnects for name in names} == {1}


async def _said(condition: Callable[[], bool]) -> bool:
    try:
        await until(condition, 4.0)
    except TimeoutError:
        return False
    return True


# FFmpeg closes its socket right after the TEARDOWN; where pictures of the server were still on
# their way, the kernel answers with a reset that takes the TEARDOWN with it. So we may try again.
_TRIES = 4


async def test_goodbye_is_said_to_a_camera_that_is_closed() -> None:
    with RtspScript() as server:
        server.mounts = {"/closed": Mount(), "/stays": Mount()}
        async with scene() as wall:
            for name in server.mounts:
                wall.add(name, server.url(name))
            for _ in range(_TRIES):
                wall.show(*wall.cameras)
                await wall.until(wall.live)
                wall.hide("/closed")
                if await _said(lambda: server.asked("TEARDOWN", "/closed") > 0):
                    break
            assert server.asked("TEARDOWN", "/closed") > 0
            assert wall.state("/closed") is TileState.OFF
            assert wall.truth("/closed").age is None
            assert server.asked("TEARDOWN", "/stays") == 0


async def test_goodbye_is_said_whenever_we_leave() -> None:
    with RtspScript() as server:
        server.mounts = {"/stopped": Mount()}
        for _ in range(_TRIES):
            async with scene() as wall:
                wall.add("/stopped", server.url("/stopped"))
                wall.show(*wall.cameras)
                await wall.until(wall.live)
            if server.asked("TEARDOWN", "/stopped"):
                break
        assert server.asked("TEARDOWN", "/stopped") == 1


def memories(wall: Scene) -> int:
    """Pieces of picture memory that the decoder holds."""
    (pid,) = [link.pid for link in wall.engine._links]
    maps = Path(f"/proc/{pid}/maps").read_text()
    return len({line.split()[4] for line in maps.splitlines() if "memfd:gwanje" in line})


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks into /proc")
async def test_a_camera_that_hangs_keeps_no_memory_after_it_was_closed() -> None:
    with RtspScript() as server:
        server.mounts = {
            "/well": Mount(),
            "/opening": Mount(answers={"DESCRIBE": 0}),
            "/mute": Mount(script=mute),
        }
        async with scene() as wall:
            for name in server.mounts:
                wall.add(name, server.url(name))
            wall.show(*wall.cameras)
            await wall.until(lambda: wall.live("/well") and server.mounts["/mute"].played > 0)
            assert memories(wall) == 3
            wall.hide("/opening", "/mute")
            await wall.until(lambda: memories(wall) == 1)
            wall.hide("/well")
            await wall.until(lambda: memories(wall) == 0)
