"""What every key does, over the whole window; any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, groupby, pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.action_list import GROUP_WORDS
from ui.actions import Action, Group, keys_of
from ui.theme import Theme

Line = tuple[str, str]

_LEAST, _MOST = 2, 5
_MARGINS: Final = (28, 20, 28, 24)
_GAP: Final = 16
_BETWEEN: Final = 40


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
    """Covers `over` until the next key or click. Where not all keys fit, arrows scroll."""

    def __init__(self, actions: Sequence[Action], theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("keyOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = over
        self._theme = theme
        self._before = over.focusWidget()
        self._groups = lines(actions)
        self._panel = QFrame(self)
        self._panel.setObjectName("popup")
        self._head = QHBoxLayout()
        self.area = QScrollArea()
        self._fill()
        middle = QVBoxLayout(self)
        middle.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignCenter)
        over.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()

    def _fill(self) -> None:
        self.setAccessibleName(self.tr("Keys"))
        title = QLabel(self.tr("Keys"))
        title.setProperty("role", "heading")
        hint = QLabel(self.tr("Any key closes this"))
        hint.setProperty("role", "secondary")
        self._head.addWidget(title)
        self._head.addStretch()
        self._head.addWidget(hint)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self._panel)
        box.setContentsMargins(*_MARGINS)
        box.setSpacing(_GAP)
        box.addLayout(self._head)
        box.addWidget(self.area)

    def _fit(self) -> None:
        """The fewest columns that show all keys at once, or as many as there is room for."""
        self.setGeometry(self._over.rect())
        left, top, right, bottom = _MARGINS
        head = self._head.sizeHint().height() + _GAP
        wide = self.width() - left - right - 2 * _GAP
        high = self.height() - top - bottom - head - 2 * _GAP
        for count in range(_LEAST, _MOST + 1):
            inner = self._columns(count)
            need = inner.sizeHint()
            if count > _LEAST and need.width() > wide:
                inner.deleteLater()
                break
            self.area.setWidget(inner)
            policy, scrolls = Qt.ScrollBarPolicy, need.height() > high
            # A bar left from the attempt with fewer columns would lie over the last words.
            self.area.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
            )
            bar = self.area.verticalScrollBar().sizeHint().width() if scrolls else 0
            self.area.setFixedSize(min(need.width() + bar, wide), min(need.height(), high))
            if need.height() <= high:
                break

    def _columns(self, count: int) -> QWidget:
        holder = QWidget(self.area)
        columns = QHBoxLayout(holder)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_BETWEEN)
        for part in split(self._groups, count):
            column = QVBoxLayout()
            column.addLayout(self._column(part))
            column.addStretch()
            columns.addLayout(column)
        for label in holder.findChildren(QLabel):
            label.ensurePolished()
        return holder

    def _column(self, groups: list[tuple[Group, list[Line]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(5)
        row = 0
        for group, rows in groups:
            title = QLabel(QCoreApplication.translate("Actions", GROUP_WORDS[group]))
            title.setProperty("role", "title")
            title.setContentsMargins(0, _GAP if row else 0, 0, 0)
            grid.addWidget(title, row, 0, 1, 2)
            for number, (keys, text) in enumerate(rows, start=row + 1):
                grid.addWidget(self._keys(keys), number, 0)
                grid.addWidget(QLabel(text), number, 1)
            row += len(rows) + 1
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
        bar = self.area.verticalScrollBar()
        if event.key() in _SCROLL and bar.maximum() > 0:
            bar.triggerAction(_SCROLL[Qt.Key(event.key())])
        elif event.key() not in _HELD:
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
            self._fit()
        return super().eventFilter(watched, event)


# Holding Shift for “?” is not yet a key.
_HELD: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_Scroll = QAbstractSlider.SliderAction
_SCROLL: Final = {
    Qt.Key.Key_Up: _Scroll.SliderSingleStepSub,
    Qt.Key.Key_Down: _Scroll.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _Scroll.SliderPageStepSub,
    Qt.Key.Key_PageDown: _Scroll.SliderPageStepAdd,
}


def split(
    groups: list[tuple[Group, list[Line]]], count: int
) -> list[list[tuple[Group, list[Line]]]]:
    """The groups in their order in so many columns, the highest as low as can be."""

    def parts(ends: tuple[int, ...]) -> list[list[tuple[Group, list[Line]]]]:
        bounds = (0, *ends, len(groups))
        return [groups[start:end] for start, end in pairwise(bounds)]

    def height(column: list[tuple[Group, list[Line]]]) -> int:
        return sum(len(rows) + 2 for _, rows in column)

    cuts = combinations(range(1, len(groups)), min(count, len(groups)) - 1)
    return min(map(parts, cuts), key=lambda found: max(map(height, found)), default=[])
