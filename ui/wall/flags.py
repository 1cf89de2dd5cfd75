"""The markers of open incidents over the pictures: rendered once, then copied."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from app.domain.markers import Marker
from ui.theme import Theme, Type
from ui.wall.captions import Labels, blank, plate, write
from ui.wall.pane import Pane
from ui.widgets.incident_words import fitting_words, grade_colour, grade_shape
from ui.widgets.shapes import shape_path

# Logical pixels.
_STEM: Final = 12
_SHAPE: Final = 5.0
_PADDING: Final = 7
_GAP: Final = 4
_INSET: Final = 8
# Of the picture's height: about where the ground begins in a picture of a street.
_ROW: Final = 0.2
# Of the tile's width.
_WIDEST: Final = 0.85
_LEAST_WIDTH: Final = 120


class Flags:
    def __init__(self, theme: Theme, labels: Labels) -> None:
        self._theme, self._labels = theme, labels

    def reach(self, pane: Pane) -> int:
        """How far down those in the corner come on a tile that is not live; device pixels."""
        rect, ratio = pane.rect, self._labels.ratio
        if not pane.markers or rect.width < _LEAST_WIDTH * ratio:
            return rect.y
        heights = [self._label(pane, m).height() + round(_GAP * ratio) for m in pane.markers]
        return rect.y + round(_INSET * ratio) + sum(heights)

    def paint(self, painter: QPainter, pane: Pane, floor: int | None = None) -> None:
        """Those without a column in the upper right corner, the others below, at their place.

        A tile that is not live has words in its middle: all of them go to the corner, and those
        that would come below `floor` (device pixels) stand on other tiles.
        """
        rect, ratio = pane.rect, self._labels.ratio
        if rect.width < _LEAST_WIDTH * ratio:
            return
        places = [(m, column(pane, m) if pane.live else None) for m in pane.markers]
        y = rect.y + round(_INSET * ratio)
        for marker, x in places:
            if x is None:
                label = self._label(pane, marker)
                if floor is not None and y + label.height() > floor:
                    break
                right = rect.right - round(_INSET * ratio) - label.width()
                painter.drawPixmap(right, y, label)
                y += label.height() + round(_GAP * ratio)
        y = max(y, pane.place.y + round(pane.place.height * _ROW))
        for marker, x in places:
            if x is not None:
                y += self._at_column(painter, pane, marker, x, y)
            if marker.box is not None and pane.live:
                self._box(painter, pane, marker)

    def _at_column(self, painter: QPainter, pane: Pane, marker: Marker, x: int, y: int) -> int:
        """With a stem to the place; how much room it takes."""
        rect, ratio, gap = pane.rect, self._labels.ratio, round(_GAP * self._labels.ratio)
        label = self._label(pane, marker)
        left = min(max(x - label.width() // 2, rect.x + gap), rect.right - gap - label.width())
        painter.drawPixmap(left, y, label)
        painter.setPen(QPen(self._theme.on_wall(grade_colour(marker.grade)), max(1.0, ratio)))
        foot = y + label.height()
        painter.drawLine(x, foot, x, foot + round(_STEM * ratio))
        return label.height() + gap

    def _box(self, painter: QPainter, pane: Pane, marker: Marker) -> None:
        """Around what video analytics saw; it goes with digital zoom."""
        box = boxed(pane, marker)
        if box is not None:
            ratio = self._labels.ratio
            painter.setPen(QPen(self._theme.on_wall(grade_colour(marker.grade)), 2 * ratio))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)

    def _label(self, pane: Pane, marker: Marker) -> QPixmap:
        made = pane.badges.flags.get(marker)
        if made is None:
            made = pane.badges.flags[marker] = self._make(marker, pane.rect.width)
        return made

    def _make(self, marker: Marker, across: int) -> QPixmap:
        """Shape, type, distance and the way to it; of a narrow tile the type goes first."""
        ratio = self._labels.ratio
        font = self._theme.font(Type.SECONDARY)
        metrics = QFontMetricsF(font)
        metres = f"{marker.metres} m" if marker.metres else ""
        far = " ".join(part for part in (metres, marker.arrow) if part)
        tail = f" · {far}" if far else ""
        fixed = 2 * _PADDING + 2 * _SHAPE + _GAP + metrics.horizontalAdvance(tail)
        room = max(0.0, across * _WIDEST / ratio - fixed)
        name = fitting_words(marker.type, lambda one: metrics.horizontalAdvance(one) <= room)
        words = f"{name}{tail}" if name else far
        width = fixed - metrics.horizontalAdvance(tail) + metrics.horizontalAdvance(words)
        height = metrics.height() + 6
        pixmap = blank(round(width * ratio), round(height * ratio))
        painter = self._labels.begin(pixmap)
        plate(painter, QRectF(0, 0, width, height), self._theme.on_wall("shade"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.on_wall(grade_colour(marker.grade)))
        shape = shape_path(grade_shape(marker.grade), _SHAPE)
        painter.drawPath(shape.translated(_PADDING + _SHAPE, height / 2))
        at = QPointF(_PADDING + 2 * _SHAPE + _GAP, 3 + metrics.ascent())
        write(painter, font, self._theme.on_wall("text"), at, words)
        painter.end()
        return pixmap


def column(pane: Pane, marker: Marker) -> int | None:
    """Device pixels; None where the direction is unknown, or zoomed out of sight."""
    if marker.at is None:
        return None
    zoom = pane.zoom
    across = (marker.at - zoom.left) / zoom.span
    if not 0.0 <= across <= 1.0:
        return None
    return pane.place.x + round(across * pane.place.width)


def boxed(pane: Pane, marker: Marker) -> QRectF | None:
    """Device pixels, cut at the picture's edge; None where nothing of it is in sight."""
    if marker.box is None:
        return None
    zoom, place = pane.zoom, pane.place
    left, top, width, height = marker.box
    scale_x, scale_y = place.width / zoom.span, place.height / zoom.span
    found = QRectF(
        place.x + (left - zoom.left) * scale_x,
        place.y + (top - zoom.top) * scale_y,
        width * scale_x,
        height * scale_y,
    )
    whole = QRectF(place.x, place.y, place.width, place.height)
    cut = found.intersected(whole)
    return None if cut.isEmpty() else cut
