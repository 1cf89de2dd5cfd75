"""Paints what does not move: land, boundaries, the centre's own base map, names. Any thread."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from app.domain.geo.viewport import Viewport
from app.services.map_ports import Drawn, Outlines, PlaceName
from ui.map.look import Look

_ROOM: Final = 6.0
_MOVE, _LINE = 0, 1


def path_of(outlines: Outlines, view: Viewport) -> QPainterPath:
    """All rings as one path, made in one call: a call a point costs a hundred times as much.

    The format is that of QPainterPath's stream operator (Qt 5 and 6, qpainterpath.cpp).
    """
    count = len(outlines.points)
    path = QPainterPath()
    if not count:
        return path
    elements = np.empty(count, dtype=[("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    elements["kind"] = _LINE
    elements["kind"][list(outlines.starts)] = _MOVE
    elements["x"] = (outlines.points[:, 0] - view.x) * view.scale + view.width / 2
    elements["y"] = (outlines.points[:, 1] - view.y) * view.scale + view.height / 2
    tail = struct.pack(">ii", outlines.starts[-1], Qt.FillRule.WindingFill.value)
    data = QByteArray(struct.pack(">i", count) + elements.tobytes() + tail)
    stream = QDataStream(data)
    stream >> path
    return path


def paint_land(painter: QPainter, drawn: Drawn, view: Viewport, look: Look) -> None:
    """The sea is there already. Where a base map lies below, only `paint_lines` is wanted."""
    if drawn.outlines:
        painter.fillPath(path_of(drawn.outlines[0], view), look.land)


def paint_lines(painter: QPainter, drawn: Drawn, view: Viewport, look: Look) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    finest = len(drawn.outlines) - 1
    for number, outlines in reversed(tuple(enumerate(drawn.outlines))):
        strong = number < finest or finest == 0
        # Qt has a quick way for lines of one pixel; anything wider takes fifty times as long.
        pen = QPen(look.strong_line if strong else look.line, 1)
        pen.setCosmetic(True)
        painter.strokePath(path_of(outlines, view), pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_tile(
    painter: QPainter, image: QImage, view: Viewport, zoom: int, column: int, row: int
) -> None:
    size = view.scale / (1 << zoom)
    left, top = view.on_screen(column / (1 << zoom), row / (1 << zoom))
    # Whole pixels: between two tiles no line of the ground may show.
    x, y = round(left), round(top)
    target = QRectF(x, y, round(left + size) - x, round(top + size) - y)
    painter.drawImage(target, image)


def tiles_in(view: Viewport, least: int, most: int) -> list[tuple[int, int, int]]:
    """Zoom, column and row of those that cover the view, the nearest zoom there is."""
    zoom = min(most, max(least, round(view.zoom)))
    count = 1 << zoom
    left, top, right, bottom = view.bounds
    columns = range(max(0, int(left * count)), min(count - 1, int(right * count)) + 1)
    rows = range(max(0, int(top * count)), min(count - 1, int(bottom * count)) + 1)
    return [(zoom, column, row) for column in columns for row in rows]


def paint_names(
    painter: QPainter, names: Sequence[PlaceName], view: Viewport, look: Look, taken: list[QRectF]
) -> None:
    """The weightiest first, beside what is `taken`; one without room is left out."""
    metrics = [QFontMetricsF(font) for font in look.names]
    for name in names:
        x, y = view.on_screen(name.x, name.y)
        rank = min(name.rank, 2)
        width, height = metrics[rank].horizontalAdvance(name.text), metrics[rank].height()
        box = _free(QRectF(x - width / 2, y - height / 2, width, height), taken)
        if box is None:
            continue
        taken.append(box)
        painter.setFont(look.names[rank])
        _haloed(painter, box, name.text, look)


def _free(box: QRectF, taken: Sequence[QRectF]) -> QRectF | None:
    """The place itself, or a little above or below it, where nothing else stands."""
    for lines in (0.0, -1.1, 1.1, -1.8, 1.8):
        moved = box.translated(0, lines * box.height())
        room = moved.adjusted(-_ROOM, -1, _ROOM, 1)
        if not any(room.intersects(other) for other in taken):
            return moved
    return None


def _haloed(painter: QPainter, box: QRectF, text: str, look: Look) -> None:
    """Over a line a letter is legible only with some ground around it."""
    painter.setPen(look.land)
    for right, down in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(box.translated(QPointF(right, down)), Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(look.label)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
