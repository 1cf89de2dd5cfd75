"""A decoder that dies takes only its own pictures along, and only for a moment; the console's
death takes everything.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker, spawn
from pathlib import Path

import psutil
import pytest

from app.domain.stream import Fault, Phase
from app.domain.tile import TileState
from tests.fakes.rtsp_script import Mount, RtspScript
from tests.fakes.waiting import until
from tests.integration.video.scene import Scene, scene

pytestmark = [
    pytest.mark.timeout(90),
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]
NAMES = ["/0", "/1", "/2", "/3"]


def pids(wall: Scene) -> list[int]:
    return [link.pid for link in wall.engine._links]


def served_by(wall: Scene, pid: int) -> set[str]:
    return {name for name, stream in wall.engine._streams.items() if stream.link.pid == pid}


class Witness:
    """Looks on from the moment at which the first of two decoders is hit."""

    def __init__(self, wall: Scene) -> None:
        self.wall = wall
        self.victim, self.survivor = pids(wall)
        self.hit, self.spared = served_by(wall, self.victim), served_by(wall, self.survivor)
        self.numbers = {name: [wall.number(name)] for name in NAMES}
        wall.heard.clear()

    def look(self, condition: bool) -> bool:
        for name, seen in self.numbers.items():
            seen.append(self.wall.number(name))
        return condition

    async def all_live_again(self) -> None:
        wall = self.wall
        await wall.until(
            lambda: self.look(all(wall.status(n).reconnects for n in self.hit) and wall.live())
        )
        before = {name: wall.number(name) for name in NAMES}
        await wall.until(lambda: self.look(all(wall.number(n) > before[n] + 5 for n in NAMES)))
        assert all(seen == sorted(seen) for seen in self.numbers.values()), "numbers only grow"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV])
async def test_a_decoder_that_dies_or_hangs_is_replaced(how: signal.Signals) -> None:
    with RtspScript() as server:
        server.mounts = {name: Mount() for name in NAMES}
        async with scene(2) as wall:
            for name in NAMES:
                wall.add(name, server.url(name))
            wall.show(*NAMES)
            await wall.until(wall.live)
            witness = Witness(wall)
            assert len(witness.hit) == len(witness.spared) == 2
            os.kill(witness.victim, how)
            await witness.all_live_again()
            assert not psutil.pid_exists(witness.victim)
            assert witness.survivor in pids(wall)
            assert wall.engine.load().decoder_restarts == len(wall.notices) == 1
            faults = {s.fault for s in wall.heard if s.camera in witness.hit}
            assert faults == {None, Fault.DECODER_DIED}
            # The others never noticed: nothing was left out, nothing was connected again.
            # A healthy stream speaks up once a second only, and the others were back before that.
            await wall.until(lambda: witness.spared <= {s.camera for s in wall.heard})
            phases = {s.phase for s in wall.heard if s.camera in witness.spared}
            assert phases == {Phase.PLAYING}
            for name in witness.spared:
                status = wall.status(name)
                assert status.frames_decoded >= status.frames_received - 1
                assert server.asked("PLAY", name) == 1


@contextmanager
def no_python() -> Iterator[None]:
    """No decoder can be started: the program that would run it ends at once."""
    resource_tracker.ensure_running()  # it would be started in the same way
    python = spawn.get_executable()
    multiprocessing.set_executable("/bin/false")
    try:
        yield
    finally:
        multiprocessing.set_executable(python)


async def test_a_decoder_that_cannot_be_started_is_tried_again_with_patience() -> None:
    with RtspScript() as server:
        server.mounts = {"/0": Mount()}
        with no_python():
            async with scene() as wall:
                wall.add("/0", server.url("/0"))
                wall.show("/0")
                await wall.until(lambda: wall.engine.load().decoder_restarts >= 3)
                assert wall.status("/0").fault is Fault.DECODER_DIED
                assert wall.state("/0") is TileState.CONNECTING
                assert [notice.text.en for notice in wall.notices] == [
                    "A video decoder cannot be started. It is being tried again and again."
                ]
                multiprocessing.set_executable(sys.executable)
                await wall.until(wall.live)


async def test_an_engine_stops_while_its_decoders_cannot_be_started() -> None:
    with no_python():
        async with scene(2) as wall:
            wall.add("x", "rtsp://127.0.0.1:1/x")
            wall.show("x")
            await wall.until(lambda: wall.engine.load().decoder_restarts >= 2)


async def test_an_engine_stops_although_a_decoder_hangs() -> None:
    with RtspScript() as server:
        server.mounts = {name: Mount() for name in NAMES}
        async with scene(2) as wall:
            for name in NAMES:
                wall.add(name, server.url(name))
            wall.show(*NAMES)
            await wall.until(wall.live)
            hanging = pids(wall)[0]
            os.kill(hanging, signal.SIGSTOP)
        assert not psutil.pid_exists(hanging)


def picture_memory(pid: int) -> set[str]:
    """Inodes of the shared memory that a process has mapped."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return {line.split()[4] for line in lines if "memfd:gwanje" in line}


def held(inodes: set[str]) -> set[str]:
    """Which of these some process of this machine still has."""
    found: set[str] = set()
    for process in psutil.process_iter():
        try:
            found |= picture_memory(process.pid) & inodes
        except OSError:
            continue
    return found


async def test_the_death_of_the_console_leaves_nothing_behind(root: Path) -> None:
    with RtspScript() as server:
        server.mounts = {name: Mount() for name in NAMES}
        console = subprocess.Popen(  # noqa: ASYNC220 - to be started is all it is asked
            [sys.executable, "-m", "tests.integration.video.console", *map(server.url, NAMES)],
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
        )
        with console:
            assert console.stdout is not None
            assert console.stdout.readline() == "live\n"
            family = psutil.Process(console.pid).children(recursive=True)
            memory = picture_memory(console.pid)
            assert len(family) >= 2
            assert held(memory) == memory
            assert len(memory) == len(NAMES)
            console.kill()
            await until(lambda: not any(process.is_running() for process in family))
            await until(lambda: not held(memory))
            await until(lambda: server.open == 0)
