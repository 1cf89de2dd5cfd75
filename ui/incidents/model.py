"""Incidents as a table that keeps calm under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QIcon
from typing_extensions import override

from app.clock import Clock
from app.services.incident_overlay import IncidentItem
from ui import icons
from ui.incidents import words
from ui.theme import Theme, Type

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

COLUMNS: Final = (
    _N("Incidents", "State"),
    _N("Incidents", "Grade"),
    _N("Incidents", "Type"),
    _N("Incidents", "Number"),
    _N("Incidents", "What and where"),
    _N("Incidents", "Elapsed"),
    _N("Incidents", "Who"),
)
WIDTHS: Final = (190, 76, 156, 122, 200, 84, 90)
PLACE, ELAPSED = 4, 5
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class IncidentTable(QAbstractTableModel):
    """`set_items` with `hold`: every row stays where it is, what is new comes below."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self._order: list[str] = []
        self._items: dict[str, IncidentItem] = {}

    def set_items(self, items: Sequence[IncidentItem], *, hold: bool = False) -> None:
        fresh = {item.row.id: item for item in items}
        if hold:
            wanted = [*self._order, *(id_ for id_ in fresh if id_ not in self._items)]
            fresh = self._items | fresh
        else:
            wanted = list(fresh)
        known = [id_ for id_ in wanted if id_ in self._items]
        changed = {id_ for id_ in known if self._items[id_] != fresh[id_]}
        self._remove([id_ for id_ in self._order if id_ not in fresh])
        added = [id_ for id_ in wanted if id_ not in self._items]
        self._items = fresh
        self._append(added)
        self._sort(wanted)
        self._tell(changed)

    def item(self, row: int) -> IncidentItem | None:
        return self._items[self._order[row]] if 0 <= row < len(self._order) else None

    def row_of(self, incident: str) -> int:
        """-1 if it is not in the list."""
        return self._order.index(incident) if incident in self._items else -1

    def second(self) -> None:
        """Time has gone by."""
        if self._order:
            last = self.index(len(self._order) - 1, ELAPSED)
            self.dataChanged.emit(self.index(0, ELAPSED), last, [int(_Role.DisplayRole)])

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._tell(set(self._order))

    # changing

    def _remove(self, gone: Sequence[str]) -> None:
        for id_ in gone:
            row = self._order.index(id_)
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._order[row]
            self.endRemoveRows()

    def _append(self, added: Sequence[str]) -> None:
        if added:
            first = len(self._order)
            self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
            self._order += added
            self.endInsertRows()

    def _sort(self, wanted: list[str]) -> None:
        """Selection and scroll position go with their rows."""
        if wanted == self._order:
            return
        self.layoutAboutToBeChanged.emit()
        before, place = self._order, {id_: row for row, id_ in enumerate(wanted)}
        self._order = wanted
        old = self.persistentIndexList()
        new = [self.index(place[before[index.row()]], index.column()) for index in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _tell(self, changed: set[str]) -> None:
        for row, id_ in enumerate(self._order):
            if id_ in changed:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    # Qt's questions

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._order)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        item = self.item(index.row()) if index.isValid() else None
        if item is None:
            return None
        column = index.column()
        said: dict[int, Callable[[], Any]] = {
            int(_Role.DisplayRole): lambda: self._text(item, column),
            int(_Role.ToolTipRole): lambda: self._text(item, column),
            int(_Role.DecorationRole): lambda: self._mark(item) if column == 0 else None,
            int(_Role.TextAlignmentRole): lambda: _RIGHT if column == ELAPSED else None,
            int(_Role.ForegroundRole): lambda: self._colour(item, column),
            int(_Role.FontRole): lambda: self._font(item),
        }
        answer = said.get(int(role))
        return None if answer is None else answer()

    def _mark(self, item: IncidentItem) -> QIcon:
        return icons.icon(self._theme, *words.state_mark(item))

    def _font(self, item: IncidentItem) -> QFont | None:
        """What nobody has taken up stands out."""
        nobody = item.state.open and not item.row.assignee_name
        return self._theme.font(Type.STRONG) if nobody else None

    def _colour(self, item: IncidentItem, column: int) -> Any:
        if not item.state.open:
            return self._theme.color("secondary")
        if column == 1:
            return self._theme.color(words.grade_colour(item.row.grade))
        return None

    def _text(self, item: IncidentItem, column: int) -> str:
        row = item.row
        texts: tuple[Callable[[], str], ...] = (
            lambda: words.state_words(item),
            lambda: words.grade_words(row.grade),
            lambda: words.type_words(row.type),
            lambda: words.number_words(item),
            lambda: f"{row.title} · {row.place}" if row.place else row.title,
            lambda: words.elapsed_words(row.received_at, self._clock.now()),
            lambda: words.who_words(item),
        )
        return texts[column]()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return QCoreApplication.translate("Incidents", COLUMNS[section])
        if role == _Role.TextAlignmentRole:
            return _RIGHT if section == ELAPSED else _LEFT
        return None
