"""Who sees it, where and when, written into the picture of a receiver: it survives a photograph."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from ui.theme import families
from ui.wall.captions import blank
from ui.wall.pane import Pane

# Of the picture's height: legible in a photograph of the screen, not in the way of what happens.
_SHARE: Final = 1 / 16
_LEAST_PX: Final = 13
_MOST_PX: Final = 44
# Of the picture's width, at most.
_WIDEST: Final = 0.94
# White on a dark edge: on a white sky the edge is read, on a dark street the letters are.
_LETTERS: Final = 165
_EDGE: Final = 150
# Of the picture's height: where the lines stand. Two, so that no crop has none.
_ROWS: Final = (0.18, 0.68)
_KEPT: Final = 16


class Watermark:
    """`text` is painted over every picture; "" for none. Changes once a minute: see `paint`."""

    def __init__(self) -> None:
        self.text = ""
        self._made: dict[tuple[int, int, str], QPixmap] = {}

    def paint(self, painter: QPainter, pane: Pane) -> None:
        """Within the picture, in device pixels: what is cut off of a tile is no way out."""
        place = pane.place if pane.size != (0, 0) else pane.rect
        line = self._line(place.width, place.height)
        if line is None:
            return
        x = place.x + (place.width - line.width()) // 2
        for row in _ROWS:
            painter.drawPixmap(x, place.y + round(place.height * row), line)

    def _line(self, width: int, height: int) -> QPixmap | None:
        key = (width, height, self.text)
        made = self._made.get(key)
        if made is None and self.text:
            if len(self._made) >= _KEPT:
                self._made.clear()
            made = self._made[key] = self._drawn(width, height)
        return made

    def _drawn(self, width: int, height: int) -> QPixmap:
        font = QFont()
        font.setFamilies(families())
        font.setWeight(QFont.Weight.DemiBold)
        size = min(max(round(height * _SHARE), _LEAST_PX), _MOST_PX)
        font.setPixelSize(size)
        while size > _LEAST_PX and _wide(font, self.text) > width * _WIDEST:
            size -= 1
            font.setPixelSize(size)
        metrics = QFontMetricsF(font)
        pixmap = blank(round(_wide(font, self.text)) + 8, round(metrics.height()) + 8)
        path = QPainterPath()
        path.addText(QPointF(4, 4 + metrics.ascent()), font, self.text)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(QColor(0, 0, 0, _EDGE), max(2.0, size / 7))
        edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, edge)
        painter.fillPath(path, QColor(255, 255, 255, _LETTERS))
        painter.end()
        return pixmap


def _wide(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)
