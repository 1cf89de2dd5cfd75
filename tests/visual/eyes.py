"""Looks at every screen of one walk: words, places, pictures, hairlines."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from tests.fakes.hub_story import Desk, tell, there
from tests.visual.fit import name_of, problems, shown
from tests.visual.hands import nameless, out_of_reach
from tests.visual.look import Look
from tests.visual.painted import writing
from tests.visual.tongues import speak
from tests.visual.walk import Walk, centre, room
from ui.theme import Theme, ThemeName


class Eyes:
    """Keeps what is wrong on each screen, and a picture of it where there is a folder for them."""

    def __init__(self, look: Look, way: str, pictures: Path | None = None) -> None:
        self.found: list[str] = []
        self._look, self._way = look, way
        self._folder = pictures / str(look) / way if pictures is not None else None
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self.application = QApplication.instance() or _application()
        self._tongue = speak(look.tongue)
        # As in production, the look is there before the windows are.
        Theme(large=look.large).apply()

    def walk(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        hub = centre() if self._way == "centre" else room(self._way)

        async def story(desk: Desk) -> None:
            desk.site.theme.set(ThemeName.DARK, large=self._look.large)
            desk.site.theme.apply()
            walk = Walk(desk, hub, self.see)
            await (walk.all() if self._way == "centre" else walk.receiver())

        tell(lambda: there(hub), folder, story)

    async def see(self, widget: QWidget, name: str) -> None:
        with writing() as seen:
            picture = widget.grab()
        if self._folder is not None:
            picture.save(str(self._folder / f"{name}.png"))
        wrong = [*problems(widget), *seen.problems(), *_too_large(widget), *_blurred(widget)]
        wrong += nameless(widget)
        if not isinstance(widget, QMenu):
            wrong += out_of_reach(widget)
        self.found += [f"{name}: {one}" for one in wrong]


def _application() -> QApplication:
    made = QApplication([])
    made.setStyle("Fusion")
    return made


def _too_large(widget: QWidget) -> list[str]:
    room = widget.screen().availableGeometry()
    if widget.width() <= room.width() and widget.height() <= room.height():
        return []
    return [f"{widget.width()} × {widget.height()} is larger than the monitor"]


def _blurred(window: QWidget) -> list[str]:
    """Icons of which there is no drawing in the pixels of this screen."""
    ratio, found = window.devicePixelRatioF(), []
    for part in shown(window):
        if not isinstance(part, QAbstractButton) or part.icon().isNull():
            continue
        sizes = {size.width() for size in part.icon().availableSizes()}
        need = round(part.iconSize().width() * ratio)
        if sizes and need not in sizes:
            found.append(f"{name_of(part)}: its icon of {need} pixels would be scaled")
    return found
