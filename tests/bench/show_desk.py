"""`make show-desk`: from a report at a socket of the hub to live pictures, by real keys.

The console runs on a virtual screen; what stands on it is read from the frame buffer. The last
line of the output is one JSON object. The exit status says whether what must hold held: every
event became a card, every dragnet showed pictures, the operator's wall came back. No time decides.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np
from PySide6.QtGui import QImage

from app.adapters.store import LocalStore
from app.clock import SystemClock
from app.config import PASSWORD_VARIABLE
from app.demo.centre import free_port
from app.demo.doors import Senders
from app.demo.hub import OPERATOR, DemoHub
from app.demo.site import DemoSite, SiteOptions
from app.demo.stories import Stories
from app.domain.layout import layout_named, rects
from app.services.preferences import Preferences
from tests.architecture.sources import ROOT
from tests.bench import machine
from tests.bench.machine import out_folder
from tests.bench.processes import Programs
from tests.bench.screen import HEIGHT, WIDTH, Screen, screen

CARDS, DRAGNETS = 8, 3
_CAMERAS = 24
_RAIL, _PANEL, _STATUS = 48, 336, 28
# The queue: a head of two lines, then cards (ui/incidents/card.py).
_HEAD, _CARD = 78, 84
_LINE, _FOCUS = (0x27, 0x30, 0x3A), (0x5A, 0xA2, 0xFF)
_LONG_S = 20.0
# A picture has light and shade; a tile that waits is black.
_PICTURE = 4.0
# Keys that bring each screen, and its name in the guide.
_SCREENS = (
    ("ctrl+1", "wall"), ("ctrl+5", "map"), ("ctrl+6", "desk"), ("ctrl+3", "incidents"),
    ("ctrl+4", "acts"), ("ctrl+2", "health"), ("ctrl+comma", "settings"), ("question", "keys"),
)  # fmt: skip
_GUIDE = ROOT / "docs" / "guide"
_JPEG = 82


class Eyes:
    """Looks at the screen without asking the X server."""

    def __init__(self, seen: Screen) -> None:
        self._pixels = seen.pixels

    def cards(self) -> int:
        """Lines below cards, in the panel on the right."""
        left = WIDTH - _PANEL + 40
        strip = self._pixels[_HEAD : HEIGHT - _STATUS, left : left + 60, :3]
        near = np.abs(strip.astype(int) - np.array(_LINE[::-1])).max(axis=2) <= 2
        return int(near.all(axis=1).sum())

    def pictures(self, layout: str) -> list[bool]:
        """Whether each tile of the main window shows a picture."""
        width, height = WIDTH - _RAIL - _PANEL, HEIGHT - _STATUS
        found = []
        for rect in rects(layout_named(layout), width, height, 2):
            x, y = rect[0] + _RAIL, rect[1]
            across, down = rect[2], rect[3]
            part = self._pixels[
                y + down * 60 // 100 : y + down * 75 // 100,
                x + across // 5 : x + across * 4 // 5, :3,
            ]  # fmt: skip
            found.append(float(part.std()) > _PICTURE)
        return found

    def dragnet(self) -> bool:
        """Six pictures, the large one with the focus: the operator's own wall has four."""
        width, height = WIDTH - _RAIL - _PANEL, HEIGHT - _STATUS
        x, y, across, down = rects(layout_named("1+5"), width, height, 2)[0]
        # The rail's own line moves everything by a pixel or two.
        right = x + _RAIL + across
        edge = self._pixels[y + down // 2, right - 5 : right + 5, :3].astype(int)
        near = np.abs(edge - np.array(_FOCUS[::-1])).max(axis=1) <= 3
        return bool(near.any()) and all(self.pictures("1+5"))

    def same_rail(self, file: Path) -> bool:
        """Whether the same buttons of the rail are lit as in that picture."""
        before = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
        frame = np.frombuffer(before.constBits(), np.uint8).reshape(before.height(), -1, 4)
        across = _RAIL - 4
        return bool(np.array_equal(frame[:, :across, :3], self._pixels[:, :across, :3]))

    def save(self, file: Path) -> None:
        frame = np.ascontiguousarray(self._pixels)
        height, width = frame.shape[:2]
        image = QImage(frame.data, width, height, width * 4, QImage.Format.Format_RGB32)
        image.save(str(file))


class Hand:
    """Real X events."""

    def __init__(self, seen: Screen) -> None:
        self._environment = seen.environment
        if shutil.which("xdotool") is None:
            raise RuntimeError("xdotool is missing (Debian package xdotool)")

    def key(self, name: str) -> None:
        self._do("key", "--clearmodifiers", name)

    def click(self, x: int, y: int) -> None:
        self._do("mousemove", str(x), str(y), "click", "1")

    def point(self, x: int, y: int) -> None:
        self._do("mousemove", str(x), str(y))

    def away(self) -> None:
        """Off the queue, so that it may put itself in order."""
        self._do("mousemove", str(WIDTH // 3), str(HEIGHT // 2))

    def _do(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words], env=self._environment, check=True, stdin=subprocess.DEVNULL
        )


class Show:
    def __init__(self, seen: Screen, folder: Path, language: str, theme: str = "dark") -> None:
        self.eyes, self.hand = Eyes(seen), Hand(seen)
        self._screen, self._folder, self._language, self._theme = seen, folder, language, theme
        self._site = DemoSite(SiteOptions(count=_CAMERAS))
        self._hub = DemoHub(port=free_port())
        self._programs = Programs(folder / "console.log")
        self._senders: Senders | None = None
        self._stories: Stories | None = None
        self.faults: list[str] = []
        self.figures: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        opened = await self._site.start(lambda _share: None)
        keys = await self._hub.start()
        await self._hub.bring_in("demo.csv", opened.csv)
        self._senders = Senders(
            self._hub.address, lambda: self._hub.process.socket_port, keys, _now
        )
        self._stories = Stories(opened.cameras)
        await _prefer(self._folder / "profile", self._theme)
        self._programs.__enter__()
        self._programs.start(self._command(), self.environment(self._screen))
        return self

    async def __aexit__(self, *why: object) -> None:
        await asyncio.to_thread(self._programs.__exit__, None, None, None)
        if self._senders is not None:
            await self._senders.close()
        await self._hub.stop()
        await self._site.stop()

    def _command(self) -> list[str | Path]:
        return [
            sys.executable, ROOT / "main.py", "--hub", self._hub.address, "--hub-user", OPERATOR,
            "--layout", "4", "--lang", self._language, "--report", self._report,
            "--report-every", "1", "--profile-dir", self._folder / "profile",
        ]  # fmt: skip

    def environment(self, seen: Screen) -> dict[str, str]:
        """Of a program on that screen."""
        return {
            **seen.environment,
            # The ledger is kept in Korean time, as the centre's clocks show it.
            "TZ": "Asia/Seoul",
            PASSWORD_VARIABLE: self._hub.password,
            # A machine as it should be: with a keyring, and with something that plays sounds.
            "PYTHON_KEYRING_BACKEND": "tests.fakes.keyring.MemoryKeyring",
            "PYTHONPATH": str(ROOT),
            "PATH": os.pathsep.join((str(self._player()), os.environ["PATH"])),
        }

    def _player(self) -> Path:
        folder = self._folder / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "pw-play"
        program.write_text("#!/bin/sh\nexit 0\n")
        program.chmod(0o755)
        return folder

    @property
    def _report(self) -> Path:
        return self._folder / "report.json"

    async def until(self, what: str, condition: Callable[[], bool]) -> float | None:
        """Seconds it took; None, and a fault, where it never came."""
        begun = time.monotonic()
        while time.monotonic() - begun < _LONG_S:
            if condition():
                return time.monotonic() - begun
            await asyncio.sleep(0.005)
        self.faults.append(f"{what}: never seen")
        return None

    async def ready(self) -> None:
        await self.until("the wall of four", lambda: all(self.eyes.pictures("4")))
        # Where the screen has no window manager, only a window that was clicked hears the keys.
        self.hand.click(WIDTH // 3, HEIGHT // 2)
        await asyncio.sleep(1.0)

    async def event(self) -> float | None:
        """A new incident at its door; seconds until its card is on the screen."""
        assert self._stories is not None
        assert self._senders is not None
        before = self.eyes.cards()
        delivery = self._stories._open(_now())
        sending = time.monotonic()
        await self._senders.deliver(delivery)
        seen = await self.until("a card", lambda: self.eyes.cards() > before)
        return None if seen is None else time.monotonic() - sending

    async def tell(self) -> None:
        """Something new, without waiting for its card."""
        assert self._stories is not None
        assert self._senders is not None
        await self._senders.deliver(self._stories._open(_now()))

    async def dragnet(self, what: str) -> float | None:
        begun = time.monotonic()
        self.hand.key("d")
        seen = await self.until(f"six pictures ({what})", self.eyes.dragnet)
        return None if seen is None else time.monotonic() - begun

    def live(self) -> bool:
        """Whether every tile is live, as of the last report."""
        if not self._report.exists():
            return False
        told = json.loads(self._report.read_text(encoding="utf-8"))
        return bool(told["cameras"]) and told["tiles_live"] == len(told["cameras"])

    def shown(self) -> list[int]:
        """The numbers of the cameras on the wall, as of the last report."""
        told = json.loads(self._report.read_text(encoding="utf-8"))
        return sorted(row["number"] for row in told["cameras"])

    async def story(self, pictures: Path) -> None:
        await self.ready()
        await asyncio.sleep(1.5)
        own = self.shown()
        card = await self.event()
        cold = await self.dragnet("cold")
        self.eyes.save(pictures / "dragnet.png")
        restored = [await self._back(own)]
        cards = [card] + [await self.event() for _ in range(CARDS - 1)]
        self.hand.away()
        # Connected by now: the cameras around the first incidents are kept warm.
        await asyncio.sleep(5.0)
        warm = []
        for number in range(DRAGNETS):
            self.hand.click(WIDTH - 120, _HEAD + _CARD * number + _CARD // 2)
            self.hand.away()
            await asyncio.sleep(2.5)
            warm.append(await self.dragnet("warm"))
            restored.append(await self._back(own))
        saved = await self.screens(pictures)
        self.figures = {
            "event_to_card_p95_ms": _p95(cards),
            "key_to_six_pictures_warm_ms": _median(warm),
            "key_to_six_pictures_cold_ms": _median([cold]),
            "wall_restored": all(restored),
            "cards": len(cards) - cards.count(None),
            "screenshots": saved,
        }

    async def _back(self, own: list[int]) -> bool:
        self.hand.key("F9")
        await self.until("the wall of four again", lambda: all(self.eyes.pictures("4")))
        await asyncio.sleep(2.2)
        restored = self.shown() == own
        if not restored:
            self.faults.append(f"the wall shows {self.shown()}, not {own}")
        return restored

    async def screens(self, pictures: Path) -> int:
        """Goes through every screen by its key and keeps what is seen."""
        for key, name in _SCREENS:
            self.hand.key(key)
            if name == "desk":
                self.hand.key("d")
                await asyncio.sleep(1.5)
            await asyncio.sleep(2.0)
            self.eyes.save(pictures / f"{name}.png")
            if name == "map" and self.eyes.same_rail(pictures / "wall.png"):
                self.faults.append("the keys were not heard: every picture would be of the wall")
            if name == "keys":
                self.hand.key("Escape")
        return len(_SCREENS) + 1


async def _prefer(profile: Path, theme: str) -> None:
    """As somebody has set it in an earlier session."""
    await asyncio.to_thread(profile.mkdir, parents=True, exist_ok=True)
    store = await LocalStore.open(profile / "console.db", SystemClock())
    preferences = Preferences(store)
    await preferences.start()
    preferences.set("theme", theme)
    await preferences.stop()
    await store.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _p95(seconds: list[float | None]) -> float | None:
    known = [1000 * one for one in seconds if one is not None]
    return round(float(np.percentile(known, 95)), 1) if known else None


def _median(seconds: list[float | None]) -> float | None:
    known = [1000 * one for one in seconds if one is not None]
    return round(float(np.median(known)), 1) if known else None


def in_process(part: str, *options: str) -> dict[str, Any]:
    """The figures of another bench, run by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", part, *options],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True,
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("ko", "en"), default="ko")
    parser.add_argument(
        "--guide", action="store_true", help="also renew the pictures of docs/guide"
    )
    given = parser.parse_args()
    _say(machine.one_line())
    pictures = out_folder() / f"desk-{given.lang}"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory(prefix="gwanje-show-desk-", dir=out_folder()) as name,
        screen() as seen,
    ):
        figures, faults = asyncio.run(_run(seen, Path(name), given.lang, pictures))
    if given.guide:
        renew(pictures, given.lang, ["dragnet", *(name for _key, name in _SCREENS)])
    _say("the map and the dragnet among a hundred thousand cameras")
    drawn = in_process("map", "--no-4k", "--frames", "120")["map"]
    found = in_process("dragnet", "--rounds", "60")["dragnet_100k_ms"]
    figures |= {
        "map_pan_cpu_ms_100k": round(drawn["pan"], 1),
        "map_zoom_cpu_ms_100k": round(drawn["zoom"], 1),
        "dragnet_100k_ms": round(found["500 m"]["p50"], 2),
    }
    for fault in faults:
        _say(f"FAULT: {fault}")
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    return 1 if faults else 0


async def _run(
    seen: Screen, folder: Path, language: str, pictures: Path
) -> tuple[dict[str, Any], list[str]]:
    async with Show(seen, folder, language) as show:
        await show.story(pictures)
    return show.figures, show.faults


def renew(pictures: Path, language: str, names: Sequence[str]) -> None:
    """The guide's pictures of these names, out of a folder of screens."""
    folder = _GUIDE / language
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        picture = QImage(str(pictures / f"{name}.png"))
        picture.save(str(folder / f"{name}.jpg"), quality=_JPEG)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
