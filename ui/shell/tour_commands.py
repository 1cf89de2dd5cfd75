"""Starting, pausing and editing tours from one window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.errors import Failure
from app.domain.tour import Tour
from app.services.tours import TourPlace
from ui.actions import ActionSet
from ui.shell.desk import Desk
from ui.shell.tour_editor import TourEditor
from ui.wall.view import WallView


class TourCommands(QObject):
    def __init__(self, desk: Desk, view: WallView, actions: ActionSet) -> None:
        super().__init__(view)
        self._desk = desk
        self._tours = desk.console.tours
        self._view = view
        actions.bind("tour.start", self.start_or_stop)
        actions.bind("tour.pause", view.pause_tour)
        actions.bind("tour.edit", self.edit)

    def start_or_stop(self) -> None:
        """Ends the tour of walls that runs here; else asks which tour to start."""
        if self._tours.run_at(TourPlace(self._view.window_id)) is not None:
            self._tours.end_walls(self._view.window_id)
            return
        saved = self._tours.saved()
        if not saved:
            self.edit()
            return
        self.menu(saved).popup(self._view.mapToGlobal(self._view.rect().center()))

    def menu(self, saved: list[Tour]) -> QMenu:
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        for tour in saved:
            kind = self.tr("walls") if tour.of_walls else self.tr("cameras")
            entry = QAction(f"{tour.name}  ·  {len(tour.stops)} {kind}", menu)
            entry.triggered.connect(lambda _=False, tour=tour: self.start(tour))
            menu.addAction(entry)
        menu.addSeparator()
        change = QAction(self.tr("Edit tours…"), menu)
        change.triggered.connect(self.edit)
        menu.addAction(change)
        return menu

    def start(self, tour: Tour) -> None:
        """Cameras in the focused tile, walls on the whole window."""
        if not tour.of_walls:
            self._view.put_tour(tour.id)
            return
        try:
            self._tours.start_walls(self._view.window_id, tour.id)
        except Failure as failure:
            self._desk.notices.failed(failure.text)

    def edit(self) -> None:
        TourEditor(self._desk, self._view.window()).open()
