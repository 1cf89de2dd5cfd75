"""The scale bar and whose data the map shows, in its lower corners."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.domain.geo.viewport import Viewport, scale_bar
from app.domain.text import Text
from ui.map.hand import length_words
from ui.theme import Theme, Type
from ui.translations import words

_INSET: Final = 10.0


class Overlay:
    """`base_attribution`: of the centre's own base map, "" without one."""

    def __init__(self, theme: Theme, attribution: Text) -> None:
        self._theme, self._attribution = theme, attribution
        self.base_attribution = ""

    def paint(self, painter: QPainter, view: Viewport) -> None:
        font = self._theme.font(Type.RAIL)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        self._bar(painter, view, metrics)
        parts = (words(self._attribution), self.base_attribution)
        text = " · ".join(part for part in parts if part)
        room = view.width - 180
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width, height = metrics.horizontalAdvance(shown) + 8, metrics.height() + 2
        box = QRectF(view.width - width - 2, view.height - height - 2, width, height)
        ground = QColor(self._theme.color("window"))
        # Names of places lie below it.
        ground.setAlpha(235)
        painter.fillRect(box, ground)
        painter.setPen(self._theme.color("secondary"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _bar(self, painter: QPainter, view: Viewport, metrics: QFontMetricsF) -> None:
        length, metres = scale_bar(view)
        x, y = _INSET, view.height - _INSET
        painter.setPen(QPen(self._theme.color("secondary"), 1))
        painter.drawLine(QPointF(x, y), QPointF(x + length, y))
        for end in (x, x + length):
            painter.drawLine(QPointF(end, y - 4), QPointF(end, y))
        painter.drawText(QPointF(x + 2, y - metrics.descent() - 4), length_words(metres))
