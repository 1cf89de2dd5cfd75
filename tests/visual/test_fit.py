"""No word is cut and nothing lies over anything, on any screen, in any language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.hub import ModelHub
from tests.fakes.hub_story import Desk, tell, there
from tests.visual.fit import problems
from tests.visual.painted import writing
from tests.visual.tongues import Tongue, spoken
from tests.visual.walk import Walk, centre, room
from ui.theme import ThemeName

pytestmark = pytest.mark.visual

MONITOR, SCALED = (1920, 1080), (1280, 720)


@dataclass(frozen=True)
class Look:
    """`size`: of the window, in logical pixels (1280 × 720 is 4K at 300 %, Full HD at 150 %)."""

    tongue: Tongue
    large: bool = False
    size: tuple[int, int] = MONITOR

    def __str__(self) -> str:
        large = "-large" if self.large else ""
        return f"{self.tongue}{large}-{self.size[0]}"


LOOKS = (
    Look(Tongue.KO), Look(Tongue.EN), Look(Tongue.STRETCHED), Look(Tongue.KO, large=True),
    Look(Tongue.EN, large=True), Look(Tongue.KO, size=SCALED), Look(Tongue.EN, size=SCALED),
)  # fmt: skip


class Eyes:
    """Keeps a picture of every screen, and what is wrong on it."""

    def __init__(self, look: Look, folder: Path) -> None:
        self.look, self.found = look, list[str]()
        self._folder = folder / str(look)
        self._folder.mkdir(parents=True, exist_ok=True)

    async def __call__(self, widget: QWidget, name: str) -> None:
        with writing() as seen:
            picture = widget.grab()
        picture.save(str(self._folder / f"{name}.png"))
        wrong = [*problems(widget), *seen.problems()]
        width, height = self.look.size
        if widget.width() > width or widget.height() > height:
            wrong.append(f"{widget.width()} × {widget.height()} is larger than the monitor")
        self.found += [f"{name}: {one}" for one in wrong]


def walked(
    hub: ModelHub, look: Look, eyes: Eyes, folder: Path, way: Callable[[Walk], Awaitable[None]]
) -> None:
    async def story(desk: Desk) -> None:
        # The sheet is there, whatever the theme was before.
        desk.site.theme.set(ThemeName.DARK, large=look.large)
        desk.site.theme.apply()
        desk.screens.main.resize(*look.size)
        await way(Walk(desk, hub, eyes))
        desk.site.theme.set(ThemeName.DARK)

    tell(lambda: there(hub), folder, story)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_of_a_centre(
    qtbot: QtBot, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    eyes = Eyes(look, root / "out" / "visual" / "fit")
    with spoken(look.tongue, monkeypatch):
        walked(centre(), look, eyes, tmp_path, Walk.all)
    assert not eyes.found, "\n".join(eyes.found)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("kind", ["police", "patrol"])
def test_every_screen_of_a_receiver(
    qtbot: QtBot,
    tmp_path: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    look: Look,
    kind: str,
) -> None:
    eyes = Eyes(look, root / "out" / "visual" / "fit" / kind)
    with spoken(look.tongue, monkeypatch):
        walked(room(kind), look, eyes, tmp_path, Walk.receiver)
    assert not eyes.found, "\n".join(eyes.found)
