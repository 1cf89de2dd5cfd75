"""Looks at every screen of one walk: words, places, pictures, hairlines."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TypeGuard

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget

from tests.fakes.hub_story import Desk, tell, there
from tests.visual.contrast import faint
from tests.visual.fit import name_of, problems, shown, words_of, words_within
from tests.visual.hands import deaf, nameless, out_of_reach, unlit
from tests.visual.look import Look
from tests.visual.painted import Seen, writing
from tests.visual.tongues import speak, untold
from tests.visual.walk import Walk, centre, room
from ui.shell.status_line import StatusLine
from ui.theme import Theme


class Eyes:
    """Keeps what is wrong on each screen, and a picture of it where there is a folder for them."""

    def __init__(self, look: Look, way: str, pictures: Path | None = None) -> None:
        self.found: list[str] = []
        self.sizes: dict[str, int] = {}
        self._look, self._way = look, way
        self._folder = pictures / str(look) / way if pictures is not None else None
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self.application = QApplication.instance() or _application()
        self._tongue = speak(look.tongue)
        # As in production, the look is there before the windows are.
        Theme(look.theme, large=look.large).apply()

    def walk(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        hub = centre() if self._way == "centre" else room(self._way)

        async def story(desk: Desk) -> None:
            desk.site.theme.set(self._look.theme, large=self._look.large)
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
        if name == "queue":
            wrong += _soft_lines(widget, picture, Theme(self._look.theme))
        if self._look.colours:
            wrong += faint(widget, picture, seen.pages)
        if self._look.plain:
            wrong += nameless(widget)
        if self._look.plain and not isinstance(widget, QMenu):
            wrong += [*unlit(widget), *out_of_reach(widget), *deaf(widget)]
        parts = shown(widget)
        said = {*seen.words(), *map(words_of, parts)}.union(*map(words_within, parts))
        wrong += [f"{one!r} is not translated" for one in said if untold(one, self._look.tongue)]
        self._measure(widget, name, seen)
        self.found += [f"{name}: {one}" for one in wrong]

    def _measure(self, widget: QWidget, name: str, seen: Seen) -> None:
        """How large letters and icons are, in logical pixels; the smallest of several."""
        found = [(one.words, one.pixels) for page in seen.pages for one in page]
        parts = shown(widget)
        found += [(words_of(one), one.font().pixelSize()) for one in parts]
        found += [
            (f"icon of {name_of(one)}", one.iconSize().width()) for one in parts if _icon(one)
        ]
        for words, pixels in found:
            if words and pixels > 0:
                key = f"{self._way} {name}: {words}"
                self.sizes[key] = min(self.sizes.get(key, pixels), pixels)


def _application() -> QApplication:
    made = QApplication([])
    made.setStyle("Fusion")
    return made


def _too_large(widget: QWidget) -> list[str]:
    room = widget.screen().availableGeometry()
    if widget.width() <= room.width() and widget.height() <= room.height():
        return []
    return [f"{widget.width()} × {widget.height()} is larger than the monitor"]


def _icon(part: QWidget) -> TypeGuard[QAbstractButton]:
    """Whether it shows an icon of ours: the buttons inside of a line are Qt's own."""
    button = isinstance(part, QAbstractButton) and not part.icon().isNull()
    return button and not isinstance(part.parentWidget(), QLineEdit)


def _blurred(window: QWidget) -> list[str]:
    """Icons of which there is no drawing in the pixels of this screen."""
    ratio, found = window.devicePixelRatioF(), []
    for part in shown(window):
        if not _icon(part):
            continue
        sizes = {size.width() for size in part.icon().availableSizes()}
        need = round(part.iconSize().width() * ratio)
        if sizes and need not in sizes:
            found.append(f"{name_of(part)}: its icon of {need} pixels would be scaled")
    return found


def _soft_lines(window: QWidget, picture: QPixmap, theme: Theme) -> list[str]:
    """The line over the status line: whole pixels in its own colour, or in none at any scale."""
    line = window.findChild(StatusLine)
    assert line is not None
    image, ratio = picture.toImage(), picture.devicePixelRatio()
    top = round(line.mapTo(window, QPoint(0, 0)).y() * ratio)
    x = image.width() // 2
    own = theme.color("line")
    rows = [image.pixelColor(x, y) for y in range(top, top + math.ceil(ratio))]
    if own in rows and all(one in (own, theme.color("panel")) for one in rows):
        return []
    return [f"the line over the status line is {[one.name() for one in rows]}, not {own.name()}"]
