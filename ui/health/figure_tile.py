"""One figure, large enough to be read from the next desk."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.health.totals import Total
from ui.theme import Theme, Type

_PADDING = 12
_RADIUS = 4


class FigureTile(QWidget):
    """Title, figure and a note under it; the figure takes a colour only beyond its limit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._total = Total("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    @property
    def total(self) -> Total:
        return self._total

    def render_total(self, total: Total) -> None:
        if total == self._total:
            return
        self._total = total
        self.setAccessibleName(f"{total.title}: {total.value}")
        self.setToolTip(total.note)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(92))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(110), self._theme.px(92))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)
        area = QRectF(self.rect()).adjusted(_PADDING, _PADDING - 2, -_PADDING, -_PADDING + 2)
        left = Qt.AlignmentFlag.AlignLeft
        value = "normal" if self._total.warning else "text"
        for words, kind, token, where in (
            (self._total.title, Type.SECONDARY, "secondary", Qt.AlignmentFlag.AlignTop),
            (self._total.value, Type.LARGE, value, Qt.AlignmentFlag.AlignVCenter),
            (self._total.note, Type.SECONDARY, "secondary", Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(self._theme.font(kind))
            painter.setPen(self._theme.color(token))
            short = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, int(area.width())
            )
            painter.drawText(area, left | where, short)
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
