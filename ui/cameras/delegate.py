"""How a row of the camera list looks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.cameras import marks, words
from ui.cameras.roles import CameraRow, GroupRow, Index, Role
from ui.cameras.states import is_not_live
from ui.theme import Theme, Type
from ui.widgets.forms import count_form

ROW: Final = 28
ROW_WITH_ADDRESS: Final = 44
_GAP: Final = 8
_EDGE: Final = 12
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CameraDelegate(QStyledItemDelegate):
    """`addresses`: a second line under each camera, for lists without the tree's context."""

    def __init__(self, theme: Theme, *, addresses: bool = False, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._addresses = addresses

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(ROW_WITH_ADDRESS if self._addresses else ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        rect: QRect = option.rect
        view.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view
        )
        painter.save()
        row = index.data(Role.ROW)
        if isinstance(row, CameraRow):
            self._paint_camera(painter, rect, row)
        elif isinstance(row, GroupRow):
            self._paint_group(painter, rect, row)
        painter.restore()

    def _paint_camera(self, painter: QPainter, rect: QRect, row: CameraRow) -> None:
        sign = rect.left() + self._theme.px(16 if self._addresses else 10)
        left = sign + self._theme.px(12)
        line = QRect(left, rect.top(), rect.right() - left - _EDGE, rect.height())
        if self._addresses:
            half = rect.height() // 2
            lower = QRect(left, rect.top() + half - 1, line.width(), half - 3)
            self._text(painter, lower, row.camera.address, Type.SECONDARY, "secondary")
            line.setHeight(half - 2)
            line.translate(0, 3)
        centre = QPointF(sign, line.center().y() + 1)
        marks.paint(painter, self._theme, marks.mark_of(row), centre)
        if is_not_live(row.state):
            said = words.state_words(row.camera, row.state)
            self._text(painter, line, said, Type.SECONDARY, "secondary", _RIGHT)
            line.setRight(line.right() - self._wide(said, Type.SECONDARY) - _GAP)
        number = str(row.camera.number)
        self._text(painter, line, number, Type.STRONG, "text")
        line.setLeft(line.left() + self._wide(number, Type.STRONG) + _GAP)
        self._text(painter, line, row.camera.name, Type.BODY, "text")

    def _paint_group(self, painter: QPainter, rect: QRect, row: GroupRow) -> None:
        line = rect.adjusted(self._theme.px(4), 0, -_EDGE, 0)
        count = count_form(row.count)
        self._text(painter, line, count, Type.SECONDARY, "secondary", _RIGHT)
        line.setRight(line.right() - self._wide(count, Type.SECONDARY) - _GAP)
        if row.not_live:
            self._paint_not_live(painter, line, count_form(row.not_live))
        kind = Type.STRONG if row.is_site else Type.BODY
        self._text(painter, line, row.name, kind, "text")

    def _paint_not_live(self, painter: QPainter, line: QRect, count: str) -> None:
        """How many of the group are not live, at the end of the line, which becomes shorter."""
        self._text(painter, line, count, Type.SECONDARY, "text", _RIGHT)
        sign = line.right() - self._wide(count, Type.SECONDARY) - self._theme.px(9)
        centre = QPointF(sign, line.center().y() + 1)
        marks.paint(painter, self._theme, marks.NOT_LIVE, centre)
        line.setRight(sign - self._theme.px(6) - _GAP)

    def _wide(self, text: str, kind: Type) -> int:
        return QFontMetrics(self._theme.font(kind)).horizontalAdvance(text)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        kind: Type,
        token: str,
        alignment: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        font = self._theme.font(kind)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, alignment, fitting)
