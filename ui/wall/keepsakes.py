"""The last picture of every shown camera, kept for the time when no new one comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.domain.camera import CameraId
from app.services.ports import VideoEngine

# The look of an old picture: grey, and less than half as bright as a live one.
LIGHT = 0.45


@dataclass(slots=True)
class _Keepsake:
    image: QImage
    number: int
    arrived: float
    grey: QPixmap | None = None


def _dimmed(image: QImage, width: int, height: int, ground: QColor) -> QPixmap:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        width,
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    pixmap = QPixmap(width, height)
    pixmap.fill(ground)
    painter = QPainter(pixmap)
    painter.setOpacity(LIGHT)
    painter.drawImage(0, 0, grey)
    painter.end()
    return pixmap


class Keepsakes:
    """Copies pictures out of the engine, for when the stream and its memory are gone.

    A copy costs about 0.02 ms at tile size; one a second is enough.
    """

    def __init__(self, engine: VideoEngine, ground: QColor) -> None:
        self._ground = ground
        self._engine = engine
        self._kept: dict[CameraId, _Keepsake] = {}

    def keep(self, camera: CameraId) -> None:
        """Copies the newest picture, if there is one that is not kept yet."""
        number = self._engine.picture_number(camera)
        kept = self._kept.get(camera)
        if number == 0 or (kept is not None and kept.number == number):
            return
        with self._engine.newest(camera) as picture:
            if picture is None:
                return
            image = QImage(
                picture.pixels,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            copied = image.copy()
            del image
            self._kept[camera] = _Keepsake(copied, picture.number, picture.arrived)

    def arrived(self, camera: CameraId) -> float | None:
        """Monotonic second of the kept picture; None without one."""
        kept = self._kept.get(camera)
        return None if kept is None else kept.arrived

    def size(self, camera: CameraId) -> tuple[int, int]:
        """Pixels of the kept picture; (0, 0) without one."""
        kept = self._kept.get(camera)
        return (0, 0) if kept is None else (kept.image.width(), kept.image.height())

    def grey(self, camera: CameraId, width: int, height: int) -> QPixmap | None:
        """The kept picture without its colours, at 45 % of its light, scaled to this size."""
        kept = self._kept.get(camera)
        if kept is None:
            return None
        if kept.grey is None or (kept.grey.width(), kept.grey.height()) != (width, height):
            kept.grey = _dimmed(kept.image, width, height, self._ground)
        return kept.grey

    def forget_others(self, cameras: Collection[CameraId]) -> None:
        for camera in self._kept.keys() - set(cameras):
            del self._kept[camera]
