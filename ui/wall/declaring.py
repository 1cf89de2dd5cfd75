"""Tells the streams what this window shows, and the figures how long opening took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, QTimer

from app.domain.camera import Camera, CameraId, ProfileName
from app.domain.stream import Importance, Want
from app.domain.wall import WindowId
from ui.wall.pane import Kind, Pane
from ui.wall.panes import Panes
from ui.wall.services import WallServices
from ui.wall.wants import ASSUMED_MAIN, HIDDEN_SECONDS, Seen, wants

# While a window's edge is dragged every size is the size of a moment.
SETTLE_MS = 150
# A tour's next camera is connected this early: a GOP of two seconds and the opening.
TOUR_LEAD_SECONDS = 4.0
_WARM = Want(640, 360, Importance.WARM)


class Declaring(QObject):
    """`focused`: the index the operator really put the focus on, None before the first touch."""

    def __init__(
        self, services: WallServices, window: WindowId, panes: Panes, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._window = window
        self._panes = panes
        self._viewer = f"wall {window}"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.now)
        self._declared: dict[CameraId, Want] | None = None
        self._asked: dict[CameraId, float] = {}
        self._enlarged_since: float | None = None
        self._on = False
        self.focused: int | None = None

    def soon(self, milliseconds: int = 0) -> None:
        """Declares once, after everything that belongs to one act has happened."""
        if self._on and (milliseconds == 0 or not self._timer.isActive()):
            self._timer.start(milliseconds)

    def later(self) -> None:
        """Declares when the size has stopped changing."""
        if self._on:
            self._timer.start(SETTLE_MS)

    def begin(self) -> None:
        self._on = True
        self.now()

    def end(self) -> None:
        """The window is gone or hidden: nothing is wanted any more."""
        self._on = False
        self._timer.stop()
        self._asked.clear()
        if self._declared is not None:
            self._declared = None
            self._services.streams.withdraw(self._viewer)

    def now(self) -> None:
        self._timer.stop()
        if not self._on:
            return
        asked = self._wants()
        if asked == self._declared:
            return
        moment = self._services.clock.monotonic()
        known: Mapping[CameraId, Want] = self._declared or {}
        for camera in asked.keys() - known.keys():
            self._asked[camera] = moment
        for pane in self._panes.everything:
            if pane.camera in self._asked:
                pane.painted = 0
        for camera in known.keys() - asked.keys():
            self._asked.pop(camera, None)
        self._declared = asked
        self._services.streams.declare(self._viewer, asked)

    def first_picture(self, camera: CameraId, moment: float) -> None:
        """A camera's picture is on the screen for the first time since it was asked for."""
        since = self._asked.pop(camera, None)
        if since is not None:
            self._services.figures.opened(camera, moment - since)

    def _wants(self) -> dict[CameraId, Want]:
        asked = wants(self._seen())
        for camera in self._services.tours.upcoming(self._window, TOUR_LEAD_SECONDS):
            asked.setdefault(camera, _WARM)
        return asked

    def _seen(self) -> Iterator[Seen]:
        panes, now = self._panes, self._services.clock.monotonic()
        if panes.enlarged is None:
            self._enlarged_since = None
        elif self._enlarged_since is None:
            self._enlarged_since = now
        forgotten = (
            self._enlarged_since is not None and now - self._enlarged_since >= HIDDEN_SECONDS
        )
        for pane in panes.everything:
            # A wall that was kept is there before its camera list: opening begins with the list.
            if pane.camera is None or self._services.catalog.get(pane.camera) is None:
                continue
            hidden = panes.enlarged not in {None, pane.index}
            if not (hidden and forgotten):
                yield self._one(pane, pane.camera, hidden=hidden)

    def _one(self, pane: Pane, camera: CameraId, *, hidden: bool) -> Seen:
        return Seen(
            camera,
            pane.rect.width,
            pane.rect.height,
            focused=pane.index == self.focused,
            enlarged=pane.index == self._panes.enlarged,
            zoom=pane.zoom.factor,
            hidden=hidden,
            sharp=pane.kind is Kind.HOT_SPOT,
            main_size=main_size(self._services.catalog.get(camera)),
        )


def main_size(camera: Camera | None) -> tuple[int, int]:
    """The pixels of the camera's main stream, as far as its list tells."""
    main = None if camera is None else camera.nearest_profile(ProfileName.MAIN)
    return ASSUMED_MAIN if main is None or not main.width else (main.width, main.height)
