"""`make show-wall`: the wall on the real thing, from start to kill -9, within three minutes.

The last line of the output is one JSON object. The exit status says whether what must hold held:
the right tiles live, each other one in its expected state, everything back after each fault,
nothing left behind. No time and no share decides it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from app.demo.mounts import Style
from app.demo.site import SiteOptions
from tests.architecture.sources import ROOT
from tests.bench import breaking, machine
from tests.bench.contestants import Contestant, Decode, Gwanje, Trial
from tests.bench.marks import watch
from tests.bench.measuring import Run, run
from tests.bench.processes import wait_until
from tests.bench.screen import HEIGHT, WIDTH, Screen, screen
from tests.bench.seeing import until_all_seen
from tests.bench.site import Served, served
from tests.bench.trials import Watched, site_of, watched

TILES = 36
_WINDOW_SECONDS = 10.0
_FPS, _GOP = 15, 1.0
_STATES_SECONDS = 60.0
# Longer than any of them waits between two pictures while it is live.
_SEEN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The yardstick and the console on the same streams, none of them difficult."""

    decode: Run
    console: Run
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A console on a site with difficult cameras; states by camera number."""

    expected: dict[int, str]
    states: dict[int, str]
    decoder: breaking.DecoderKill
    server: breaking.ServerReturn
    end: breaking.ConsoleKill

    @property
    def expected_live(self) -> int:
        return list(self.expected.values()).count("live")

    @property
    def live(self) -> int:
        return list(self.states.values()).count("live")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--screenshot", type=Path, default=ROOT / "out" / "show-wall.png")
    target: Path = parser.parse_args().screenshot
    _say(machine.one_line())
    pace = _pace()
    story = _story(target)
    faults = _faults(pace, story)
    for fault in faults:
        _say(f"FAULT: {fault}")
    print(json.dumps(_figures(pace, story, target), ensure_ascii=False), flush=True)
    return 1 if faults else 0


def _pace() -> Pace:
    with tempfile.TemporaryDirectory(prefix="gwanje-show-") as name:
        folder = Path(name)
        with served(SiteOptions(count=TILES, style=Style.PLAIN), folder) as site:
            _say(f"decoding alone: {TILES} streams, ffmpeg, pictures thrown away")
            decode, _ = _one(Decode(), site, folder)
            _say(f"  {decode.ms_per_shown:.3f} ms of CPU a picture")
            _say(f"the console: {TILES} tiles on {WIDTH}×{HEIGHT}")
            console, report = _one(Gwanje(), site, folder)
            _say(f"  {console.ms_per_shown:.3f} ms of CPU a picture on the screen")
    return Pace(decode, console, report)


def _one(contestant: Contestant, site: Served, folder: Path) -> tuple[Run, dict[str, Any]]:
    with screen() as shown, tempfile.TemporaryDirectory(dir=folder) as name:
        done = run(contestant, Trial(site, shown, Path(name), TILES), _WINDOW_SECONDS)
        report = Path(name) / "report.json"
        return done, json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}


def _story(target: Path) -> Story:
    with site_of(TILES, Style.FULL) as site, watched(site, TILES) as run:
        _say(f"{TILES} cameras, some of them difficult")
        expected = _expected(site)
        wait_until(lambda: run.console.states() == expected, _STATES_SECONDS, 0.2)
        states = run.console.states()
        _say(f"  {list(states.values()).count('live')} tiles live")
        _save(run.screen, target)
        moving = _moving(run)
        _say("a decoder process is killed")
        decoder = breaking.kill_decoder(run, moving, _FPS, _GOP)
        _say(f"  all of its {decoder.killed_tiles} cameras back after {decoder.recovery:.2f} s")
        _say("the RTSP server dies and comes back")
        server = breaking.restart_server(run, moving)
        _say(f"  all tiles back after {server.recovery:.2f} s")
        _say("the console is killed")
        end = breaking.kill_console(run)
        _say(f"  no process left after {end.gone:.2f} s")
    return Story(expected, states, decoder, server, end)


def _expected(site: Served) -> dict[int, str]:
    by_id = {camera.id: camera.number for camera in site.opened.cameras}
    return {by_id[one.camera]: one.state.value for one in site.opened.expectations}


def _moving(run: Watched) -> set[int]:
    """Tiles whose pictures are seen to change; a frozen encoder's tell no time."""
    until_all_seen(run.marks, np.flatnonzero(run.marks.found).tolist(), _SEEN_SECONDS)
    return {one.tile for one in watch(run.marks, _SEEN_SECONDS)}


def _save(shown: Screen, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.ascontiguousarray(shown.pixels)
    image = QImage(pixels.data, WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    if not image.save(str(target)):
        raise OSError(f"cannot write {target}")


def _figures(pace: Pace, story: Story, target: Path) -> dict[str, Any]:
    console, report = pace.console, pace.report
    return {
        "tiles": TILES,
        "tiles_expected_live": story.expected_live,
        "tiles_live": story.live,
        "shown_ratio": round((console.painted or 0.0) / (console.decoded or 1.0), 4),
        "cpu_ratio_to_decode": round(console.ms_per_shown / pace.decode.ms_per_shown, 3),
        "age_p95_ms": report["age_ms"]["p95"],
        "latency_p95_ms": round(float(np.percentile(console.delays_ms, 95)), 1),
        "open_max_ms": report["open_ms"]["max"],
        "ui_block_p99_ms": report["ui_block_ms"]["p99"],
        "decoder_kill_recovery_ms": round(story.decoder.recovery * 1000),
        "server_return_recovery_ms": round(story.server.recovery * 1000),
        "orphans": story.end.orphans,
        "screenshot": str(target),
    }


def _faults(pace: Pace, story: Story) -> list[str]:
    found = [
        f"camera {number}: {story.states.get(number)}, expected {state}"
        for number, state in story.expected.items()
        if story.states.get(number) != state
    ]
    if not story.decoder.recovered:
        found.append("not all tiles came back after a decoder process was killed")
    if not story.server.recovered:
        found.append("not all tiles came back with the server")
    found += [f"the killed console left {what}" for what in story.end.left]
    for one in (pace.decode, pace.console):
        found += [f"{one.contestant} left {what}" for what in one.leftover]
        if not one.shown:
            found.append(f"{one.contestant}: no picture counted")
    return found


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
