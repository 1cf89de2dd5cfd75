"""The fields of the tour editor; no rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.tour import MAX_DWELL, MIN_DWELL, Stop, Tour, TourId
from ui import icons
from ui.shell.stop_list import StopList
from ui.theme import Theme
from ui.widgets.composed_field import ComposedField
from ui.widgets.hint import set_hint
from ui.widgets.number_field import NumberField

translate = QCoreApplication.translate
_ID = Qt.ItemDataRole.UserRole


class TourForm:
    """Three columns: saved tours, the stops of one, what can be added."""

    def __init__(self, theme: Theme, stop_words: Callable[[Stop], str]) -> None:
        self._theme = theme
        self.saved = QListWidget()
        self.new, self.delete, self.remove, self.cancel, self.save = (
            QPushButton() for _ in range(5)
        )
        self.undo, self.redo = QPushButton(), QPushButton()
        self.name = QLineEdit()
        self.of_cameras, self.of_walls = QRadioButton(), QRadioButton()
        self.of_cameras.setChecked(True)
        self.only_live = QCheckBox()
        self.stops = StopList(stop_words)
        self.dwell = NumberField(int(MIN_DWELL), int(MAX_DWELL))
        self.search = ComposedField()
        self.search.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.problem = QLabel()
        self.problem.setProperty("role", "fault")
        self.titles = tuple(_title() for _ in range(3))
        self.dwell_label = QLabel()
        self.hint = QLabel()
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)

    def put_into(self, dialog: QWidget) -> None:
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        # Enter in the search adds a stop; it must not also save.
        for button in (
            self.new,
            self.delete,
            self.undo,
            self.redo,
            self.remove,
            self.cancel,
            self.save,
        ):
            button.setAutoDefault(False)
        for button, key, icon in (
            (self.undo, QKeySequence.StandardKey.Undo, "undo"),
            (self.redo, QKeySequence.StandardKey.Redo, "redo"),
        ):
            button.setShortcut(QKeySequence(key))
            button.setIcon(icons.icon(self._theme, icon))
        self.new.setIcon(icons.icon(self._theme, "plus"))
        self.delete.setIcon(icons.icon(self._theme, "delete"))
        self.dwell_label.setBuddy(self.dwell)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(self._saved_column(), 2)
        columns.addLayout(self._stops_column(), 3)
        columns.addLayout(self._found_column(), 3)
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box = QVBoxLayout(dialog)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addLayout(columns, 1)
        box.addLayout(foot)
        dialog.resize(self._theme.px(920), self._theme.px(560))

    def _saved_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.titles[0])
        column.addWidget(self.saved, 1)
        row = QHBoxLayout()
        row.addWidget(self.new)
        row.addWidget(self.delete)
        column.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        column.addLayout(row)
        return column

    def _stops_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.titles[1])
        column.addWidget(self.name)
        kind = QHBoxLayout()
        kind.addWidget(self.of_cameras)
        kind.addWidget(self.of_walls)
        kind.addStretch()
        column.addLayout(kind)
        column.addWidget(self.stops, 1)
        row = QHBoxLayout()
        row.addWidget(self.dwell_label)
        row.addWidget(self.dwell)
        row.addStretch()
        row.addWidget(self.remove)
        column.addLayout(row)
        column.addWidget(self.only_live)
        column.addWidget(self.hint)
        return column

    def _found_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.titles[2])
        column.addWidget(self.search)
        column.addWidget(self.found, 1)
        return column

    def show_saved(self, tours: Sequence[Tour], present: TourId | None) -> None:
        with QSignalBlocker(self.saved):
            self.saved.clear()
            for row, tour in enumerate(tours):
                self.saved.addItem(tour.name)
                if tour.id == present:
                    self.saved.setCurrentRow(row)

    def show_undo(self, undo: str, redo: str) -> None:
        """What each would do, in words; empty: nothing."""
        for button, words in ((self.undo, undo), (self.redo, redo)):
            button.setEnabled(bool(words))
            button.setToolTip(words)

    def show_found(self, candidates: Iterable[tuple[str, str]]) -> None:
        """(words, id) of what can be added."""
        self.found.clear()
        for words, identity in candidates:
            item = QListWidgetItem(words)
            item.setData(_ID, identity)
            self.found.addItem(item)

    def chosen(self) -> list[str]:
        """The ids that are selected, else the first one."""
        items = self.found.selectedItems()
        if not items and self.found.count():
            items = [self.found.item(0)]
        return [str(item.data(_ID)) for item in items]

    def retranslate(self) -> None:
        for title, words in zip(
            self.titles,
            (
                translate("TourEditor", "Tours"),
                translate("TourEditor", "Stops"),
                translate("TourEditor", "Add"),
            ),
            strict=True,
        ):
            title.setText(words)
        for title, part in zip(self.titles, (self.saved, self.stops, self.found), strict=True):
            part.setAccessibleName(title.text())
        set_hint(self.name, translate("TourEditor", "Name of the tour"))
        self.of_cameras.setText(translate("TourEditor", "Cameras in a tile"))
        self.of_walls.setText(translate("TourEditor", "Saved walls on the window"))
        self.only_live.setText(translate("TourEditor", "Skip cameras without a live picture"))
        self.dwell_label.setText(translate("TourEditor", "Seconds at a stop"))
        set_hint(self.search, translate("TourEditor", "Find by name or number"))
        self.new.setText(translate("TourEditor", "New"))
        self.delete.setText(translate("TourEditor", "Delete"))
        for button, said in (
            (self.undo, translate("TourEditor", "Undo")),
            (self.redo, translate("TourEditor", "Redo")),
        ):
            key = button.shortcut()
            button.setText(said)
            # Qt forgets a button's shortcut when its words change.
            button.setShortcut(key)
        self.remove.setText(translate("TourEditor", "Remove"))
        self.cancel.setText(translate("TourEditor", "Close"))
        self.save.setText(translate("TourEditor", "Save"))
        self.hint.setText(
            translate("TourEditor", "Drag the stops into order, or move one with Alt and arrows.")
        )
        self.stops.rename()


def _title() -> QLabel:
    label = QLabel()
    label.setProperty("role", "title")
    return label
