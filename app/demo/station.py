"""A second console beside the demo's own: a police station that sees what is shared with it."""

from __future__ import annotations

import multiprocessing.spawn
import os
from pathlib import Path

from app.config import PASSWORD_VARIABLE
from app.demo.children import Child
from app.demo.hub import STATION
from app.domain.text import Language
from app.tasks import SerialQueue

LOG_NAME = "station.log"
_ROOT = Path(__file__).parents[2]
_STOP_SECONDS = 5.0


def command(address: str, profile: Path, language: Language | None) -> list[str]:
    """Of the program itself, as a station would start it."""
    # Under a launcher of our own, sys.executable would start the console again.
    python = os.fsdecode(multiprocessing.spawn.get_executable())
    said = [] if language is None else ["--lang", str(language)]
    return [
        python, str(_ROOT / "main.py"), "--hub", address, "--hub-user", STATION,
        "--profile-dir", str(profile), "--until-input-ends", *said,
    ]  # fmt: skip


class Station:
    """`start` when the hub is there; in the end `stop`, harmless twice."""

    def __init__(self, folder: Path, password: str, language: Language | None) -> None:
        self._folder, self._password, self._language = folder, password, language
        self._queue = SerialQueue("demo station")
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid

    async def start(self, address: str) -> None:
        self._child = await self._queue.run(self._start, address)

    async def stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await self._queue.run(child.end)
        await self._queue.close(_STOP_SECONDS)

    def _start(self, address: str) -> Child:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        environment = {**os.environ, PASSWORD_VARIABLE: self._password}
        asked = command(address, self._folder / "station", self._language)
        return Child(asked, self._folder / LOG_NAME, environment)
