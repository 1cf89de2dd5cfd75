"""The cameras on tiles as a table, and what of it is not live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from app.domain.tile import TileState
from app.services.report import CameraFigures
from ui.health import words

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
# What a row sorts by: numbers sort as numbers, an unknown one before all known ones.
SORT_ROLE = int(_Role.UserRole)
STATE_ROLE = int(_Role.UserRole) + 1

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# States in the order in which they want attention.
_URGENCY: Final = {state: rank for rank, state in enumerate(TileState)}


@dataclass(frozen=True, slots=True)
class Column:
    """`title`: English source in the context "Health". `text` is shown, `key` sorted by."""

    title: str
    text: Callable[[CameraFigures], str]
    key: Callable[[CameraFigures], float | str]
    numeric: bool = True
    width: int = 80


COLUMNS: Final = (
    Column(_N("Health", "No."), lambda r: str(r.number), lambda r: r.number, width=64),
    Column(_N("Health", "Camera"), lambda r: r.name, lambda r: r.name, numeric=False, width=180),
    Column(
        _N("Health", "State"),
        lambda r: words.state_words(r.state),
        lambda r: _URGENCY[r.state],
        numeric=False,
        width=130,
    ),
    Column(
        _N("Health", "Not live for"),
        lambda r: words.duration(r.not_live_s) if r.state is not TileState.LIVE else "",
        lambda r: r.not_live_s if r.state is not TileState.LIVE else -1.0,
        width=104,
    ),
    Column(_N("Health", "Sent/s"), lambda r: words.rate(r.fps_source), lambda r: r.fps_source),
    Column(_N("Health", "Shown/s"), lambda r: words.rate(r.fps_shown), lambda r: r.fps_shown),
    Column(
        _N("Health", "Age"), lambda r: words.milliseconds(r.age_ms), lambda r: _or_less(r.age_ms)
    ),
    Column(
        _N("Health", "Delay"),
        lambda r: words.milliseconds(r.latency_ms),
        lambda r: _or_less(r.latency_ms),
    ),
    Column(
        _N("Health", "Tier"),
        lambda r: words.tier_words(r.tier),
        lambda r: words.tier_words(r.tier),
        numeric=False,
        width=130,
    ),
    Column(
        _N("Health", "Codec"),
        lambda r: r.codec.upper() or words.NOTHING,
        lambda r: r.codec,
        numeric=False,
        width=70,
    ),
    Column(
        _N("Health", "Size"),
        lambda r: words.size(r.width, r.height),
        lambda r: r.width * r.height,
        width=104,
    ),
    Column(
        _N("Health", "Bit rate"),
        lambda r: words.bit_rate(r.bitrate),
        lambda r: r.bitrate,
        width=96,
    ),
    Column(_N("Health", "Reconnects"), lambda r: str(r.reconnects), lambda r: r.reconnects),
    Column(
        _N("Health", "Last error"),
        lambda r: words.fault_words(r.last_fault),
        lambda r: words.fault_words(r.last_fault),
        numeric=False,
        width=200,
    ),
)
NUMBER, NAME, STATE, NOT_LIVE = 0, 1, 2, 3


def _or_less(value: float | None) -> float:
    return -1.0 if value is None else value


class CameraTable(QAbstractTableModel):
    """One row a camera, in the order in which the tiles show them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CameraFigures, ...] = ()

    def set_rows(self, rows: Sequence[CameraFigures]) -> None:
        """The same cameras keep their place, selection and scroll position."""
        before = [row.camera for row in self._rows]
        if [row.camera for row in rows] != before:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()
        elif rows:
            self._rows = tuple(rows)
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            )

    def row(self, index: int) -> CameraFigures:
        return self._rows[index]

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            self.set_rows(self._rows)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        last = index.column() == len(COLUMNS) - 1
        said: dict[int, Callable[[], Any]] = {
            int(_Role.DisplayRole): lambda: column.text(row),
            int(_Role.TextAlignmentRole): lambda: _RIGHT if column.numeric else _LEFT,
            int(_Role.ToolTipRole): lambda: row.last_error if last else row.name,
            SORT_ROLE: lambda: column.key(row),
            STATE_ROLE: lambda: row.state.value,
        }
        answer = said.get(int(role))
        return None if answer is None else answer()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _Role.DisplayRole:
            return QCoreApplication.translate("Health", COLUMNS[section].title)
        if role == _Role.TextAlignmentRole:
            return _RIGHT if COLUMNS[section].numeric else _LEFT
        return None


class SortedTable(QSortFilterProxyModel):
    """Sorted when the operator asks, not with every new figure: rows do not dance."""

    def __init__(self, source: CameraTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setSortLocaleAware(True)
        self.setDynamicSortFilter(False)
        self.setSourceModel(source)


class NotLive(QSortFilterProxyModel):
    """What is not live, the longest first."""

    def __init__(self, source: CameraTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)
        self.setSourceModel(source)
        self.sort(NOT_LIVE, Qt.SortOrder.DescendingOrder)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        table = self.sourceModel()
        if not isinstance(table, CameraTable):
            return False
        return table.row(source_row).state is not TileState.LIVE
