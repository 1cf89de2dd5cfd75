"""Where a picture goes in a box."""

from __future__ import annotations

from PySide6.QtCore import QRectF


def fitted(box: QRectF, width: int, height: int) -> QRectF:
    """The whole picture in the box, its shape kept."""
    scale = min(box.width() / max(width, 1), box.height() / max(height, 1))
    across, down = width * scale, height * scale
    return QRectF(box.center().x() - across / 2, box.center().y() - down / 2, across, down)
