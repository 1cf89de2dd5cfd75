"""Frames, bars and the map of the crop: what a tile shows without words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.domain.tour import TourRun
from ui.theme import Theme
from ui.wall.geometry import Rect
from ui.wall.pane import Pane

_FRAME = 2
_PROGRESS = 3
# The map of the crop: a fifth of the tile, but never too small to read nor large enough to hide.
_MAP_SHARE = 0.2
_MAP_LEAST = 64
_MAP_MOST = 200
_MAP_INSET = 8
_HIGHLIGHT = 56


class Marks:
    """Colours are read when the theme changes, not for every picture."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.ratio = 1.0
        theme.changed.connect(self.recolour)
        self.recolour()

    def recolour(self) -> None:
        self._focus = self._theme.on_wall("focus")
        self._highlight = QColor(self._focus)
        self._highlight.setAlpha(_HIGHLIGHT)
        self._text = self._theme.on_wall("text")
        self._shade = self._theme.on_wall("shade")

    def paint(self, painter: QPainter, pane: Pane, now: float) -> None:
        if pane.run is not None:
            self._progress(painter, pane.rect, pane.run, now)
        if pane.targeted:
            rect = pane.rect
            painter.fillRect(rect.x, rect.y, rect.width, rect.height, self._highlight)
        if pane.focused or pane.targeted:
            self._frame(painter, pane.rect, self._focus)
        elif pane.lit:
            self._frame(painter, pane.rect, self._text)

    def crop(self, painter: QPainter, pane: Pane, image: QImage) -> None:
        """The whole picture, small, with a frame around the part that is zoomed into."""
        if not pane.zoom.active:
            return
        box = map_rect(pane, self.ratio)
        target = QRectF(box.x, box.y, box.width, box.height)
        painter.drawImage(target, image)
        painter.fillRect(target, _half(self._shade))
        x, y, width, height = pane.zoom.source(box.width, box.height)
        seen = QRectF(box.x + x, box.y + y, width, height)
        painter.drawImage(seen, image, QRectF(*pane.zoom.source(image.width(), image.height())))
        line = max(1.0, self.ratio)
        painter.setPen(QPen(self._text, line))
        painter.drawRect(seen.adjusted(line / 2, line / 2, -line / 2, -line / 2))
        painter.setPen(QPen(self._shade, line))
        painter.drawRect(target)

    def _frame(self, painter: QPainter, rect: Rect, colour: QColor) -> None:
        """Four bars cost a quarter of a stroked rectangle."""
        thick = max(1, round(_FRAME * self.ratio))
        x, y, width, height = rect
        for bar in (
            QRect(x, y, width, thick),
            QRect(x, rect.bottom - thick, width, thick),
            QRect(x, y, thick, height),
            QRect(rect.right - thick, y, thick, height),
        ):
            painter.fillRect(bar, colour)

    def _progress(self, painter: QPainter, rect: Rect, run: TourRun, now: float) -> None:
        """How much of the stop is over; a paused one stands still and loses its colour."""
        thick = max(1, round(_PROGRESS * self.ratio))
        share = 1.0 - run.remaining(now) / run.stop.dwell_seconds
        bar = QRect(rect.x, rect.bottom - thick, round(rect.width * share), thick)
        painter.fillRect(bar, self._theme.on_wall("faint") if run.paused else self._text)


def map_rect(pane: Pane, ratio: float) -> Rect:
    """Where the map of the crop is: the upper right corner."""
    place = pane.place
    least, most = round(_MAP_LEAST * ratio), round(_MAP_MOST * ratio)
    width = max(least, min(most, round(place.width * _MAP_SHARE)))
    height = max(1, round(width * place.height / max(1, place.width)))
    inset = round(_MAP_INSET * ratio)
    return Rect(place.right - inset - width, place.y + inset, width, height)


def _half(color: QColor) -> QColor:
    lighter = QColor(color)
    lighter.setAlpha(color.alpha() // 2)
    return lighter
