"""A table of whole rows: figures aligned, nothing to edit, nothing that flickers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QSize
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.theme import Theme

_ROW = 30
_MARK = 13


class CalmTable(QTableView):
    """`widths` in logical pixels, of every column; the one at `stretch` takes what is left."""

    def __init__(
        self, model: QAbstractItemModel, theme: Theme, widths: Sequence[int], stretch: int
    ) -> None:
        super().__init__()
        self._theme, self._widths, self._stretch = theme, tuple(widths), stretch
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self._restyle)
        self._restyle()

    def chosen(self) -> int:
        """The row that is selected; -1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def choose(self, row: int) -> None:
        """-1 selects nothing."""
        if row < 0:
            self.clearSelection()
        elif row != self.chosen():
            self.selectRow(row)

    def _restyle(self) -> None:
        mark = self._theme.px(_MARK)
        self.setIconSize(QSize(mark, mark))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        for column, width in enumerate(self._widths):
            if column != self._stretch:
                self.setColumnWidth(column, self._theme.px(width))
        self.viewport().update()
