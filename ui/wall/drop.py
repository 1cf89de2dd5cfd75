"""Cameras and tiles that are dragged onto the wall, and tiles dragged off it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.domain.camera import CameraId
from app.domain.wall import WindowId
from ui.wall.pane import Pane
from ui.widgets.drag import CAMERAS_MIME, TILE_MIME


class DropTarget(Protocol):
    def pane_at(self, at: QPointF) -> Pane | None: ...

    def target(self, pane: Pane | None) -> None: ...

    def drop_cameras(self, cameras: Sequence[CameraId], index: int) -> None: ...

    def drop_tile(self, source: WindowId, index: int, place: int) -> None: ...


class Drops:
    def __init__(self, target: DropTarget) -> None:
        self._target = target

    def over(self, event: QDragMoveEvent) -> None:
        """Also for the moment it enters. The tile under it lights up."""
        pane = self._target.pane_at(event.position())
        data = event.mimeData()
        known = data.hasFormat(TILE_MIME) or data.hasFormat(CAMERAS_MIME)
        if pane is None or not known:
            self._target.target(None)
            event.ignore()
            return
        self._target.target(pane)
        event.acceptProposedAction()

    def left(self) -> None:
        self._target.target(None)

    def dropped(self, event: QDropEvent) -> None:
        self._target.target(None)
        pane = self._target.pane_at(event.position())
        if pane is None or not self._put(event.mimeData(), pane):
            event.ignore()
            return
        event.acceptProposedAction()

    def _put(self, data: QMimeData, pane: Pane) -> bool:
        tile = tile_in(data)
        if tile is not None:
            self._target.drop_tile(*tile, pane.index)
            return True
        cameras = cameras_in(data)
        if cameras:
            self._target.drop_cameras(cameras, pane.index)
        return bool(cameras)


def tile_data(window: WindowId, pane: Pane) -> QMimeData:
    data = QMimeData()
    tile = {"window": window, "index": pane.index}
    data.setData(TILE_MIME, json.dumps(tile).encode())
    return data


def tile_in(data: QMimeData) -> tuple[WindowId, int] | None:
    """The tile that is dragged; None if it is something else, or from another program's version."""
    match _read(data, TILE_MIME):
        case {"window": str(window), "index": int(index)} if index >= 0:
            return WindowId(window), index
        case _:
            return None


def cameras_in(data: QMimeData) -> tuple[CameraId, ...]:
    match _read(data, CAMERAS_MIME):
        case list(ids):
            return tuple(CameraId(camera) for camera in ids if isinstance(camera, str))
        case _:
            return ()


def _read(data: QMimeData, kind: str) -> object:
    if not data.hasFormat(kind):
        return None
    try:
        found: object = json.loads(bytes(data.data(kind).data()))
    except ValueError:
        return None
    return found


def start(widget: QWidget, window: WindowId, pane: Pane, label: QPixmap) -> None:
    """Drags a tile until it is let go, here or on another window of this program."""
    drag = QDrag(widget)
    drag.setMimeData(tile_data(window, pane))
    drag.setPixmap(label)
    drag.setHotSpot(QPoint(-12, -12))
    drag.exec(Qt.DropAction.MoveAction)
