"""The stops of a tour in their order: dragged, moved by key, dropped from the camera list."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.tour import Stop
from ui.widgets.drag import CAMERAS_MIME

_STOP = Qt.ItemDataRole.UserRole


class StopList(QListWidget):
    """`name` gives the words of a stop.

    edited           the stops or their order changed
    cameras_dropped  list of CameraId from the camera list
    """

    edited = Signal()
    cameras_dropped = Signal(list)

    def __init__(self, name: Callable[[Stop], str]) -> None:
        super().__init__()
        self._name = name
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.model().rowsMoved.connect(lambda *_: self.edited.emit())

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(self.item(row).data(_STOP) for row in range(self.count()))

    def show_stops(self, stops: Iterable[Stop]) -> None:
        self.clear()
        for stop in stops:
            self._append(stop)
        self.edited.emit()

    def add(self, stops: Sequence[Stop]) -> None:
        """At the end; the last one becomes the current one."""
        for stop in stops:
            self._append(stop)
        self.setCurrentRow(self.count() - 1)
        self.edited.emit()

    def set_dwell(self, seconds: float) -> None:
        """Of the selected stops; of all where none is selected."""
        rows = {index.row() for index in self.selectedIndexes()} or set(range(self.count()))
        for row in rows:
            item = self.item(row)
            self._fill(item, replace(item.data(_STOP), dwell_seconds=seconds))
        self.edited.emit()

    def remove_selected(self) -> None:
        for row in sorted((index.row() for index in self.selectedIndexes()), reverse=True):
            self.takeItem(row)
        self.edited.emit()

    def move_current(self, step: int) -> None:
        row = self.currentRow()
        target = row + step
        if 0 <= row < self.count() and 0 <= target < self.count():
            item = self.takeItem(row)
            self.insertItem(target, item)
            self.setCurrentRow(target)
            self.edited.emit()

    def rename(self) -> None:
        """Asks for the words again."""
        for row in range(self.count()):
            self._fill(self.item(row), self.item(row).data(_STOP))

    def _append(self, stop: Stop) -> None:
        item = QListWidgetItem()
        self._fill(item, stop)
        self.addItem(item)

    def _fill(self, item: QListWidgetItem, stop: Stop) -> None:
        item.setData(_STOP, stop)
        item.setText(self._name(stop))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_current(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._accept(event) or super().dragEnterEvent(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept(event) or super().dragMoveEvent(event)

    def _accept(self, event: QDropEvent) -> bool:
        if event.mimeData().hasFormat(CAMERAS_MIME):
            event.acceptProposedAction()
            return True
        return False

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if not event.mimeData().hasFormat(CAMERAS_MIME):
            super().dropEvent(event)
            return
        event.acceptProposedAction()
        self.cameras_dropped.emit(_cameras(event.mimeData()))


def _cameras(data: QMimeData) -> list[CameraId]:
    """Only from this program, but a drop is input: what is no list of names is nothing."""
    try:
        found = json.loads(bytes(data.data(CAMERAS_MIME).data()))
    except ValueError:
        return []
    return (
        [CameraId(name) for name in found if isinstance(name, str)]
        if isinstance(found, list)
        else []
    )
