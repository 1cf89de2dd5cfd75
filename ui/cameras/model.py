"""Sites, purposes and cameras as a tree that stays quick with 100,000 rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from typing_extensions import override

from app.domain.camera import Camera, CameraId
from app.domain.camera_tree import PurposeGroup, SiteGroup
from ui.cameras import roles, words
from ui.cameras.roles import GroupRow, Index
from ui.cameras.states import LiveStates, is_not_live

# What an index refers to is told by its id alone, so that Python keeps no object per row:
# 0 for a site, 2·site+1 for a purpose, 2·(place of the purpose among all)+2 for a camera.
_SITE = 0
_NOWHERE = QModelIndex()


class CameraTreeModel(QAbstractItemModel):
    """`load` replaces the tree; a change of a camera's state repaints its row and no other."""

    def __init__(self, states: LiveStates, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states = states
        self._sites: tuple[SiteGroup, ...] = ()
        self._purposes: list[tuple[int, int, PurposeGroup]] = []
        self._first_purpose: list[int] = []
        self._places: Mapping[CameraId, tuple[int, int]] = {}
        self._not_live: Counter[int] = Counter()
        self._told: set[CameraId] = set()
        disconnect = states.changed.connect(self._state_changed)
        self.destroyed.connect(disconnect)

    def load(self, sites: Sequence[SiteGroup], places: Mapping[CameraId, tuple[int, int]]) -> None:
        """`places`: of `camera_tree.places`, made where it keeps nobody waiting."""
        self.beginResetModel()
        self._sites = tuple(sites)
        self._purposes, self._first_purpose = [], []
        for number, site in enumerate(self._sites):
            self._first_purpose.append(len(self._purposes))
            self._purposes += [(number, row, group) for row, group in enumerate(site.purposes)]
        self._places = places
        self._told = {c for c in self._states.not_live_cameras() if c in self._places}
        self._not_live = Counter(self._places[camera][0] for camera in self._told)
        self.endResetModel()

    @property
    def not_live(self) -> int:
        """How many cameras of the list should be live and are not."""
        return len(self._told)

    def camera(self, index: Index) -> Camera | None:
        """The camera of a row; None for a site or a purpose."""
        if not index.isValid() or index.internalId() == _SITE or index.internalId() % 2:
            return None
        return self._purposes[index.internalId() // 2 - 1][2].cameras[index.row()]

    def index_of(self, camera: CameraId) -> QModelIndex:
        place = self._places.get(camera)
        if place is None:
            return QModelIndex()
        return self.createIndex(place[1], 0, 2 * place[0] + 2)

    def cameras_under(self, index: Index) -> tuple[Camera, ...]:
        """The camera itself, or all of a purpose, or all of a site."""
        if not index.isValid():
            return ()
        if (camera := self.camera(index)) is not None:
            return (camera,)
        if index.internalId() == _SITE:
            return tuple(c for group in self._sites[index.row()].purposes for c in group.cameras)
        return self._sites[index.internalId() // 2].purposes[index.row()].cameras

    @override
    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, _SITE)
        if parent.internalId() == _SITE:
            return self.createIndex(row, 0, 2 * parent.row() + 1)
        flat = self._first_purpose[parent.internalId() // 2] + parent.row()
        return self.createIndex(row, 0, 2 * flat + 2)

    @overload
    def parent(self, /) -> QObject | None: ...

    @overload
    def parent(self, index: Index, /) -> QModelIndex: ...

    @override
    def parent(self, index: Index | None = None, /) -> QObject | QModelIndex | None:
        if index is None:
            return super().parent()
        kind = index.internalId() if index.isValid() else _SITE
        if kind == _SITE:
            return QModelIndex()
        if kind % 2:
            return self.createIndex(kind // 2, 0, _SITE)
        return self._purpose_index(kind // 2 - 1)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._sites)
        if parent.column() != 0:
            return 0
        if parent.internalId() == _SITE:
            return len(self._sites[parent.row()].purposes)
        if parent.internalId() % 2:
            return len(self._sites[parent.internalId() // 2].purposes[parent.row()].cameras)
        return 0

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if (camera := self.camera(index)) is not None:
            return roles.camera_data(camera, self._states, role)
        return roles.group_data(self._group(index), role)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_camera = index.internalId() != _SITE and index.internalId() % 2 == 0
        return roles.CAMERA_FLAGS if is_camera else roles.GROUP_FLAGS

    def _group(self, index: Index) -> GroupRow:
        if index.internalId() == _SITE:
            site = self._sites[index.row()]
            first = self._first_purpose[index.row()]
            not_live = sum(self._not_live[first + row] for row in range(len(site.purposes)))
            return GroupRow(words.site_words(site.name), site.count, not_live, is_site=True)
        flat = self._first_purpose[index.internalId() // 2] + index.row()
        group = self._purposes[flat][2]
        name = words.purpose_words(group.name)
        return GroupRow(name, len(group.cameras), self._not_live[flat], is_site=False)

    def _purpose_index(self, flat: int) -> QModelIndex:
        site, row, _ = self._purposes[flat]
        return self.createIndex(row, 0, 2 * site + 1)

    def _state_changed(self, camera: CameraId) -> None:
        place = self._places.get(camera)
        if place is None:
            return
        self._repaint(self.createIndex(place[1], 0, 2 * place[0] + 2))
        counted = camera in self._told
        if counted is not is_not_live(self._states.of(camera)):
            self._told ^= {camera}
            self._not_live[place[0]] += -1 if counted else 1
            purpose = self._purpose_index(place[0])
            self._repaint(purpose)
            self._repaint(purpose.parent())

    def _repaint(self, index: QModelIndex) -> None:
        self.dataChanged.emit(index, index)
