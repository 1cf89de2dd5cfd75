"""One card of the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.clock import Clock
from app.domain.incident_state import State
from app.services.incident_overlay import IncidentItem
from ui.incidents import words
from ui.incidents.ring import RING, paint_ring
from ui.theme import Theme, Type
from ui.translations import words as both
from ui.widgets.shapes import shape_path

translate = QCoreApplication.translate

CARD: Final = 84
_EDGE: Final = 12
_SHAPE: Final = 5.0
_CHIP: Final = 20
_GAP: Final = 6
_BAR: Final = 3
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ITEM: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """`me`: the account that is signed in; `rooms`: how many see an incident's cameras now."""

    def __init__(self, theme: Theme, clock: Clock, me: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._clock, self._me = theme, clock, me
        self.rooms: Callable[[str], int] = _none

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._theme.px(CARD))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(ITEM)
        if not isinstance(item, IncidentItem):
            return
        theme, rect = self._theme, QRect(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.fillRect(rect, theme.color("card"))
        if chosen:
            bar = QRect(rect.left(), rect.top(), _BAR, rect.height())
            painter.fillRect(bar, theme.color("focus"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._ring(painter, rect, item)
        left = rect.left() + _EDGE + theme.px(RING) + _EDGE
        inside = QRect(left, rect.top() + 8, rect.right() - left - _EDGE, rect.height() - 16)
        line = inside.height() // 3
        self._title(painter, QRect(inside.topLeft(), QSize(inside.width(), line)), item)
        below = QRect(inside.left(), inside.top() + line, inside.width(), line)
        self._text(painter, below, words.place_words(item), Type.SECONDARY, "secondary")
        self._chips(painter, inside.left(), inside.bottom() - theme.px(_CHIP), inside.right(), item)
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRect, item: IncidentItem) -> None:
        size = self._theme.px(RING)
        box = QRectF(rect.left() + _EDGE, rect.top() + (rect.height() - size) / 2, size, size)
        golden = item.golden(self._clock.now())
        paint_ring(painter, self._theme, box, golden, words.grade_colour(item.row.grade))

    def _title(self, painter: QPainter, line: QRect, item: IncidentItem) -> None:
        theme, row = self._theme, item.row
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        open_ = item.state.open
        painter.setBrush(theme.color(words.grade_colour(row.grade) if open_ else "faint"))
        middle = QPoint(line.left() + round(_SHAPE), line.center().y() + 1)
        painter.drawPath(
            shape_path(words.grade_shape(row.grade), _SHAPE).translated(middle.x(), middle.y())
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        elapsed = words.elapsed_words(row.received_at, self._clock.now())
        taken = self._text(painter, line, elapsed, Type.SECONDARY, "secondary", right=True)
        title = line.adjusted(round(2 * _SHAPE) + 8, 0, -taken - 8, 0)
        self._text(painter, title, words.type_words(row.type), Type.TITLE, "text")

    def _chips(
        self, painter: QPainter, left: int, top: int, right: int, item: IncidentItem
    ) -> None:
        """Who works on it first; then what waits, notes, what it was merged from."""
        for text, strong in chips(item, self._me(), self.rooms(item.row.id)):
            metrics = QFontMetrics(self._theme.font(Type.SECONDARY))
            width = metrics.horizontalAdvance(text) + 16
            if left + width > right:
                return
            box = QRectF(left + 0.5, top + 0.5, width, self._theme.px(_CHIP) - 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("secondary" if strong else "line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(self._theme.color("text" if strong else "secondary"))
            painter.setFont(self._theme.font(Type.SECONDARY))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left += width + _GAP

    def _text(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        kind: Type,
        token: str,
        *,
        right: bool = False,
    ) -> int:
        """Cut off where it is too long; how wide it is."""
        font = self._theme.font(kind)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(box, _RIGHT if right else _LEFT, shown)
        return metrics.horizontalAdvance(shown)


def chips(item: IncidentItem, me: str, rooms: int = 0) -> list[tuple[str, bool]]:
    """Words, and whether they stand out. `rooms`: how many see its cameras now."""
    row, found = item.row, list[tuple[str, bool]]()
    if row.assignee == me and me:
        found.append((translate("Incidents", "I work on it"), True))
    elif row.assignee_name:
        found.append((row.assignee_name, False))
    else:
        found.append((both(item.state.words), item.state is State.RECEIVED))
    if item.trouble is not None:
        found.append((translate("Incidents", "not taken"), True))
    elif item.waiting:
        found.append((translate("Incidents", "to be sent"), False))
    if rooms:
        found.append((translate("Incidents", "shared {count}").format(count=rooms), True))
    if "notice" in item.ticks():
        found.append((translate("Incidents", "told"), False))
    if row.notes:
        found.append((translate("Incidents", "notes {count}").format(count=row.notes), False))
    return found


def _none(_incident: str) -> int:
    return 0
