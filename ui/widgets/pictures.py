"""A picture of a camera in a box, its shape kept."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.domain.camera import CameraId
from app.services.ports import VideoEngine


def paint_newest(
    painter: QPainter, box: QRectF, engine: VideoEngine, camera: CameraId
) -> QRectF | None:
    """Where the newest picture was painted; None where there is none."""
    with engine.newest(camera) as picture:
        if picture is None:
            return None
        where = fitted(box, picture.width, picture.height)
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride,
            QImage.Format.Format_RGB32,
        )  # fmt: skip
        painter.drawImage(where, image)
        return where


def fitted(box: QRectF, width: int, height: int) -> QRectF:
    """The whole picture in the box, its shape kept."""
    scale = min(box.width() / max(width, 1), box.height() / max(height, 1))
    across, down = width * scale, height * scale
    return QRectF(box.center().x() - across / 2, box.center().y() - down / 2, across, down)
