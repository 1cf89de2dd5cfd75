"""A small drawing of a layout."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from app.domain.layout import Layout, rects
from ui.theme import Theme

_SIZE = QSize(56, 34)


def size(theme: Theme) -> QSize:
    """Logical pixels; it grows with the text."""
    return QSize(theme.px(_SIZE.width()), theme.px(_SIZE.height()))


def paint(painter: QPainter, layout: Layout, size: QSize, fill: QColor, *, gap: int = 2) -> None:
    """Fills one rectangle a tile; the largest ones are as bright as the rest, only larger."""
    for x, y, width, height in rects(layout, size.width(), size.height(), gap):
        painter.fillRect(x, y, max(1, width), max(1, height), fill)


def icon(theme: Theme, layout: Layout, ratio: float = 1.0) -> QIcon:
    """Secondary, in the focus colour when checked, bright when hovered."""
    made = QIcon()
    for token, mode, state in (
        ("faint", QIcon.Mode.Normal, QIcon.State.Off),
        ("secondary", QIcon.Mode.Active, QIcon.State.Off),
        ("focus", QIcon.Mode.Normal, QIcon.State.On),
    ):
        made.addPixmap(_pixmap(layout, size(theme), theme.color(token), ratio), mode, state)
    return made


def _pixmap(layout: Layout, logical: QSize, fill: QColor, ratio: float) -> QPixmap:
    whole = logical * ratio
    picture = QPixmap(whole)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    # 64 tiles of a thumbnail are 5 pixels wide: wider gaps would leave nothing of them.
    gap = max(1, round((1 if layout.columns > 5 else 2) * ratio))  # noqa: PLR2004
    paint(painter, layout, whole, fill, gap=gap)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
