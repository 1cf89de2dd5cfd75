"""Tours: which cameras or walls, in which order, for how long."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from app.domain import hangul
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.names import given
from app.domain.tour import CameraStop, Stop, Tour, TourId, WallStop
from app.domain.wall import WallId
from ui.shell.desk import Desk
from ui.shell.tour_form import TourForm
from ui.translations import words


class TourEditor(QDialog):
    """Open it with `open()`. Nothing is kept until it is saved."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._tours = desk.console.tours
        self._present: TourId | None = None
        self.form = TourForm(desk.theme, self.stop_words)
        self.form.dwell.setValue(desk.console.preferences.values.dwell_seconds)
        self.form.put_into(self)
        self._connect()
        self._disconnect = self._tours.changed.connect(lambda _: self._follow_saved())
        self.destroyed.connect(self._disconnect)
        self.retranslate()
        self._follow_saved()
        self.new()

    def _connect(self) -> None:
        form = self.form
        form.saved.currentRowChanged.connect(self._choose)
        form.new.clicked.connect(self.new)
        form.delete.clicked.connect(self.drop)
        form.undo.clicked.connect(lambda: self._go_back(self._tours.undo(), "undo tour"))
        form.redo.clicked.connect(lambda: self._go_back(self._tours.redo(), "redo tour"))
        form.of_walls.toggled.connect(self._kind_changed)
        form.search.query_changed.connect(self._find)
        form.search.returnPressed.connect(self.add_found)
        form.found.itemActivated.connect(lambda _item: self.add_found())
        form.stops.cameras_dropped.connect(self._add_cameras)
        form.stops.edited.connect(self._check)
        form.stops.currentRowChanged.connect(lambda _row: self._show_dwell())
        form.dwell.valueChanged.connect(lambda seconds: form.stops.set_dwell(float(seconds)))
        form.remove.clicked.connect(form.stops.remove_selected)
        form.name.textChanged.connect(self._check)
        form.cancel.clicked.connect(self.reject)
        form.save.clicked.connect(self.save)

    # the list of tours

    def _follow_saved(self) -> None:
        self.form.show_saved(self._tours.saved(), self._present)
        undo, redo = self._tours.undo_label, self._tours.redo_label
        self.form.show_undo(words(undo) if undo else "", words(redo) if redo else "")
        self._check()

    def _go_back(self, step: Coroutine[Any, Any, None], name: str) -> None:
        """What was being edited is left: it may be of a tour that is gone now."""
        self.new()
        self._desk.attempt(step, name)

    def _choose(self, row: int) -> None:
        saved = self._tours.saved()
        if 0 <= row < len(saved):
            self._show(saved[row])

    def new(self) -> None:
        """An empty form."""
        self._present = None
        self.form.show_saved(self._tours.saved(), None)
        with QSignalBlocker(self.form.name):
            self.form.name.clear()
        self.form.stops.show_stops(())
        self.form.name.setFocus()
        self._find()

    def _show(self, tour: Tour) -> None:
        self._present = tour.id
        form = self.form
        with QSignalBlocker(form.of_walls), QSignalBlocker(form.name):
            form.of_walls.setChecked(tour.of_walls)
            form.of_cameras.setChecked(not tour.of_walls)
            form.name.setText(tour.name)
        form.only_live.setChecked(tour.only_live)
        form.stops.show_stops(tour.stops)
        form.stops.setCurrentRow(0)
        self._find()

    def drop(self) -> None:
        if self._present is not None:
            self._desk.attempt(self._tours.delete(self._present), "delete tour")
            self.new()

    # its stops

    def stop_words(self, stop: Stop) -> str:
        seconds = self.tr("{seconds} s").format(seconds=f"{stop.dwell_seconds:g}")
        if isinstance(stop, WallStop):
            wall = self._desk.console.walls.find(stop.wall)
            name = wall.name if wall is not None else self.tr("deleted wall")
        else:
            camera = self._desk.console.catalog.get(stop.camera)
            name = f"{camera.number}  {camera.name}" if camera is not None else str(stop.camera)
        return f"{name}   ·   {seconds}"

    def _kind_changed(self) -> None:
        self.form.stops.show_stops(())
        self._find()

    def _find(self) -> None:
        """What could be added: cameras by search, walls by name."""
        text, console = self.form.search.query, self._desk.console
        if self.form.of_walls.isChecked():
            wanted = text.strip()
            walls = [
                wall
                for wall in console.walls.saved()
                if not wanted or hangul.matches(wanted, wall.name)
            ]
            self.form.show_found([(w.name, w.id) for w in walls])
        else:
            cameras = (
                console.catalog.search(text) if text.strip() else console.catalog.cameras[:200]
            )
            self.form.show_found([(f"{c.number}  {c.name}", c.id) for c in cameras])

    def add_found(self) -> None:
        chosen = self.form.chosen()
        if self.form.of_walls.isChecked():
            seconds = float(self.form.dwell.value())
            self.form.stops.add([WallStop(WallId(wall), seconds) for wall in chosen])
        else:
            self._add_cameras([CameraId(camera) for camera in chosen])

    def _add_cameras(self, cameras: list[CameraId]) -> None:
        if not self.form.of_walls.isChecked():
            seconds = float(self.form.dwell.value())
            self.form.stops.add([CameraStop(camera, seconds) for camera in cameras])

    def _show_dwell(self) -> None:
        row = self.form.stops.currentRow()
        if 0 <= row < len(self.form.stops.stops):
            with QSignalBlocker(self.form.dwell):
                self.form.dwell.setValue(round(self.form.stops.stops[row].dwell_seconds))

    # saving

    def _tour(self) -> Tour:
        """Raises `BadInput` with what is missing."""
        name, _ = given(self.form.name.text(), ())
        tour_id = self._present or self._tours.new_id()
        return Tour(tour_id, name, self.form.stops.stops, only_live=self.form.only_live.isChecked())

    def _check(self) -> None:
        try:
            self._tour()
        except BadInput as problem:
            self.form.problem.setText(words(problem.text))
            self.form.save.setEnabled(False)
        else:
            self.form.problem.clear()
            self.form.save.setEnabled(True)
        self.form.delete.setEnabled(self._present is not None)

    def save(self) -> None:
        tour = self._tour()
        self._present = tour.id

        async def keep() -> None:
            await self._tours.save(tour)
            self._desk.notices.done(lambda: self.tr("Saved: {name}").format(name=tour.name))

        self._desk.attempt(keep(), "save tour")

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Tours"))
        self.form.retranslate()
        self._check()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
