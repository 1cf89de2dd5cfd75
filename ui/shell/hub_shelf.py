"""Walls at the hub: shared ones, and what is shown on another console."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
)
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW
from app.services.hub_walls import HubWall, HubWalls, Shown, as_own
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.widgets import layout_picture
from ui.widgets.ask import Ask
from ui.widgets.name_dialog import NameDialog

translate = QCoreApplication.translate
_ID = Qt.ItemDataRole.UserRole
NO_CAMERA = Text("먼저 카메라가 있는 타일을 고르세요.", "Choose a tile with a camera first.")
NO_CONSOLE = Text("로그인한 다른 콘솔이 없습니다.", "No other console is signed in.")
_OPENED = Text("허브의 영상벽 열기", "Open a wall of the hub")


class HubShelf(QDialog):
    """Open it with `open()`. Conflicts come back as acts that were not taken."""

    def __init__(self, desk: Desk, walls: HubWalls, parent: MainWindow) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._walls = desk, walls
        self.list = QListWidget()
        self.list.setIconSize(QSize(desk.theme.px(42), desk.theme.px(26)))
        self.list.itemActivated.connect(lambda _item: self.show_here())
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.empty = QLabel()
        self.empty.setProperty("role", "secondary")
        self.empty.setWordWrap(True)
        self.consoles = QComboBox()
        self.over, self.new, self.send, self.back, self.cancel, self.here, self.delete = (
            QPushButton() for _ in range(7)
        )
        self._arrange()
        self._disconnect = walls.changed.connect(lambda _: self.follow())
        self.destroyed.connect(self._disconnect)
        self.retranslate()

    def _arrange(self) -> None:
        self.here.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        for button, handler in (
            (self.over, self.save_over),
            (self.new, self.ask_name),
            (self.delete, self.drop),
            (self.send, self.send_wall),
            (self.back, self.take_back),
            (self.cancel, self.reject),
            (self.here, self.show_here),
        ):
            button.setAutoDefault(button is self.here)
            button.clicked.connect(handler)
        sending = QHBoxLayout()
        sending.addWidget(self.consoles, 1)
        sending.addWidget(self.send)
        sending.addWidget(self.back)
        foot = QHBoxLayout()
        for button in (self.new, self.over, self.delete):
            foot.addWidget(button)
        foot.addStretch()
        for button in (self.cancel, self.here):
            foot.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(self.list, 1)
        box.addWidget(self.empty)
        box.addLayout(sending)
        box.addLayout(foot)
        self.resize(self._desk.theme.px(600), self._desk.theme.px(460))

    @property
    def chosen(self) -> HubWall | None:
        item: QListWidgetItem | None = self.list.currentItem()
        wanted = str(item.data(_ID)) if item else ""
        return next((wall for wall in self._walls.all() if wall.id == wanted), None)

    def follow(self) -> None:
        before = self.chosen
        self.list.clear()
        for wall in self._walls.all():
            self._add(wall)
            if before is not None and wall.id == before.id:
                self.list.setCurrentRow(self.list.count() - 1)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.empty.setVisible(self.list.count() == 0)
        console = self.consoles.currentData()
        self.consoles.clear()
        for other in self._walls.consoles():
            self.consoles.addItem(other.words, other.id)
        self.consoles.setCurrentIndex(max(self.consoles.findData(console), 0))
        self._enable()

    def _add(self, wall: HubWall) -> None:
        whose = self.tr("shared") if wall.shared else self.tr("your own")
        about = self.tr("Layout {layout} · {whose}").format(
            layout=wall.wall.layout.name, whose=whose
        )
        item = QListWidgetItem(f"{wall.name}\n{about}")
        item.setData(_ID, wall.id)
        item.setSizeHint(QSize(0, self._desk.theme.px(46)))
        item.setIcon(layout_picture.icon(self._desk.theme, wall.wall.layout))
        self.list.addItem(item)

    def _enable(self) -> None:
        for button in (self.over, self.here, self.delete):
            button.setEnabled(self.chosen is not None)
        self.send.setEnabled(self.consoles.count() > 0)
        self.back.setEnabled(self._walls.sent > 0)

    # what can be done

    def show_here(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._desk.console.walls.apply(MAIN_WINDOW, as_own(chosen), _OPENED)
            self.accept()

    def save_over(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._save(chosen.name, chosen)

    def ask_name(self) -> None:
        name = self._desk.console.walls.wall(MAIN_WINDOW).name
        title = self.tr("Save at the hub")
        NameDialog(title, self.tr("Save"), name, lambda given: self._save(given, None), self).open()

    def _save(self, name: str, over: HubWall | None) -> None:
        wall = self._desk.console.walls.own_wall(MAIN_WINDOW)
        self._desk.attempt(self._walls.save(wall, name, over), "save wall at the hub")

    def send_wall(self) -> None:
        console = self.consoles.currentData()
        if console is not None:
            wall = self._desk.console.walls.wall(MAIN_WINDOW)
            self._desk.attempt(self._walls.send(wall, str(console)), "send wall")
            self.accept()

    def drop(self) -> None:
        """Everybody loses it, so it is asked for once more."""
        chosen = self.chosen
        if chosen is not None:
            question = self.tr("Delete the wall “{name}” at the hub, for everybody?")
            Ask(
                self.windowTitle(),
                question.format(name=chosen.name),
                self.tr("Delete"),
                lambda _reason: self._desk.attempt(
                    self._walls.delete(chosen), "delete wall at the hub"
                ),
                self,
            ).open()

    def take_back(self) -> None:
        self._desk.attempt(self._walls.take_back(), "take walls back")
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Walls at the hub"))
        self.list.setAccessibleName(self.windowTitle())
        self.consoles.setAccessibleName(self.tr("Console"))
        self.consoles.setPlaceholderText(self.tr("No other console is signed in"))
        self.empty.setText(self.tr("No wall lies at the hub yet."))
        self.new.setText(self.tr("Save this wall…"))
        self.over.setText(self.tr("Save over it"))
        self.send.setText(self.tr("Show this wall there"))
        self.back.setText(self.tr("Take back"))
        self.delete.setText(self.tr("Delete…"))
        self.cancel.setText(self.tr("Close"))
        self.here.setText(self.tr("Show here"))
        self.follow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class HubWallDesk(QObject):
    """Binds the walls of the hub to the main window; tells by whom one is shown here."""

    def __init__(self, desk: Desk, main: MainWindow, walls: HubWalls | None) -> None:
        super().__init__(main)
        self._desk, self._main, self._walls = desk, main, walls
        if walls is None:
            return
        actions = main.frame.actions
        actions.bind("wall.hub", lambda: HubShelf(desk, walls, main).open())
        actions.bind("wall.own", walls.dismiss)
        actions.bind("camera.send", self.send_camera)
        actions["wall.own"].setEnabled(False)
        self._disconnect = walls.shown.connect(self._shown)

    def send_camera(self) -> None:
        """Asks on which console to show the camera under the operator's hand."""
        walls, view = self._walls, self._main.view
        camera = view.focused_camera
        known = self._desk.console.catalog.get(camera) if camera is not None else None
        if walls is None or known is None:
            self._desk.notices.failed(NO_CAMERA)
            return
        if not walls.consoles():
            self._desk.notices.failed(NO_CONSOLE)
            return
        name = f"{known.number}  {known.name}"
        self.menu(walls, known.id, name).popup(view.mapToGlobal(view.rect().center()))

    def menu(self, walls: HubWalls, camera: CameraId, name: str) -> QMenu:
        menu = QMenu(self._main)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addSection(name)
        for other in walls.consoles():
            entry = menu.addAction(other.words)
            entry.triggered.connect(
                lambda _=False, to=other.id: self._desk.attempt(
                    walls.send_camera(camera, name, to), "send camera"
                )
            )
        return menu

    def end(self) -> None:
        if self._walls is not None:
            self._disconnect()

    def _shown(self, shown: Shown | None) -> None:
        self._main.frame.actions["wall.own"].setEnabled(shown is not None)
        if shown is not None:
            self._main.show_wall()
            # It stays until it is read: an operator must know whose wall this is.
            self._desk.notices.failed(lambda: shown_words(shown))


def shown_words(shown: Shown) -> str:
    return translate(
        "HubWallDesk", "{by} shows a wall here: {name}. F12 goes back to your own."
    ).format(by=shown.by, name=shown.name or "–")
