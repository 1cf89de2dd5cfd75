"""The saved walls: find, load, rename, delete."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain import hangul
from app.domain.errors import Failure
from app.domain.wall import WallId, WindowId
from app.domain.wall_set import SavedWall
from ui import icons
from ui.action_list import SAVED_WALL_KEYS
from ui.shell.desk import Desk
from ui.widgets import layout_picture
from ui.widgets.composed_field import ComposedField
from ui.widgets.hint import set_hint
from ui.widgets.name_dialog import NameDialog

_ID = Qt.ItemDataRole.UserRole


class WallShelf(QDialog):
    """Open it with `open()`. Deleting asks nothing: undo brings the wall back."""

    def __init__(self, desk: Desk, window: WindowId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._walls = desk.console.walls
        self._window = window
        self.search = ComposedField()
        self.search.setClearButtonEnabled(True)
        self.search.query_changed.connect(self.follow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setIconSize(QSize(desk.theme.px(42), desk.theme.px(26)))
        self.list.itemActivated.connect(lambda _item: self.load())
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.empty = QLabel()
        self.empty.setProperty("role", "secondary")
        self.empty.setWordWrap(True)
        self.rename, self.delete, self.cancel, self.loading = (QPushButton() for _ in range(4))
        self._arrange()
        self._disconnect = self._walls.saved_changed.connect(lambda _: self.follow())
        self.destroyed.connect(self._disconnect)
        self.retranslate()
        self.search.setFocus()

    def _arrange(self) -> None:
        self.rename.setIcon(icons.icon(self._desk.theme, "rename"))
        self.delete.setIcon(icons.icon(self._desk.theme, "delete"))
        self.loading.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.loading.setDefault(True)
        for button, handler in (
            (self.rename, self.ask_name),
            (self.delete, self.drop),
            (self.cancel, self.reject),
            (self.loading, self.load),
        ):
            button.clicked.connect(handler)
        foot = QHBoxLayout()
        foot.addWidget(self.rename)
        foot.addWidget(self.delete)
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.loading)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        box.addWidget(self.empty)
        box.addLayout(foot)
        self.resize(self._desk.theme.px(520), self._desk.theme.px(480))

    @property
    def chosen(self) -> WallId | None:
        item: QListWidgetItem | None = self.list.currentItem()
        return WallId(str(item.data(_ID))) if item else None

    def follow(self) -> None:
        """The saved walls whose names hold what was typed, be it initial consonants."""
        before = self.chosen
        self.list.clear()
        wanted = self.search.query.strip()
        for place, saved in enumerate(self._walls.saved(), start=1):
            if not wanted or hangul.matches(wanted, saved.name):
                self._add(saved, place)
                if saved.id == before:
                    self.list.setCurrentRow(self.list.count() - 1)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        nothing = self.list.count() == 0
        self.list.setVisible(not nothing)
        self.empty.setVisible(nothing)
        self._enable()

    def _add(self, saved: SavedWall, place: int) -> None:
        wall = self._walls.find(saved.id)
        key = f"   Alt+{place}" if place in SAVED_WALL_KEYS else ""
        about = self.tr("Layout {layout} · {count} cameras").format(
            layout=saved.layout, count=len(saved.cameras)
        )
        item = QListWidgetItem(f"{saved.name}\n{about}{key}")
        item.setData(_ID, saved.id)
        item.setSizeHint(QSize(0, self._desk.theme.px(46)))
        if wall is not None:
            item.setIcon(layout_picture.icon(self._desk.theme, wall.layout))
        self.list.addItem(item)

    def _enable(self) -> None:
        for button in (self.rename, self.delete, self.loading):
            button.setEnabled(self.chosen is not None)

    def load(self) -> None:
        if self.chosen is None:
            return
        try:
            self._walls.load(self._window, self.chosen)
        except Failure as failure:
            self._desk.notices.failed(failure.text)
        self.accept()

    def drop(self) -> None:
        if self.chosen is not None:
            self._desk.attempt(self._walls.delete(self.chosen), "delete wall")

    def ask_name(self) -> None:
        wall = None if self.chosen is None else self._walls.find(self.chosen)
        if wall is None:
            return

        def rename(name: str) -> None:
            self._desk.attempt(self._walls.rename(wall.id, name), "rename wall")

        NameDialog(self.tr("Rename"), self.tr("Rename"), wall.name, rename, self).open()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Saved walls"))
        set_hint(self.search, self.tr("Find a wall"))
        self.list.setAccessibleName(self.tr("Saved walls"))
        self.empty.setText(self.tr("No saved wall has this name. Save one with Ctrl+S."))
        self.rename.setText(self.tr("Rename"))
        self.delete.setText(self.tr("Delete"))
        self.cancel.setText(self.tr("Close"))
        self.loading.setText(self.tr("Show"))
        self.follow()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Arrows in the search move through the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
        self.list.setCurrentRow(row)
        return True

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
