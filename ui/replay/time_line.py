"""The clip from end to end, with the times that the clock on the wall showed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.replay import words
from ui.theme import Theme, Type

# Of the times beside the edge of the panel.
_SIDE: Final = 4.0
_EDGE: Final = 12
_TRACK: Final = 4
_HEAD: Final = 7
_APART: Final = 84
_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300)


def ticks(began: datetime, length: float, width: float) -> Iterator[tuple[float, datetime]]:
    """Seconds of the clip at which the wall clock was even, far enough apart to be read."""
    if length <= 0 or width <= 0:
        return
    step = next((s for s in _STEPS if s * width / length >= _APART), _STEPS[-1])
    first = math.ceil(began.timestamp() / step) * step
    at = first - began.timestamp()
    while at <= length:
        yield at, datetime.fromtimestamp(began.timestamp() + at, UTC)
        at += step


class TimeLine(QWidget):
    """`sought` (seconds of the clip): the operator points there, by click or drag."""

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._began: datetime | None = None
        self._length = self._position = 0.0
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def render_clip(self, began: datetime | None, length: float, position: float) -> None:
        """While the operator drags, the head stays under the pointer."""
        if self._dragging:
            position = self._position
        if (began, length, position) != (self._began, self._length, self._position):
            self._began, self._length, self._position = began, length, position
            self.update()

    @property
    def position(self) -> float:
        return self._position

    def x_of(self, seconds: float) -> float:
        share = seconds / self._length if self._length > 0 else 0.0
        return _EDGE + share * self._wide()

    def _seconds_at(self, x: float) -> float:
        share = (x - _EDGE) / self._wide()
        return min(max(share, 0.0), 1.0) * self._length

    def _wide(self) -> float:
        return max(1.0, self.width() - 2.0 * _EDGE)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(44))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(44))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._length > 0:
            self._dragging = True
            self._seek(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._began is not None:
            under = self._began + timedelta(seconds=self._seconds_at(event.position().x()))
            self.setToolTip(words.clock(under))
        if self._dragging:
            self._seek(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    def _seek(self, event: QMouseEvent) -> None:
        self._position = self._seconds_at(event.position().x())
        self.update()
        self.sought.emit(self._position)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = float(self._theme.px(12))
        self._paint_ticks(painter, middle)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(_EDGE, middle - _TRACK / 2, self._wide(), _TRACK)
        painter.setBrush(self._theme.color("control"))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        if self._length > 0:
            head = self.x_of(self._position)
            track.setRight(head)
            painter.setBrush(self._theme.color("normal"))
            painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
            painter.setBrush(self._theme.color("text"))
            painter.drawEllipse(QPointF(head, middle), _HEAD, _HEAD)
        painter.end()

    def _paint_ticks(self, painter: QPainter, middle: float) -> None:
        if self._began is None:
            return
        painter.setFont(self._theme.font(Type.SECONDARY))
        half = painter.fontMetrics().horizontalAdvance("00:00:00") / 2
        for at, moment in ticks(self._began, self._length, self._wide()):
            x = self.x_of(at)
            painter.setPen(QPen(self._theme.color("faint"), 1))
            painter.drawLine(QPointF(x, middle + 6), QPointF(x, middle + 11))
            left = min(max(x - half, _SIDE), self.width() - 2 * half - _SIDE)
            room = QRectF(left, middle + 11, 2 * half + 1, self.height() - middle - 11)
            painter.setPen(self._theme.color("secondary"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words.clock(moment))
