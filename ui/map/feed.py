"""What every map of the console shows, gathered in one place and told to all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.camera import CameraId
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.clusters import Flags
from ui.map.live import Live
from ui.map.marks import PointLayer

# How soon a camera that has gone dark is seen on the map.
TICK_MS = 2000


@dataclass(frozen=True, slots=True)
class Sources:
    """Asked on the thread of the screen.

    `dead`: cameras that are known to give no picture. `watched` is the places of points by kind,
    `version` another number whenever those are others.
    """

    cameras: Callable[[], CameraMap]
    dead: Callable[[], frozenset[CameraId]]
    points: Callable[[], Mapping[str, PointLayer]] = field(default=dict)
    live: Callable[[], Live] = Live


class MapFeed(QObject):
    """`cameras_changed`, `dead_changed`, `points_changed`, `live_changed`: read it again."""

    cameras_changed = Signal()
    dead_changed = Signal()
    points_changed = Signal()
    live_changed = Signal()

    def __init__(self, sources: Sources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self.cameras = sources.cameras()
        self.points: Mapping[str, PointLayer] = {}
        self.live = Live()
        self._dead: frozenset[CameraId] = frozenset()
        self.dead: Flags = np.zeros(len(self.cameras.x), np.bool_)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.follow_states)

    def begin(self) -> None:
        self.follow_cameras()
        self.follow_points()
        self.follow_live()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()

    def follow_cameras(self) -> None:
        """Another list is open."""
        self.cameras = self._sources.cameras()
        self._dead = frozenset()
        self.dead = np.zeros(len(self.cameras.x), np.bool_)
        self.cameras_changed.emit()
        self.follow_states()

    def follow_states(self) -> None:
        dead = self._sources.dead()
        if dead != self._dead:
            self._dead = dead
            flags = np.zeros(len(self.cameras.x), np.bool_)
            known = [n for c in dead if (n := self.cameras.index.get(c)) is not None]
            flags[known] = True
            self.dead = flags
            self.dead_changed.emit()

    def follow_points(self) -> None:
        self.points = self._sources.points()
        self.points_changed.emit()

    def follow_live(self) -> None:
        live = self._sources.live()
        if live != self.live:
            self.live = live
            self.live_changed.emit()
