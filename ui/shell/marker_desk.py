"""Keeps the markers on the pictures up to date, and lets tiles and maps light each other up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.camera import CameraId
from app.services.incidents import Incidents
from app.services.markers import Markers
from app.services.tracks import Tracks
from ui.wall.view import WallView
from ui.widgets.timing import timer

# Several changes that come at once are one; walls change without telling.
_TOGETHER_MS = 100
_AGAIN_MS = 1000


class MarkerDesk(QObject):
    """`pointed` (id): of the camera under the pointer on a wall, "" for none."""

    pointed = Signal(str)

    def __init__(
        self, markers: Markers, incidents: Incidents, tracks: Tracks | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._markers, self._incidents = markers, incidents
        self._together = timer(self, _TOGETHER_MS, self.follow, once=True)
        self._again = timer(self, _AGAIN_MS, self.follow)
        self._disconnect: list[Callable[[], None]] = [
            incidents.changed.connect(lambda _: self._soon())
        ]
        if tracks is not None:
            self._disconnect.append(tracks.changed.connect(lambda _: self._soon()))

    def begin(self) -> None:
        self._again.start()

    def end(self) -> None:
        self._again.stop()
        self._together.stop()
        for disconnect in self._disconnect:
            disconnect()

    def watch(self, view: WallView) -> None:
        view.hovered.connect(self._hovered)

    def follow(self) -> None:
        self._markers.follow(self._incidents.all())

    def _soon(self) -> None:
        if not self._together.isActive():
            self._together.start()

    def _hovered(self, camera: CameraId | None) -> None:
        self.pointed.emit(str(camera) if camera is not None else "")
