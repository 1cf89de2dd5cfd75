"""One set of icons, drawn in one colour that the theme gives."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.theme import Theme

# Logical pixels: of marks in tables, small buttons, menus, tools, the rail.
_SIZES = (13, 14, 16, 18, 20)
# Device pixels; for a monitor that came later: Qt scales a drawing down, never up.
_LARGEST = 60


def names() -> frozenset[str]:
    """Every icon there is."""
    return frozenset(file.stem for file in resources.path("icons").glob("*.svg"))


def icon(theme: Theme, name: str, color: str = "secondary") -> QIcon:
    """The icon in a theme colour; brighter when hovered or checked, faint when disabled."""
    colors = (theme.color(color), theme.color("text"), theme.color("faint"))
    return _icon(name, _drawn_sizes(theme), *(shade.name() for shade in colors))


def _drawn_sizes(theme: Theme) -> tuple[int, ...]:
    """Device pixels, so that nothing is scaled on any monitor that there is."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}
    sizes = {*_SIZES, *map(theme.px, _SIZES)}
    return (*sorted({round(size * ratio) for size in sizes for ratio in ratios}), _LARGEST)


def pixmap(theme: Theme, name: str, size: int, color: str = "text", ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `size` logical pixels for a screen of that pixel ratio."""
    return _pixmap(name, round(size * ratio), theme.color(color).name(), ratio)


def paint(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draws the icon into `rect`, sharp at any scale."""
    _renderer(name, color.name()).render(painter, rect)


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = resources.text("icons", f"{name}.svg").replace("currentColor", color)
    return QSvgRenderer(QByteArray(drawing.encode()))


@lru_cache(maxsize=512)
def _pixmap(name: str, size: int, color: str, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, color).render(painter, QRectF(0, 0, size, size))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def _icon(name: str, sizes: tuple[int, ...], normal: str, active: str, disabled: str) -> QIcon:
    made = QIcon()
    modes = QIcon.Mode
    off, on = QIcon.State.Off, QIcon.State.On
    for size in sizes:
        made.addPixmap(_pixmap(name, size, normal, 1.0), modes.Normal, off)
        made.addPixmap(_pixmap(name, size, active, 1.0), modes.Active, off)
        made.addPixmap(_pixmap(name, size, active, 1.0), modes.Normal, on)
        made.addPixmap(_pixmap(name, size, disabled, 1.0), modes.Disabled, off)
    return made
