"""The shapes that stand for grades (mock/README): diamond, circle, square, triangle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath


def shape_path(shape: str, size: float) -> QPainterPath:
    """Around the origin; `size`: half of its height. One that is not known is a circle."""
    path = QPainterPath()
    if shape == "square":
        path.addRect(QRectF(-size * 0.8, -size * 0.8, size * 1.6, size * 1.6))
        return path
    corners = {
        "diamond": ((0, -size), (size, 0), (0, size), (-size, 0)),
        "triangle": ((0, -size), (size, size * 0.8), (-size, size * 0.8)),
    }.get(shape)
    if corners is None:
        path.addEllipse(QPointF(0, 0), size * 0.9, size * 0.9)
        return path
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.closeSubpath()
    return path
