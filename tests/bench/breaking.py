"""Things that are broken on purpose, and how long it takes until all is well again.

Everything is seen from outside: on the screen, in the process table. The same steps serve the
figures and the fault tests.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.console import connections
from tests.bench.marks import Sighting, watch
from tests.bench.processes import family, wait_until
from tests.bench.seeing import firsts, longest_waits, missed_pictures, until_all_seen
from tests.bench.trials import Watched

# Far beyond what is promised: these end a wait, they judge nothing.
ALL_LIVE_SECONDS = 60.0
GONE_SECONDS = 30.0
# Long enough for every camera to have failed several times.
_OUTAGE_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class DecoderKill:
    """`killed_tiles`: as many cameras as the process was connected to. Times in seconds.

    `recovery`: from the kill to the last of its tiles' new picture; `after_key_frame`: the same
    from the tile's next key frame on, worst tile. `others_missed`: pictures that the tiles of the
    other processes did not show meanwhile, `others_missed_before` in a time as long before it.
    """

    tiles: int
    killed_tiles: int
    recovered: bool
    recovery: float
    after_key_frame: float
    others_went_on: bool
    others_missed: int
    others_missed_before: int
    others_longest_wait: float


def kill_decoder(watched: Watched, tiles: Collection[int], fps: float, gop: float) -> DecoderKill:
    """Kill -9 of the decoder process that has the most cameras. `tiles` (indices) must be live;
    all of them have `fps` and a key frame each `gop` seconds.
    """
    watch_seconds = 4.0
    before = watch(watched.marks, watch_seconds)
    port = watched.site.opened.port or 0
    victim = max(watched.console.decoders(), key=lambda one: connections(one, port))
    lost = connections(victim, port)
    killed_at = time.monotonic()
    victim.kill()
    seen, recovered = until_all_seen(watched.marks, tiles, ALL_LIVE_SECONDS, killed_at)
    seen += watch(watched.marks, max(0.0, killed_at + watch_seconds - time.monotonic()))
    # The first new picture of a killed tile comes after those of all others.
    back = sorted(firsts(seen, killed_at).values(), key=lambda one: one.at)
    own = {one.tile for one in back[len(back) - lost :]}
    came_back = [one for one in back if one.tile in own and one.tile in tiles]
    others = [one for one in seen if one.tile in tiles and one.tile not in own]
    spared = [one for one in before if one.tile in tiles and one.tile not in own]
    return DecoderKill(
        tiles=len(tiles),
        killed_tiles=lost,
        recovered=recovered,
        recovery=max((one.at - killed_at for one in came_back), default=0.0),
        after_key_frame=max(
            (_since_key_frame(one, killed_at, gop) for one in came_back), default=0
        ),
        others_went_on=bool({one.tile for one in others}),
        others_missed=sum(missed_pictures(others, fps).values()),
        others_missed_before=sum(missed_pictures(spared, fps).values()),
        others_longest_wait=max(longest_waits(others).values(), default=0.0),
    )


def _since_key_frame(first: Sighting, killed_at: float, gop: float) -> float:
    """From the first key frame after the kill: the decoder begins with one, a whole number of
    groups later.
    """
    return first.at - (first.sent - (first.sent - killed_at) // gop * gop)


@dataclass(frozen=True, slots=True)
class ConsoleKill:
    """`gone`: seconds until no process of it was left. What is left after a while is named."""

    processes: int
    gone: float
    left: tuple[str, ...]

    @property
    def orphans(self) -> int:
        return len(self.left)


def kill_console(watched: Watched) -> ConsoleKill:
    """Kill -9 of the console itself."""
    processes = family(watched.console.pid)
    memory = _named_memory(processes)
    killed_at = time.monotonic()
    os.kill(watched.console.pid, signal.SIGKILL)
    watched.programs.started[0].wait()
    wait_until(lambda: not any(map(_alive, processes)), GONE_SECONDS, 0.005)
    gone = time.monotonic() - killed_at
    left = [f"process {one.pid}" for one in processes if _alive(one)]
    left += [str(segment) for segment in sorted(memory) if segment.exists()]
    return ConsoleKill(len(processes), gone, tuple(left))


@dataclass(frozen=True, slots=True)
class ServerReturn:
    """`recovery`: seconds from the server's return to the last tile's new picture."""

    outage: float
    recovered: bool
    recovery: float
    states_meanwhile: tuple[str, ...]


def restart_server(watched: Watched, tiles: Collection[int]) -> ServerReturn:
    """The server dies, stays away and comes back. `tiles` (indices) are those expected live."""
    watched.site.stop_server()
    stopped_at = time.monotonic()
    watch(watched.marks, _OUTAGE_SECONDS)
    states = tuple(sorted(set(watched.console.states().values())))
    watched.site.start_server()
    back_at = time.monotonic()
    seen, recovered = until_all_seen(watched.marks, tiles, ALL_LIVE_SECONDS, back_at)
    found = firsts(seen, back_at)
    last = max((found[tile].at for tile in tiles if tile in found), default=time.monotonic())
    return ServerReturn(back_at - stopped_at, recovered, last - back_at, states)


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _named_memory(processes: list[psutil.Process]) -> set[Path]:
    """The named segments that they have mapped; memory without a name dies with them."""
    found: set[Path] = set()
    for one in processes:
        with contextlib.suppress(psutil.Error):
            found.update(Path(area.path) for area in one.memory_maps() if _has_name(area.path))
    return found


def _has_name(path: str) -> bool:
    return path.startswith("/dev/shm/") and Path(path).is_file()
