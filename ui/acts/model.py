"""The acts for the hub as a table, oldest first."""

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
from typing_extensions import override

from app.domain.hub_act import HubAct
from ui import icons
from ui.theme import Theme
from ui.translations import words
from ui.widgets.act_words import act_mark, act_state, act_words, said
from ui.widgets.forms import recent_form

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

COLUMNS: Final = (
    _N("Acts", "State"),
    _N("Acts", "Act"),
    _N("Acts", "About"),
    _N("Acts", "When"),
    _N("Acts", "Who"),
    _N("Acts", "Reason"),
)
WIDTHS: Final = (150, 110, 180, 120, 90, 240)


class ActTable(QAbstractTableModel):
    """`about` says which incident or wall an act is about."""

    def __init__(
        self, theme: Theme, about: Callable[[HubAct], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._about = theme, about
        self._acts: tuple[HubAct, ...] = ()

    def set_acts(self, acts: Sequence[HubAct]) -> None:
        """The same acts keep their rows and the selection."""
        same = [act.cmd_id for act in acts] == [act.cmd_id for act in self._acts]
        if not same:
            self.beginResetModel()
        self._acts = tuple(acts)
        if not same:
            self.endResetModel()
        elif acts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(acts) - 1, len(COLUMNS) - 1))

    def act(self, row: int) -> HubAct | None:
        return self._acts[row] if 0 <= row < len(self._acts) else None

    def row_of(self, cmd_id: str) -> int:
        """-1 if it is gone."""
        return next((n for n, act in enumerate(self._acts) if act.cmd_id == cmd_id), -1)

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.set_acts(self._acts)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._acts)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        act = self.act(index.row()) if index.isValid() else None
        if act is None:
            return None
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._text(act, index.column())
        if role == _Role.DecorationRole and index.column() == 0:
            return icons.icon(self._theme, *act_mark(act))
        return None

    def _text(self, act: HubAct, column: int) -> str:
        texts: tuple[Callable[[], str], ...] = (
            lambda: act_state(act),
            lambda: act_words(act),
            lambda: self._about(act),
            lambda: recent_form(act.at),
            lambda: act.username,
            lambda: words(act.reason) if act.reason is not None else said(act),
        )
        return texts[column]()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return QCoreApplication.translate("Acts", COLUMNS[section])
        return _LEFT if role == _Role.TextAlignmentRole else None
