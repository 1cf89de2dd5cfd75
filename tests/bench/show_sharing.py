"""`make show-sharing`: an operator shares, a police station sees it, the incident ends, it is dark.

Two consoles on two virtual screens, by real keys; then rounds with six rooms at once on real
streams of the relay, and the ledger given to the verifier, whole and falsified. The last line is
one JSON object. The exit status says whether what must hold held; no time decides.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from app.config import PASSWORD_VARIABLE
from app.demo.hub import STATION
from tests.architecture.sources import ROOT
from tests.bench import machine, sharing
from tests.bench.machine import out_folder
from tests.bench.processes import Programs
from tests.bench.screen import HEIGHT, WIDTH, Screen, screen
from tests.bench.show_desk import Eyes, Show

ROUNDS, WIDE_SECONDS = 4, 8.0
# The wall of a station: right of its map, left of its list.
_LEFT, _RIGHT, _FOOT = 0.34, 0.80, 60
_DARK, _SHARE = 60, 0.15


class Station:
    """A second console, on a screen of its own."""

    def __init__(self, show: Show, seen: Screen, folder: Path, language: str) -> None:
        self._show, self._seen, self._folder, self._language = show, seen, folder, language
        self.eyes = Eyes(seen)
        self._programs = Programs(folder / "station.log")

    def start(self) -> None:
        hub = self._show._hub
        environment = {
            **self._show._environment(), **self._seen.environment, PASSWORD_VARIABLE: hub.password,
        }  # fmt: skip
        self._programs.__enter__()
        self._programs.start(
            [
                sys.executable, ROOT / "main.py", "--hub", hub.address, "--hub-user", STATION,
                "--lang", self._language, "--profile-dir", self._folder / "station",
            ],
            environment,
        )  # fmt: skip

    def stop(self) -> None:
        self._programs.__exit__(None, None, None)

    def light(self) -> bool:
        """Whether a picture stands on its wall."""
        wall = self._seen.pixels[
            40 : HEIGHT - _FOOT, int(WIDTH * _LEFT) : int(WIDTH * _RIGHT), :3
        ]  # fmt: skip
        # Words on a dark wall are a hundredth of it.
        return float((np.asarray(wall).max(axis=2) > _DARK).mean()) > _SHARE


async def story(
    operator: Screen, room: Screen, folder: Path, language: str, pictures: Path
) -> tuple[dict[str, Any], list[str]]:
    async with Show(operator, folder, language) as show:
        station = Station(show, room, folder, language)
        station.start()
        try:
            await show.ready()
            await show.event()
            await show.dragnet("cold")
            # One key for what the desk proposes.
            show.hand.key("g")
            seen = await show.until("the station's pictures", station.light)
            await asyncio.sleep(3.0)
            show.hand.key("ctrl+6")
            await asyncio.sleep(1.5)
            show.eyes.save(pictures / "operator.png")
            station.eyes.save(pictures / "station.png")
            show.hand.key("e")
            await asyncio.sleep(1.0)
            # Without a window manager the keyboard belongs to what is under the pointer.
            show.hand.point(WIDTH // 2, HEIGHT // 2)
            await asyncio.sleep(0.3)
            show.eyes.save(pictures / "release.png")
            show.hand.key("Return")
            dark = await show.until("the station in the dark", lambda: not station.light())
            await asyncio.sleep(1.5)
            station.eyes.save(pictures / "station-dark.png")
        finally:
            await asyncio.to_thread(station.stop)
        return {"station_saw": seen is not None, "station_dark": dark is not None}, show.faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("ko", "en"), default="ko")
    given = parser.parse_args()
    print(machine.one_line(), file=sys.stderr, flush=True)
    pictures = out_folder() / f"sharing-{given.lang}"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory(prefix="gwanje-show-sharing-", dir=out_folder()) as name,
        screen() as operator,
        screen() as room,
    ):
        seen, faults = asyncio.run(story(operator, room, Path(name), given.lang, pictures))
    told, more = asyncio.run(sharing.figures(ROUNDS, WIDE_SECONDS))
    faults += more
    told = {**told, **seen}
    for fault in faults:
        print(f"FAULT: {fault}", file=sys.stderr, flush=True)
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
