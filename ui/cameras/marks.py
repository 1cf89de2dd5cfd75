"""The small sign beside a camera: its state by colour and by shape."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.domain.tile import TileState
from ui.cameras.roles import CameraRow
from ui.theme import Theme

# Qt counts angles in sixteenths.
_DEGREE: Final = 16


class Shape(Enum):
    DOT = auto()
    HALF = auto()
    RING = auto()
    POINT = auto()
    SQUARE = auto()
    DIAMOND = auto()
    DASH = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    shape: Shape
    token: str


NOT_LIVE: Final = Mark(Shape.DIAMOND, "urgent")
_NO_STREAM: Final = Mark(Shape.DASH, "faint")
_MARKS: Final = {
    TileState.LIVE: Mark(Shape.DOT, "fine"),
    TileState.LATE: Mark(Shape.HALF, "normal"),
    TileState.FROZEN: Mark(Shape.SQUARE, "urgent"),
    TileState.CONNECTING: Mark(Shape.RING, "normal"),
    TileState.OFF: Mark(Shape.POINT, "faint"),
}


def mark_of(row: CameraRow) -> Mark:
    return _MARKS.get(row.state, NOT_LIVE) if row.camera.profiles else _NO_STREAM


def paint(painter: QPainter, theme: Theme, mark: Mark, centre: QPointF) -> None:
    """Eight pixels across, at any scale of the screen."""
    color = theme.color(mark.token)
    reach = theme.px(4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    match mark.shape:
        case Shape.DOT:
            painter.drawEllipse(centre, reach, reach)
        case Shape.POINT:
            painter.drawEllipse(centre, reach / 2, reach / 2)
        case Shape.HALF:
            painter.drawPie(_around(centre, reach), 180 * _DEGREE, 180 * _DEGREE)
            _ring(painter, color, centre, reach)
        case Shape.RING:
            _ring(painter, color, centre, reach)
        case Shape.SQUARE:
            painter.drawRect(_around(centre, reach * 0.9))
        case Shape.DIAMOND:
            points = ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0))
            painter.drawPolygon(QPolygonF([centre + QPointF(x, y) * reach for x, y in points]))
        case Shape.DASH:
            painter.drawRect(QRectF(centre.x() - reach, centre.y() - 1.0, 2.0 * reach, 2.0))
    painter.restore()


def _ring(painter: QPainter, color: QColor, centre: QPointF, reach: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.5))
    painter.drawEllipse(centre, reach - 0.75, reach - 0.75)


def _around(centre: QPointF, reach: float) -> QRectF:
    return QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
