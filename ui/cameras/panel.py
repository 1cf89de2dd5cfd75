"""The camera list: search above, tree or results below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.camera import Camera, CameraId
from app.services.catalog import Catalog
from ui import icons
from ui.cameras.details import CameraDetails
from ui.cameras.empty import EmptyState
from ui.cameras.model import CameraTreeModel
from ui.cameras.results import ResultsModel
from ui.cameras.search_field import SearchField
from ui.cameras.states import LiveStates, Truths
from ui.cameras.toggle import NotLiveToggle
from ui.cameras.unfold import opened, unfold
from ui.cameras.view import CameraView
from ui.theme import Theme
from ui.widgets.forms import count_form

# More than an operator reads; the next letter narrows it down.
MOST_RESULTS = 200


class CameraPanel(QWidget):
    """`camera_chosen` (id): show it in the focused tile; `cameras_chosen` (ids): from there on.

    `restrict_wanted` (ids, minutes): for so long only supervisors see them; 0: everybody again.
    `mask_wanted` (id): what nobody may see of its picture is to be drawn.
    `left`: the operator is done here; the keyboard goes back to the wall.
    """

    camera_chosen = Signal(str)
    cameras_chosen = Signal(list)
    restrict_wanted = Signal(list, int)
    mask_wanted = Signal(str)
    left = Signal()

    def __init__(
        self, catalog: Catalog, streams: Truths, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("cameraPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._catalog, self._theme = catalog, theme
        self.may_restrict: Callable[[], bool] = _nobody
        self._states = LiveStates(streams)
        self._tree_model = CameraTreeModel(self._states, self)
        self._results_model = ResultsModel(self._states, self)
        self.search = SearchField(theme)
        self.count = QLabel()
        self.count.setProperty("role", "secondary")
        self.not_live = NotLiveToggle(theme)
        self.tree = CameraView(self._tree_model, theme)
        self.results = CameraView(self._results_model, theme)
        self.empty = EmptyState()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._catalog_changed(None)

    def focus_search(self) -> None:
        """Puts the keyboard into the search, what is there selected to be typed over."""
        self.search.setFocus()
        self.search.selectAll()

    def reveal(self, camera: CameraId) -> None:
        """Opens the tree down to a camera and selects it."""
        self.search.clear()
        self.not_live.setChecked(False)
        self.tree.setCurrentIndex(self._tree_model.index_of(camera))

    def retranslate(self) -> None:
        self.tree.setAccessibleName(self.tr("Cameras by site and purpose"))
        self.results.setAccessibleName(self.tr("Cameras found"))
        self._say()
        self.tree.viewport().update()
        self.results.viewport().update()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.addWidget(self.count, stretch=1)
        head.addWidget(self.not_live)
        field = QHBoxLayout()
        field.setContentsMargins(8, 8, 8, 4)
        field.addWidget(self.search)
        for page in (self.tree, self.results, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(field)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(self._pages, stretch=1)

    def _connect(self) -> None:
        search = self.search
        search.query_changed.connect(self._refresh)
        search.entered.connect(self._enter)
        search.moved.connect(self._move)
        search.left.connect(self.left)
        self.not_live.toggled.connect(self._refresh)
        for view in (self.tree, self.results):
            view.chosen.connect(self.camera_chosen)
            view.typed.connect(self._type)
            view.left_at_top.connect(self.focus_search)
            view.customContextMenuRequested.connect(self._menu)
        self._theme.changed.connect(self._restyle)
        states, heard = self._states, self._states.changed.connect(self._state_changed)
        loaded = self._catalog.changed.connect(self._catalog_changed)

        def release() -> None:
            for let_go in (loaded, heard, states.close):
                let_go()

        self.destroyed.connect(release)

    def _catalog_changed(self, _: None) -> None:
        before = opened(self.tree, self._tree_model)
        self._tree_model.load(self._catalog.tree(), self._catalog.places())
        unfold(self.tree, self._tree_model, before, len(self._catalog.cameras))
        self._refresh()

    def _refresh(self) -> None:
        if self.search.query.strip():
            self._results_model.load(self._catalog.search(self.search.query, MOST_RESULTS))
            self.results.move_current(0)
        elif self.not_live.isChecked():
            found = map(self._catalog.get, self._states.not_live_cameras())
            cameras = sorted(filter(None, found), key=lambda camera: camera.number)
            self._results_model.load(cameras)
        self._say()

    def _searching(self) -> bool:
        return bool(self.search.query.strip()) or self.not_live.isChecked()

    def _say(self) -> None:
        """Chooses what is on screen, and the words for it."""
        total, found = len(self._catalog.cameras), self._results_model.rowCount()
        self.not_live.count(self._tree_model.not_live)
        if not total:
            title = self.tr("No camera list is open")
            hint = self.tr("Start with --cameras and a CSV or JSON list, or with --demo")
        elif self.search.query.strip():
            title = self.tr("No camera matches “{query}”").format(query=self.search.query.strip())
            hint = self.tr("Try a part of the name or address, a number, or initial consonants")
        else:
            title, hint = self.tr("Every camera shown is live"), ""
        self.empty.say(title, hint)
        searching = self._searching()
        page = self.results if searching else self.tree
        nothing = not total or (searching and not found)
        self._pages.setCurrentWidget(self.empty if nothing else page)
        self.count.setText(self._count_words(total, found) if total else "")

    def _count_words(self, total: int, found: int) -> str:
        if not self._searching():
            return self.tr("{count} cameras").format(count=count_form(total))
        if not found:
            return ""
        if found == MOST_RESULTS:
            return self.tr("The best {count} are shown").format(count=found)
        return self.tr("{count} found").format(count=count_form(found))

    def _state_changed(self, _: CameraId) -> None:
        if self.not_live.isChecked() and not self.search.query.strip():
            self._refresh()
        else:
            self.not_live.count(self._tree_model.not_live)

    def _enter(self) -> None:
        if self._pages.currentWidget() is self.results:
            camera = self._results_model.camera(self.results.currentIndex())
            if camera is not None:
                self.camera_chosen.emit(camera.id)

    def _move(self, rows: int) -> None:
        if self._pages.currentWidget() is self.results:
            self.results.move_current(rows)
        elif self._pages.currentWidget() is self.tree and rows > 0:
            self.tree.setFocus()
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self._tree_model.index(0, 0))

    def _type(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _menu(self, at: QPoint) -> None:
        view = self.sender()
        if not isinstance(view, CameraView) or not (cameras := view.selected()):
            return
        menu = self.menu_for(cameras)
        menu.popup(view.viewport().mapToGlobal(at))

    def menu_for(self, cameras: list[Camera]) -> QMenu:
        """What can be done with these cameras (at least one)."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        first, ids = cameras[0], [camera.id for camera in cameras]
        if len(cameras) == 1:
            show = menu.addAction(self.tr("Show in the focused tile"))
            show.triggered.connect(lambda: self.camera_chosen.emit(first.id))
            details = menu.addAction(icons.icon(self._theme, "details"), self.tr("Details…"))
            details.triggered.connect(lambda: self._show_details(first))
        else:
            words = self.tr("Show {count} cameras from the focused tile on")
            show = menu.addAction(words.format(count=count_form(len(cameras))))
            show.triggered.connect(lambda: self.cameras_chosen.emit(ids))
        show.setIcon(icons.icon(self._theme, "enlarge"))
        if self.may_restrict():
            self._add_restrictions(menu, cameras)
        return menu

    def _add_restrictions(self, menu: QMenu, cameras: list[Camera]) -> None:
        ids = [camera.id for camera in cameras]
        menu.addSeparator()
        if len(cameras) == 1:
            mask = menu.addAction(self.tr("Masks…"))
            mask.triggered.connect(lambda: self.mask_wanted.emit(ids[0]))
        inner = menu.addMenu(self.tr("For supervisors only"))
        for minutes, words in (
            (30, self.tr("for 30 minutes…")),
            (240, self.tr("for 4 hours…")),
            (1_440, self.tr("for a day…")),
            (10_080, self.tr("for a week…")),
        ):
            inner.addAction(words).triggered.connect(partial(self._restrict_wanted, ids, minutes))
        if any(camera.restricted_until is not None for camera in cameras):
            lift = menu.addAction(self.tr("Show it to everybody again"))
            lift.triggered.connect(partial(self._restrict_wanted, ids, 0))

    def _restrict_wanted(self, ids: list[CameraId], minutes: int, _checked: object = None) -> None:
        self.restrict_wanted.emit(ids, minutes)

    def _show_details(self, camera: Camera) -> None:
        CameraDetails(camera, self._states.of(camera.id), self).open()

    def _restyle(self) -> None:
        self.tree.doItemsLayout()
        self.results.doItemsLayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _nobody() -> bool:
    return False
