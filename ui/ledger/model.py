"""The ledger as a table, the newest first; and a month's viewers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar, cast

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from app.wire.ledger import Line, ViewerRow
from ui import icons
from ui.ledger import words
from ui.ledger.words import Names
from ui.theme import Theme
from ui.widgets.forms import count_form

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

COLUMNS: Final = (
    _N("Ledger", "When"),
    _N("Ledger", "What"),
    _N("Ledger", "Who"),
    _N("Ledger", "Camera"),
    _N("Ledger", "Incident"),
    _N("Ledger", "Details"),
    _N("Ledger", "From where"),
)
WIDTHS: Final = (150, 130, 100, 170, 130, 260, 170)
STRETCH: Final = 5

VIEWER_COLUMNS: Final = (
    _N("Ledger", "Who"),
    _N("Ledger", "Views"),
    _N("Ledger", "Cameras"),
    _N("Ledger", "Hours"),
    _N("Ledger", "Unusual hours"),
    _N("Ledger", "No reason"),
    _N("Ledger", "Refused"),
    _N("Ledger", "To be looked at"),
)
VIEWER_WIDTHS: Final = (120, 70, 70, 90, 110, 90, 70, 260)

R = TypeVar("R")


class _Table(QAbstractTableModel, Generic[R]):
    """Rows of one kind under translated heads."""

    columns: tuple[str, ...] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[R, ...] = ()

    def set_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.set_rows(self.rows)

    def text(self, row: R, column: int) -> str:
        raise NotImplementedError

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self.text(self.rows[index.row()], index.column())
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return QCoreApplication.translate("Ledger", self.columns[section])
        return _LEFT if role == _Role.TextAlignmentRole else None


class LineTable(_Table[Line]):
    columns = COLUMNS

    def __init__(self, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names

    @override
    def text(self, row: Line, column: int) -> str:
        names = self._names
        texts: tuple[Callable[[], str], ...] = (
            lambda: words.time_words(row.at),
            lambda: words.kind_words(row),
            lambda: words.who_words(row),
            lambda: names.camera(row.camera) if row.camera else "",
            lambda: names.incident(row.incident) if row.incident else "",
            lambda: words.detail_words(row, names),
            lambda: words.where_words(row, names),
        )
        return texts[column]()


class ViewerTable(_Table[ViewerRow]):
    columns = VIEWER_COLUMNS

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def text(self, row: ViewerRow, column: int) -> str:
        figures = (row.views, row.cameras, row.odd, row.bare, row.refused)
        views, cameras, odd, bare, refused = (count_form(figure) for figure in figures)
        hours = words.span_words(row.seconds)
        flags = words.flag_words(row)
        return (words.viewer_words(row), views, cameras, hours, odd, bare, refused, flags)[column]

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        last = len(self.columns) - 1
        if index.isValid() and role == _Role.TextAlignmentRole and 0 < index.column() < last:
            return _RIGHT
        if index.isValid() and role == _Role.DecorationRole and index.column() == 0:
            flagged = bool(self.rows[index.row()].flags)
            return icons.icon(self._theme, *(("diamond", "normal") if flagged else ("dot", "fine")))
        return super().data(index, role)
