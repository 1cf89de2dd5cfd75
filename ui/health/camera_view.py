"""Tables of cameras: states told by shape and colour, figures aligned, rows calm."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.domain.tile import TileState
from ui import icons
from ui.health.camera_table import COLUMNS, NAME, STATE, STATE_ROLE
from ui.theme import Theme
from ui.widgets.columns import fit_columns, stretch_column

_ROW: Final = 28
# What is left of a name is still a name.
_NAME: Final = 80
_MARK: Final = 13
# The signs of the camera list: a dot has a picture, half of one is late, a square stands still, a
# ring waits, a point is off, a diamond has none.
_MARKS: Final = {
    TileState.LIVE: ("dot", "fine"),
    TileState.LATE: ("half", "normal"),
    TileState.FROZEN: ("square", "urgent"),
    TileState.CONNECTING: ("ring", "normal"),
    TileState.OFF: ("point", "faint"),
}
_NOT_LIVE: Final = ("diamond", "urgent")


def state_mark(state: TileState) -> tuple[str, str]:
    """Icon and colour of the theme."""
    return _MARKS.get(state, _NOT_LIVE)


class StateMark(QStyledItemDelegate):
    """Puts the sign of its state before a row's state."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.column() == STATE:
            name, token = state_mark(TileState(index.data(STATE_ROLE)))
            option.icon = icons.icon(self._theme, name, token)
            option.decorationSize = QSize(self._theme.px(_MARK), self._theme.px(_MARK))
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration


class CameraTableView(QTableView):
    """`columns`: only these, the name taking what room is left; all of them if None."""

    def __init__(
        self, model: QAbstractItemModel, theme: Theme, columns: tuple[int, ...] | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._some = columns is not None
        self.setModel(model)
        self.setItemDelegate(StateMark(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        if columns is None:
            header.setStretchLastSection(True)
        else:
            for n in set(range(len(COLUMNS))) - set(columns):
                self.setColumnHidden(n, True)  # noqa: FBT003 - Qt's signature
        model.headerDataChanged.connect(self._fit)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        widths = {n: self._theme.px(column.width) for n, column in enumerate(COLUMNS)}
        fit_columns(self, widths)
        self._stretch()

    def _stretch(self) -> None:
        if self._some:
            stretch_column(self, NAME, self._theme.px(_NAME))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._fit()
