"""What a search found, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from typing_extensions import override

from app.domain.camera import Camera, CameraId
from ui.cameras import roles
from ui.cameras.roles import Index
from ui.cameras.states import LiveStates

_NOWHERE = QModelIndex()


class ResultsModel(QAbstractListModel):
    def __init__(self, states: LiveStates, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states = states
        self._cameras: tuple[Camera, ...] = ()
        self._rows: dict[CameraId, int] = {}
        disconnect = states.changed.connect(self._state_changed)
        self.destroyed.connect(disconnect)

    def load(self, cameras: Sequence[Camera]) -> None:
        self.beginResetModel()
        self._cameras = tuple(cameras)
        self._rows = {camera.id: row for row, camera in enumerate(self._cameras)}
        self.endResetModel()

    def camera(self, index: Index) -> Camera | None:
        return self._cameras[index.row()] if index.isValid() else None

    def cameras_under(self, index: Index) -> tuple[Camera, ...]:
        camera = self.camera(index)
        return () if camera is None else (camera,)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cameras)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        camera = self.camera(index)
        return None if camera is None else roles.camera_data(camera, self._states, role)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return roles.CAMERA_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _state_changed(self, camera: CameraId) -> None:
        if (row := self._rows.get(camera)) is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)
