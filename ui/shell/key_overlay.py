"""What every key does, over the whole window; any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui.action_list import GROUP_WORDS
from ui.actions import Action, Group, keys_of
from ui.theme import Theme

Line = tuple[str, str]

COLUMNS: Final = 2


def lines(actions: Sequence[Action]) -> list[tuple[Group, list[Line]]]:
    """(keys, words) by group; a family (layouts, saved walls) is one line."""
    found: dict[Group, list[Line]] = {}
    keyed = [action for action in actions if action.keys or action.shown]
    for family, members in groupby(keyed, key=lambda a: a.family or a.id):
        first, *others = members
        keys = keys_of(first)
        if others and not first.shown:
            keys = f"{keys} … {keys_of(others[-1])}"
        text = QCoreApplication.translate("Actions", first.text) if first.family else first.words()
        if first.argument:
            text = f"{text} {first.argument} … {others[-1].argument}" if others else first.words()
        found.setdefault(first.group, []).append((keys, text))
        del family
    return [(group, found[group]) for group in Group if group in found]


class KeyOverlay(QWidget):
    """Covers `over` until the next key or click."""

    def __init__(self, actions: Sequence[Action], theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("keyOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = over
        self._theme = theme
        self._before = over.focusWidget()
        panel = QFrame(self)
        panel.setObjectName("popup")
        self._fill(panel, actions)
        middle = QVBoxLayout(self)
        middle.addWidget(panel, 0, Qt.AlignmentFlag.AlignCenter)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def _fill(self, panel: QFrame, actions: Sequence[Action]) -> None:
        title = QLabel(self.tr("Keys"))
        title.setProperty("role", "heading")
        hint = QLabel(self.tr("Any key closes this"))
        hint.setProperty("role", "secondary")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        head.addWidget(hint)
        columns = QHBoxLayout()
        columns.setSpacing(48)
        groups = lines(actions)
        for part in _balanced(groups):
            column = QVBoxLayout()
            column.setSpacing(16)
            for group, rows in part:
                column.addLayout(self._group(group, rows))
            column.addStretch()
            columns.addLayout(column)
        box = QVBoxLayout(panel)
        box.setContentsMargins(28, 20, 28, 24)
        box.setSpacing(16)
        box.addLayout(head)
        box.addLayout(columns)

    def _group(self, group: Group, rows: list[Line]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        title = QLabel(QCoreApplication.translate("Actions", GROUP_WORDS[group]))
        title.setProperty("role", "title")
        grid.addWidget(title, 0, 0, 1, 2)
        for number, (keys, text) in enumerate(rows, start=1):
            grid.addWidget(self._keys(keys), number, 0)
            grid.addWidget(QLabel(text), number, 1)
        grid.setColumnMinimumWidth(0, self._theme.px(160))
        grid.setColumnMinimumWidth(1, self._theme.px(200))
        grid.setColumnStretch(1, 1)
        return grid

    def _keys(self, keys: str) -> QWidget:
        """Each key in a small frame."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for key in keys.split():
            label = QLabel(key)
            label.setProperty("role", "secondary" if key == "…" else "key")
            row.addWidget(label)
        row.addStretch()
        return holder

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("shade"))

    @override
    def event(self, event: QEvent) -> bool:
        # A shortcut of the window would otherwise act behind the overlay.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _HELD:
            self.leave()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.leave()

    def leave(self) -> None:
        """Gives the keyboard back to who had it."""
        if self._before is not None:
            self._before.setFocus()
        self.close()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)


# Holding Shift for “?” is not yet a key.
_HELD: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


def _balanced(groups: list[tuple[Group, list[Line]]]) -> list[list[tuple[Group, list[Line]]]]:
    """The groups in their order, split where the two columns are most alike in height."""
    sizes = [len(rows) + 2 for _, rows in groups]
    splits = range(1, len(groups))
    best = min(splits, key=lambda i: abs(sum(sizes[:i]) - sum(sizes[i:])), default=len(groups))
    return [part for part in (groups[:best], groups[best:]) if part]
