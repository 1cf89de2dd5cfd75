"""What the models of the camera list tell their delegate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from app.domain.camera import Camera
from app.domain.tile import TileState
from ui.cameras import words
from ui.cameras.states import LiveStates

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class CameraRow:
    camera: Camera
    state: TileState


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A site or a purpose; `not_live` of its `count` cameras should be live and are not."""

    name: str
    count: int
    not_live: int
    is_site: bool


def camera_data(camera: Camera, states: LiveStates, role: int) -> Any:
    match role:
        case Role.ROW:
            return CameraRow(camera, states.of(camera.id))
        case Qt.ItemDataRole.DisplayRole:
            return words.camera_words(camera)
        case Qt.ItemDataRole.ToolTipRole:
            return words.tip(camera, states.of(camera.id))
        case Qt.ItemDataRole.AccessibleTextRole:
            said = words.state_words(camera, states.of(camera.id))
            return f"{words.camera_words(camera)}, {said}"
        case _:
            return None


def group_data(row: GroupRow, role: int) -> Any:
    match role:
        case Role.ROW:
            return row
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
            return row.name
        case Qt.ItemDataRole.ToolTipRole:
            return row.name
        case _:
            return None


CAMERA_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
GROUP_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
)
