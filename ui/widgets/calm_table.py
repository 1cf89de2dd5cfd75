"""A table of whole rows: figures aligned, nothing to edit, nothing that flickers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from ui.theme import Theme
from ui.widgets.columns import fit_columns, stretch_column

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
        model.headerDataChanged.connect(self._fit)
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
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        px = self._theme.px
        widths = {n: px(width) for n, width in enumerate(self._widths) if n != self._stretch}
        fit_columns(self, widths)
        stretch_column(self, self._stretch, px(self._widths[self._stretch]))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stretch_column(self, self._stretch, self._theme.px(self._widths[self._stretch]))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._fit()
