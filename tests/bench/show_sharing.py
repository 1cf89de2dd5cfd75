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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from app.demo.hub import STATION, SUPERVISOR
from tests.architecture.sources import ROOT
from tests.bench import machine, sharing
from tests.bench.machine import out_folder
from tests.bench.processes import Programs
from tests.bench.screen import HEIGHT, WIDTH, Screen, screen
from tests.bench.show_desk import Eyes, Hand, Show, renew

ROUNDS, WIDE_SECONDS = 4, 8.0
# The wall of a station: right of its map, left of its list.
_LEFT, _RIGHT, _FOOT = 0.34, 0.80, 60
_DARK, _SHARE = 60, 0.15
_GUIDE = ("station", "ledger")


class Second:
    """A second console, of another person, on a screen of its own."""

    def __init__(self, show: Show, seen: Screen, folder: Path, language: str, person: str) -> None:
        self._show, self._seen, self._folder = show, seen, folder / person
        self._language, self._person = language, person
        self.eyes, self.hand = Eyes(seen), Hand(seen)
        self._programs = Programs(folder / f"{person}.log")

    async def __aenter__(self) -> Self:
        hub = self._show._hub
        self._programs.__enter__()
        self._programs.start(
            [
                sys.executable, ROOT / "main.py", "--hub", hub.address, "--hub-user", self._person,
                "--lang", self._language, "--profile-dir", self._folder,
            ],
            self._show.environment(self._seen),
        )  # fmt: skip
        return self

    async def __aexit__(self, *_error: object) -> None:
        await asyncio.to_thread(self._programs.__exit__, None, None, None)

    def stands(self) -> bool:
        """Whether its window is there at all."""
        return bool(self._seen.pixels[:, :, :3].any())

    def light(self) -> bool:
        """Whether a picture stands on its wall."""
        wall = self._seen.pixels[
            40 : HEIGHT - _FOOT, int(WIDTH * _LEFT) : int(WIDTH * _RIGHT), :3
        ]  # fmt: skip
        # Words on a dark wall are a hundredth of it.
        return float((np.asarray(wall).max(axis=2) > _DARK).mean()) > _SHARE


@dataclass(frozen=True)
class Stage:
    """Two screens, and where what is seen on them is kept."""

    operator: Screen
    room: Screen
    folder: Path
    language: str
    pictures: Path
    guide: bool


async def story(stage: Stage) -> tuple[dict[str, Any], list[str]]:
    async with Show(stage.operator, stage.folder, stage.language) as show:
        async with Second(show, stage.room, stage.folder, stage.language, STATION) as station:
            seen = await _shared(stage, show, station)
            dark = await _released(stage, show, station)
        if stage.guide:
            await _ledger(stage, show)
        return {"station_saw": seen is not None, "station_dark": dark is not None}, show.faults


async def _shared(stage: Stage, show: Show, station: Second) -> float | None:
    await show.ready()
    await show.event()
    await show.dragnet("cold")
    # One key for what the desk proposes.
    show.hand.key("g")
    seen = await show.until("the station's pictures", station.light)
    await asyncio.sleep(3.0)
    show.hand.key("ctrl+6")
    await asyncio.sleep(1.5)
    show.eyes.save(stage.pictures / "operator.png")
    station.eyes.save(stage.pictures / "station.png")
    return seen


async def _released(stage: Stage, show: Show, station: Second) -> float | None:
    show.hand.key("e")
    await asyncio.sleep(1.0)
    # Without a window manager the keyboard belongs to what is under the pointer.
    show.hand.point(WIDTH // 2, HEIGHT // 2)
    await asyncio.sleep(0.3)
    show.eyes.save(stage.pictures / "release.png")
    show.hand.key("Return")
    dark = await show.until("the station in the dark", lambda: not station.light())
    await asyncio.sleep(1.5)
    station.eyes.save(stage.pictures / "station-dark.png")
    return dark


async def _ledger(stage: Stage, show: Show) -> None:
    """What a supervisor reads of it afterwards."""
    async with Second(show, stage.room, stage.folder, stage.language, SUPERVISOR) as lead:
        await show.until("the supervisor's wall", lead.stands)
        await asyncio.sleep(9.0)
        lead.hand.click(WIDTH // 3, HEIGHT // 2)
        lead.hand.key("ctrl+7")
        await asyncio.sleep(4.0)
        lead.eyes.save(stage.pictures / "ledger.png")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("ko", "en"), default="ko")
    parser.add_argument(
        "--guide", action="store_true", help="also renew the pictures of docs/guide, and end there"
    )
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
        stage = Stage(operator, room, Path(name), given.lang, pictures, given.guide)
        seen, faults = asyncio.run(story(stage))
    if given.guide:
        renew(pictures, given.lang, _GUIDE)
        return _ended(seen, faults)
    told, more = asyncio.run(sharing.figures(ROUNDS, WIDE_SECONDS))
    faults += more
    return _ended({**told, **seen}, faults)


def _ended(told: dict[str, Any], faults: list[str]) -> int:
    for fault in faults:
        print(f"FAULT: {fault}", file=sys.stderr, flush=True)
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
