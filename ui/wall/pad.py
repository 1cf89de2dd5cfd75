"""The number that is being typed, over the wall."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from app.domain.camera import Camera
from ui.theme import Theme, Type
from ui.wall.captions import blank, write
from ui.wall.number_entry import NumberEntry
from ui.wall.words import translate

_WIDTH = 280
_HEIGHT = 104
_RADIUS = 4
_MARGIN = 16


class NumberPad:
    """`area` is where it is painted, in the widget's own pixels."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pixmap: QPixmap | None = None
        self.area = QRect()

    def show(self, entry: NumberEntry, camera: Camera | None, over: QRect, ratio: float) -> QRect:
        """Renders the entry over the middle of a tile; returns what has to be painted again."""
        before = self.area
        if not entry.active:
            self._pixmap, self.area = None, QRect()
            return before
        width, height = self._theme.px(_WIDTH), self._theme.px(_HEIGHT)
        self.area = QRect(0, 0, width, height)
        self.area.moveCenter(over.center())
        self._pixmap = self._render(entry, camera, ratio)
        return before.united(self.area)

    def paint(self, painter: QPainter) -> None:
        """In the widget's own pixels."""
        if self._pixmap is not None:
            painter.drawPixmap(self.area.topLeft(), self._pixmap)

    def _render(self, entry: NumberEntry, camera: Camera | None, ratio: float) -> QPixmap:
        width, height = self.area.width(), self.area.height()
        words, token = _answer(entry, camera)
        keys = translate("Wall", "Enter: show   Esc: cancel")
        pixmap = blank(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.on_wall("line"), 1))
        painter.setBrush(self._theme.on_wall("shade"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), _RADIUS, _RADIUS)
        large, body = self._theme.font(Type.LARGE), self._theme.font(Type.BODY)
        small = self._theme.font(Type.SECONDARY)
        room = width - 2.0 * _MARGIN
        y = _MARGIN + QFontMetricsF(large).ascent()
        write(painter, large, self._theme.on_wall("text"), QPointF(_MARGIN, y), entry.digits)
        y += self._theme.px(24)
        shown = QFontMetricsF(body).elidedText(words, Qt.TextElideMode.ElideRight, room)
        write(painter, body, self._theme.on_wall(token), QPointF(_MARGIN, y), shown)
        if not entry.unknown:
            y += self._theme.px(20)
            write(painter, small, self._theme.on_wall("secondary"), QPointF(_MARGIN, y), keys)
        painter.end()
        return pixmap


def _answer(entry: NumberEntry, camera: Camera | None) -> tuple[str, str]:
    if camera is not None:
        return camera.name, "text"
    if entry.unknown:
        words = translate("Wall", "There is no camera with the number {number}")
        return words.format(number=entry.digits), "normal"
    return translate("Wall", "No camera has this number yet"), "secondary"
