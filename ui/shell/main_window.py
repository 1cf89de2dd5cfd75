"""The main window: rail, wall, side panel, status line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW, WindowId
from ui.action_list import BY_ID
from ui.cameras.panel import CameraPanel
from ui.shell.desk import Desk
from ui.shell.loading_strip import LoadingStrip
from ui.shell.notice_stack import NoticeStack
from ui.shell.rail import Rail
from ui.shell.settings_panel import SettingsPanel
from ui.shell.side_panel import SidePanel
from ui.shell.status_line import StatusLine
from ui.shell.status_words import StatusState
from ui.shell.update_row import UpdateRow
from ui.shell.wall_frame import WallFrame
from ui.translations import words

_SECOND_MS = 1000
# Health and replay need the larger half; the wall still shows what every tile is doing.
_WALL_SHARE = 0.4
# Of the desk: the map beside the wall, and what stands below it.
_MAP_SHARE = 0.42
_DETAIL_SHARE = 0.4
# Where the map only says where it is.
_MAP_BESIDE = 0.26
_WALL = "section.wall"
_CAMERAS = "panel.cameras"
_SETTINGS = "section.settings"


class MainWindow(QWidget):
    """`quit_requested`: the operator closed it or asked to quit."""

    quit_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        console, theme = desk.console, desk.theme
        self.frame = WallFrame(desk, self, MAIN_WINDOW)
        self.view = self.frame.view
        self.cameras = CameraPanel(console.catalog, console.streams, theme)
        self.settings = SettingsPanel(console.preferences, theme)
        self.side = SidePanel(theme)
        self.status = StatusLine(theme, console.clock)
        self.loading = LoadingStrip()
        self.parts = QStackedWidget()
        self.column = QSplitter(Qt.Orientation.Vertical, self)
        self.aside, self.below = QStackedWidget(), QStackedWidget()
        self._desk_name = ""
        self._names: dict[str, QWidget] = {}
        self._page_before = ""
        self._ending = False
        self._bind()
        self.side.add(_CAMERAS, self.cameras, lambda: self.tr("Cameras"))
        self.settings.add_tools(UpdateRow(console.updates))
        self.side.add(_SETTINGS, self.settings, lambda: self.tr("Settings"))
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.notices = NoticeStack(desk.notices, theme, self, ground=self.view)
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self.follow_status)
        self._connect()
        self.resize(1440, 810)

    def begin(self, *, full_screen: bool = False, kiosk: bool = False) -> None:
        """Lays everything out that was added, and shows the window where it was."""
        self.rail = Rail(self.frame.actions, self._desk.theme)
        self._arrange()
        self.side.turn_to(_CAMERAS)
        self.retranslate()
        self.frame.begin(full_screen=full_screen, kiosk=kiosk)
        self._second.start()

    def _bind(self) -> None:
        actions = self.frame.actions
        actions.bind(_WALL, self.show_wall)
        actions.bind(_SETTINGS, lambda: self.side.toggle(_SETTINGS))
        actions.bind(_CAMERAS, lambda: self.side.toggle(_CAMERAS))
        actions.bind("camera.search", self.find_camera)
        actions.bind("program.quit", self.quit_requested.emit)

    def _connect(self) -> None:
        walls, preferences = self._desk.console.walls, self._desk.console.preferences
        self.cameras.camera_chosen.connect(lambda camera: self.call([CameraId(camera)]))
        self.cameras.cameras_chosen.connect(self.call)
        self.cameras.left.connect(self.view.setFocus)
        self.side.page_changed.connect(self._side_changed)
        self.frame.full_screen_changed.connect(self._full_screen_changed)
        self.split.splitterMoved.connect(self._panel_resized)
        disconnect = (
            walls.changed.connect(self._wall_changed),
            preferences.changed.connect(lambda _: self.follow_status()),
            self._desk.console.loaded.connect(lambda _: self.follow_status()),
        )
        self._disconnect = disconnect
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def _arrange(self) -> None:
        self.column.addWidget(self.view)
        self.column.addWidget(self.below)
        self.column.setChildrenCollapsible(False)
        self.column.setHandleWidth(1)
        self.column.setStretchFactor(0, 1)
        for widget in (self.aside, self.column, self.parts, self.side):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.indexOf(widget), int(widget is self.column))
        for hidden in (self.parts, self.aside, self.below):
            hidden.hide()
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        width = self._desk.console.preferences.values.side_panel_width
        self.split.setSizes([0, max(1, self.width() - width), 0, width])
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.split, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row, 1)
        box.addWidget(self.loading)
        box.addWidget(self.status)

    # parts

    def add_part(self, name: str, part: QWidget) -> None:
        """A part of the program that stands beside the wall: the wall is never out of sight.

        A name that is an action's is bound to it.
        """
        self._names[name] = part
        self.parts.addWidget(part)
        if name in BY_ID:
            self.frame.actions.bind(name, lambda: self.show_part(name))

    def show_wall(self) -> None:
        """The wall alone, with the keyboard."""
        self._leave_desk()
        if not self.parts.isHidden():
            whole = self.split.width()
            self.parts.hide()
            if self._page_before:
                self.side.turn_to(self._page_before)
                self._page_before = ""
                # It was squeezed to nothing by what stood in its place.
                width = self._desk.console.preferences.values.side_panel_width
                self.split.setSizes([0, max(1, whole - width), 0, width])
        self.view.setFocus()
        self._light_rail()

    def show_part(self, name: str) -> None:
        """Beside the wall, in the place of the side panel and more."""
        self._leave_desk()
        # First, so that no other part is shown for a moment and begins its work for nothing.
        self.parts.setCurrentWidget(self._names[name])
        if self.parts.isHidden():
            self._page_before = self.side.page
            self.side.hide()
            whole = self.split.width()
            self.parts.show()
            wall = round(whole * _WALL_SHARE)
            self.split.setSizes([0, wall, whole - wall, 0])
        self._names[name].setFocus()
        self._light_rail()

    def set_desk(self, name: str, aside: QWidget | None, below: QWidget) -> None:
        """What stands around the wall while an incident is worked on."""
        self._desk_name = name
        if aside is not None:
            self.aside.addWidget(aside)
        self.below.addWidget(below)

    def show_desk(self) -> None:
        """A map on the left, the wall in the middle, what is known and done below it."""
        if not self.below.count():
            return
        if not self.parts.isHidden():
            self.show_wall()
        if self.below.isHidden():
            side = self.side.width() if not self.side.isHidden() else 0
            whole = self.split.width() - side
            left = round(whole * _MAP_SHARE) if self.aside.count() else 0
            self.aside.setVisible(self.aside.count() > 0)
            self.below.show()
            self.split.setSizes([left, whole - left, 0, side])
            lower = round(self.split.height() * _DETAIL_SHARE)
            self.column.setSizes([self.split.height() - lower, lower])
        self.view.setFocus()
        self._light_rail()

    def show_beside(self, *, shown: bool) -> None:
        """The map beside the wall, with nothing below: for a room that only looks."""
        self.aside.setVisible(shown and self.aside.count() > 0)
        if shown and self.aside.count():
            side = self.side.width() if not self.side.isHidden() else 0
            whole = self.split.width() - side
            left = round(whole * _MAP_BESIDE)
            self.split.setSizes([left, whole - left, 0, side])

    def _leave_desk(self) -> None:
        self.aside.hide()
        self.below.hide()

    def find_camera(self) -> None:
        self.side.turn_to(_CAMERAS)
        self.cameras.focus_search()

    def call(self, cameras: list[CameraId]) -> None:
        """Cameras from the list go to the wall, wherever the operator was."""
        self.view.show_cameras(cameras)

    # following

    def _light_rail(self) -> None:
        part = None if self.parts.isHidden() else self.parts.currentWidget()
        wall = _WALL if self.below.isHidden() else self._desk_name
        section = next((name for name, widget in self._names.items() if widget is part), wall)
        self.rail.show_on(section, self.side.page)
        for name in (_CAMERAS, "panel.queue"):
            if name in self.frame.actions:
                self.frame.actions[name].setChecked(self.side.page == name)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Single keys belong to the part that has the keyboard: S saves a clip in the replay."""
        if new is not None and self.isAncestorOf(new):
            self.frame.actions.allow_wall_keys(allowed=not self.parts.isAncestorOf(new))

    def _side_changed(self, page: str) -> None:
        if page == _SETTINGS:
            problem = self._desk.console.awake.problem
            self.settings.set_problem("keep_awake", words(problem) if problem is not None else "")
        if not page:
            self.view.setFocus()
        self._light_rail()

    def _full_screen_changed(self, full: bool) -> None:  # noqa: FBT001 - a Qt signal
        """Only the wall on a whole screen; the keys still bring the panel."""
        self.rail.setVisible(not full)
        self.status.setVisible(not full)
        if full:
            self.show_wall()
            self._page_before = self.side.page
            self.side.hide()
        elif self._page_before:
            self.side.turn_to(self._page_before)
            self._page_before = ""
        self._light_rail()

    def _panel_resized(self) -> None:
        width = min(max(self.side.width(), 240), 960)
        self._desk.console.preferences.set("side_panel_width", width)

    def follow_status(self) -> None:
        console = self._desk.console
        history, listed = console.figures.history, console.listed
        hub = console.hub.parts if console.hub is not None else None
        self.status.render_state(
            StatusState(
                history[-1] if history else None,
                words(listed.origin) if listed is not None else "",
                console.preferences.values.operator,
                saving=console.store.saving,
                link=hub.link.link if hub is not None else None,
                waiting=hub.outbox.waiting if hub is not None else 0,
                troubled=hub.outbox.troubled if hub is not None else 0,
            )
        )

    def _wall_changed(self, window: WindowId) -> None:
        if window == MAIN_WINDOW:
            self.retranslate()

    def retranslate(self) -> None:
        wall = self._desk.console.walls.wall(MAIN_WINDOW)
        names = (wall.name, self.tr("Gwanje"), self._desk.console.config.site)
        self.setWindowTitle(" · ".join(name for name in names if name))
        self.follow_status()

    def end(self) -> None:
        """Goes for good."""
        self._ending = True
        self._second.stop()
        for disconnect in self._disconnect:
            disconnect()
        self.frame.end()
        self.close()
        self.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._ending:
            event.accept()
        else:
            event.ignore()
            self.quit_requested.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
