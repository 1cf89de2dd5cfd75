"""The console as a process that does to its wall what it is told, and says what is there.

    python -m tests.fakes.crash_program DO TOLD options of main.py …

DO: `change` (put up a wall of its own, a second window), `look`, `bring-back`, `abort` (as soon as
it is usable). TOLD: the file that then says in JSON what the windows show and what was noticed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

from app.config import parse
from app.console import Console
from app.domain import wall as rule
from app.domain.layout import layout_named
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW
from app.tasks import spawn
from tests.fakes.waiting import until
from ui import session
from ui.application import run
from ui.shell.screens import Screens


def state(console: Console, screens: Screens) -> dict[str, object]:
    walls = console.walls
    return {
        "windows": {name: asdict(walls.wall(name)) for name in walls.windows()},
        "open": sorted(screens.windows.open),
        "kiosk": bool(screens.main.windowFlags() & screens.main.windowFlags().FramelessWindowHint),
        "safe": console.config.safe,
        "map": console.boundaries is not None,
        "notices": [notice.words() for notice in screens.main.notices._notices.open],
    }


async def change(console: Console) -> None:
    walls, cameras = console.walls, sorted(one.id for one in console.catalog.cameras)
    second = walls.open_window()
    for window, layout, shown in (
        (MAIN_WINDOW, "1+5", cameras[2:5]), (second, "4", cameras[:1]),
    ):  # fmt: skip
        fresh = rule.with_layout(rule.cleared(walls.wall(window)), layout_named(layout))
        walls.apply(window, rule.fill(fresh, shown), Text("시험", "test"))
    # Not flushed: this is what the wall does by itself.
    await until(lambda: not walls._keeper.due)
    await until(lambda: not walls._keeper._turn.locked())


async def look(_console: Console) -> None:
    """As it is."""


async def bring_back(console: Console) -> None:
    assert console.care is not None
    await console.care.bring_back()


async def abort(_console: Console) -> None:
    os.abort()


DOING: dict[str, Callable[[Console], Awaitable[None]]] = {
    "change": change, "look": look, "bring-back": bring_back, "abort": abort,
}  # fmt: skip


def main(what: str, told: Path, options: list[str]) -> int:
    opening = session.Session._open

    def open_and_do(self: session.Session, console: Console) -> Screens:
        screens = opening(self, console)

        async def do() -> None:
            await until(lambda: console.listed is not None)
            await DOING[what](console)
            await asyncio.sleep(0.2)
            part = told.with_suffix(".part")
            part.write_text(json.dumps(state(console, screens)), encoding="utf-8")
            part.replace(told)

        _task = spawn(do(), "crash program")
        return screens

    setattr(session.Session, "_open", open_and_do)  # noqa: B010 - a method of another class
    return run(parse(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
