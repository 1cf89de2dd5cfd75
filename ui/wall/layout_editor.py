"""Draws a layout of the operator's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.history import History
from app.domain.layout import MAX_GRID, Cell, Layout
from app.domain.text import Text
from ui.theme import Theme
from ui.translations import words
from ui.wall.layout_canvas import LayoutCanvas
from ui.wall.layout_draft import Draft
from ui.widgets.number_field import NumberField

# The history wants a name for every step; this one is never shown.
_STEP = Text("그리기", "Draw")


class LayoutEditor(QDialog):
    """Open it with `open()`.

    drawn  Layout, valid, with the name that was typed
    """

    drawn = Signal(object)

    def __init__(self, start: Layout, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._history = History(Draft.of(start))
        self.canvas = LayoutCanvas(self.draft, theme)
        self.canvas.merge_requested.connect(self._merge)
        self.canvas.split_requested.connect(self._split)
        self.canvas.empty_requested.connect(self._empty)
        self.name = QLineEdit()
        self.name.textChanged.connect(self._follow)
        self.columns, self.rows = self._spin(start.columns), self._spin(start.rows)
        self._labels = (QLabel(), QLabel(), QLabel())
        self.problem = QLabel()
        self.problem.setProperty("role", "fault")
        self.hint = QLabel()
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.undoing, self.redoing, self.cancel, self.save = (QPushButton() for _ in range(4))
        self._arrange()
        self._connect()
        self.retranslate()
        self.canvas.setFocus()

    @property
    def draft(self) -> Draft:
        return self._history.present

    def _spin(self, value: int) -> NumberField:
        spin = NumberField(1, MAX_GRID)
        spin.setValue(value)
        spin.valueChanged.connect(self._resize)
        return spin

    def _connect(self) -> None:
        self.undoing.clicked.connect(self.undo)
        self.redoing.clicked.connect(self.redo)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.save.setDefault(True)
        for keys, handler in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(handler)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        fields: tuple[QWidget, ...] = (self.name, self.columns, self.rows)
        for label, field in zip(self._labels, fields, strict=True):
            label.setBuddy(field)
            head.addWidget(label)
            head.addWidget(field, 1 if field is self.name else 0)
        foot = QHBoxLayout()
        for button in (self.undoing, self.redoing):
            foot.addWidget(button)
        foot.addWidget(self.problem, 1)
        for button in (self.cancel, self.save):
            foot.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addLayout(head)
        box.addWidget(self.canvas, 1)
        box.addWidget(self.hint)
        box.addLayout(foot)

    # what the operator does

    def undo(self) -> None:
        self._become(self._history.undo())

    def redo(self) -> None:
        self._become(self._history.redo())

    def _merge(self, area: Cell) -> None:
        self._push(self.draft.merged(area))

    def _split(self, cell: Cell) -> None:
        self._push(self.draft.split(cell))

    def _empty(self, area: Cell) -> None:
        self._push(self.draft.emptied(area))

    def _resize(self) -> None:
        size = (self.columns.value(), self.rows.value())
        if size != (self.draft.columns, self.draft.rows):
            self._push(self.draft.resized(*size))

    def _save(self) -> None:
        if self._reason() is None:
            self.accept()
            self.drawn.emit(self.draft.layout(self.name.text().strip()))

    # what follows from it

    def _push(self, draft: Draft) -> None:
        self._become(self._history.push(draft, _STEP))

    def _become(self, history: History[Draft]) -> None:
        self._history = history
        self.canvas.show_draft(self.draft)
        for spin, value in ((self.columns, self.draft.columns), (self.rows, self.draft.rows)):
            with QSignalBlocker(spin):
                spin.setValue(value)
        self._follow()

    def _reason(self) -> str | None:
        """Why it cannot be saved, in words."""
        if (fault := self.draft.fault) is not None:
            return words(fault)
        return None if self.name.text().strip() else self.tr("Give the layout a name.")

    def _follow(self) -> None:
        reason = self._reason()
        count = len(self.draft.cells)
        self.problem.setText(reason or self.tr("{count} tiles").format(count=count))
        self.problem.setProperty("role", "secondary" if reason is None else "fault")
        self.problem.style().polish(self.problem)
        self.save.setEnabled(reason is None)
        self.undoing.setEnabled(self._history.undo_label is not None)
        self.redoing.setEnabled(self._history.redo_label is not None)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Draw a layout"))
        self._labels[0].setText(self.tr("Name"))
        self._labels[1].setText(self.tr("Columns"))
        self._labels[2].setText(self.tr("Rows"))
        self.hint.setText(
            self.tr(
                "Drag over cells to merge them, double click to split, right click for a gap. "
                "Keys: arrows, Shift with arrows, Space merges, Backspace splits, Delete for a gap."
            )
        )
        self.undoing.setText(self.tr("Undo"))
        self.redoing.setText(self.tr("Redo"))
        self.cancel.setText(self.tr("Cancel"))
        self.save.setText(self.tr("Save"))
        self.canvas.setAccessibleName(self.tr("Grid of the layout"))
        self._follow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
