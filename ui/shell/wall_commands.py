"""What an operator can do with the wall of one window, bound to that window's actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMenu

from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.layout import Layout, layout_named
from app.domain.text import Text
from app.services.wall_edits import Edits
from ui.action_list import KEYED_LAYOUTS, SAVED_WALL_KEYS
from ui.actions import ActionSet
from ui.shell.desk import Desk
from ui.shell.tour_commands import TourCommands
from ui.shell.wall_shelf import WallShelf
from ui.translations import words
from ui.wall.layout_bar import LayoutBar
from ui.wall.layout_editor import LayoutEditor
from ui.wall.view import WallView
from ui.widgets.name_dialog import NameDialog

# The order of the menu that a right click opens; "" is a line.
MENU = (
    "tile.enlarge", "tile.restore", "zoom.reset", "tile.details", "",
    "tile.snapshot", "tile.replay", "incident.new", "",
    "tile.clear", "hot_spot.toggle", "tour.start", "tour.pause", "",
    "layout.choose", "wall.open", "wall.save", "wall.save_as", "tour.edit", "",
    "wall.hub", "wall.own", "",
    "wall.undo", "wall.redo", "",
    "window.new", "window.full_screen", "window.close",
)  # fmt: skip

NOT_MARKED = Text("사건이 보이는 타일이 없습니다.", "No tile sees an open incident.")


class WallCommands(QObject):
    """Binds every action of the wall; also the context menu and what the wall asks for."""

    def __init__(self, desk: Desk, view: WallView, actions: ActionSet) -> None:
        super().__init__(view)
        self._desk = desk
        self._walls = desk.console.walls
        self._view = view
        self._actions = actions
        self._edits = Edits(self._walls, view.window_id, desk.console.catalog.get)
        self.tours = TourCommands(desk, view, actions)
        self._bind_tiles()
        self._bind_walls()
        view.set_menu(self.menu)
        view.message.connect(self._tell)
        view.snapshot_requested.connect(self.snapshot)
        self._disconnect = self._walls.history_changed.connect(lambda _: self._follow_history())
        self._follow_history()

    def next_marked(self) -> None:
        if not self._view.next_marked():
            self._tell(NOT_MARKED)

    def close(self) -> None:
        """The window is gone."""
        self._disconnect()

    def menu(self) -> QMenu:
        menu = self._actions.menu(*MENU, parent=self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _bind_tiles(self) -> None:
        view = self._view
        handlers: dict[str, Callable[[], object]] = {
            "tile.enlarge": view.toggle_enlarged,
            "tile.restore": view.restore,
            "tile.clear": view.clear,
            "tile.snapshot": view.snapshot,
            "tile.replay": view.replay,
            "tile.details": view.toggle_details,
            "zoom.in": view.zoom_in,
            "zoom.out": view.zoom_out,
            "zoom.reset": view.zoom_reset,
            "hot_spot.toggle": view.toggle_hot_spot,
            "marker.next": self.next_marked,
        }
        for name, handler in handlers.items():
            self._actions.bind(name, handler)

    def _bind_walls(self) -> None:
        bind = self._actions.bind
        bind("layout.choose", self.choose_layout)
        for name in KEYED_LAYOUTS:
            bind(f"layout.{name}", partial(self._apply_named, name))
        bind("layout.edit", self.draw_layout)
        bind("wall.save", self.save)
        bind("wall.save_as", self.save_as)
        bind("wall.open", self.open_shelf)
        for key in SAVED_WALL_KEYS:
            bind(f"wall.saved.{key}", partial(self.load_saved, key))
        bind("wall.undo", self.undo)
        bind("wall.redo", self.redo)
        bind("window.new", self.new_window)

    # layouts

    def choose_layout(self) -> None:
        view, walls = self._view, self._walls
        bar = LayoutBar(walls.layouts(), walls.wall(view.window_id).layout, self._desk.theme)
        bar.setParent(view, bar.windowFlags())
        bar.chosen.connect(self.apply_layout)
        bar.delete_requested.connect(self._drop_layout)
        bar.draw_requested.connect(self.draw_layout)
        bar.adjustSize()
        middle = view.rect().center() - bar.rect().center()
        bar.popup(view.mapToGlobal(middle))

    def apply_layout(self, layout: Layout) -> None:
        told = self._edits.lay_out(layout)
        if told is not None:
            self._tell(told)

    def _apply_named(self, name: str) -> None:
        self.apply_layout(layout_named(name))

    def draw_layout(self) -> None:
        present = self._walls.wall(self._view.window_id).layout
        editor = LayoutEditor(present, self._desk.theme, self._view.window())
        editor.drawn.connect(self._keep_layout)
        self._open(editor)

    def _keep_layout(self, layout: Layout) -> None:
        def keep() -> None:
            self.apply_layout(self._walls.keep_layout(layout))

        self._try(keep)

    def _drop_layout(self, name: str) -> None:
        self._walls.drop_layout(name)

    # saved walls

    def save(self) -> None:
        """Over itself if it has been saved, else under a new name."""
        wall = self._walls.own_wall(self._view.window_id)
        saved = self._walls.find(wall.id)
        if saved is None:
            self.save_as()
        else:
            self._save(saved.name)

    def save_as(self) -> None:
        name = self._walls.wall(self._view.window_id).name
        title = self.tr("Save the wall")
        self._open(NameDialog(title, self.tr("Save"), name, self._save, self._view.window()))

    def _save(self, name: str) -> None:
        async def save() -> None:
            await self._walls.save(self._view.window_id, name)
            self._desk.notices.done(lambda: self.tr("Saved: {name}").format(name=name))

        self._desk.attempt(save(), "save wall")

    def open_shelf(self) -> None:
        self._open(WallShelf(self._desk, self._view.window_id, self._view.window()))

    def load_saved(self, key: int) -> None:
        """The saved wall at that place of the list, counted from one."""
        saved = self._walls.saved()
        if key > len(saved):
            self._desk.notices.done(
                lambda: self.tr("There is no saved wall {number}.").format(number=key)
            )
            return
        self._try(lambda: self._walls.load(self._view.window_id, saved[key - 1].id))

    # undo

    def undo(self) -> None:
        label = self._walls.undo()
        if label is not None:
            self._desk.notices.done(lambda: self.tr("Undone: {what}").format(what=words(label)))

    def redo(self) -> None:
        label = self._walls.redo()
        if label is not None:
            self._desk.notices.done(lambda: self.tr("Done again: {what}").format(what=words(label)))

    def _follow_history(self) -> None:
        self._actions["wall.undo"].setEnabled(self._walls.can_undo)
        self._actions["wall.redo"].setEnabled(self._walls.can_redo)

    # windows and pictures

    def new_window(self) -> None:
        self._try(self._walls.open_window)

    def snapshot(self, camera_id: CameraId) -> None:
        console, desk = self._desk.console, self._desk
        camera = console.catalog.get(camera_id)
        if camera is None:
            return
        truth = console.streams.truth(camera_id)

        async def take() -> None:
            file = await console.snapshots.take(camera, truth, desk.operator, desk.stills_folder())
            desk.notices.done(lambda: self.tr("Snapshot saved: {file}").format(file=file))

        desk.attempt(take(), "snapshot")

    # inside

    def _tell(self, text: Text) -> None:
        self._desk.notices.done(text)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Failure as failure:
            self._desk.notices.failed(failure.text)

    def _open(self, dialog: QDialog) -> None:
        dialog.open()
