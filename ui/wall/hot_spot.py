"""The camera that was clicked last on any wall window; hot-spot tiles follow it."""

from __future__ import annotations

from app.domain.camera import CameraId
from app.signals import Signal


class HotSpot:
    """One per console, shared by its windows."""

    def __init__(self) -> None:
        self.changed: Signal[CameraId] = Signal("hot spot changed")
        self._camera: CameraId | None = None

    @property
    def camera(self) -> CameraId | None:
        return self._camera

    def show(self, camera: CameraId) -> None:
        if camera != self._camera:
            self._camera = camera
            self.changed.emit(camera)
