"""The line at the foot: source, pictures, delay, load; operator and clock."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.clock import Clock
from ui import icons
from ui.shell.status_words import StatusPart, StatusState, parts
from ui.theme import Theme, Type
from ui.widgets.forms import moment_form

HEIGHT: Final = 28
_MARGIN: Final = 12
_BETWEEN: Final = 24
_SHAPE: Final = 9


class StatusLine(QWidget):
    """One painted line: eight labels that change every second would each lay out the window.

    clicked  with the left button, where there is a hub
    """

    clicked = Signal()

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._theme = theme
        self._clock = clock
        self._state = StatusState(None)
        self._second = QTimer(self)
        self._second.setSingleShot(True)
        self._second.setTimerType(Qt.TimerType.PreciseTimer)
        self._second.timeout.connect(self._tick)
        theme.changed.connect(self._resize)
        self._resize()

    def render_state(self, state: StatusState) -> None:
        if state != self._state:
            self._state = state
            self.retranslate()

    def words(self) -> str:
        """The whole line as a person reads it, for a screen reader and for tests."""
        left = "   ".join(f"{part.name} {part.value}".strip() for part in parts(self._state))
        return "   ".join(word for word in (left, self._state.operator, self._time()) if word)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Status"))
        self.setAccessibleDescription(self.words())
        hub = self._state.link is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hub else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self.tr("Show the acts that wait for the hub") if hub else "")
        self.update()

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()

    def _time(self) -> str:
        return moment_form(self._clock.now(), seconds=True)

    def _tick(self) -> None:
        """Repaints at the turn of the second."""
        self.update()
        self._second.start(1000 - self._clock.now().microsecond // 1000)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._state.link is not None:
            self.clicked.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        end = self._paint_right(painter)
        left = _MARGIN
        for part in parts(self._state):
            width = self._width(part)
            if left + width > end - _BETWEEN:
                break
            self._paint_part(painter, part, left)
            left += width + _BETWEEN

    def _paint_right(self, painter: QPainter) -> int:
        """Clock and operator; where they begin."""
        left = self.width() - _MARGIN
        for text, kind in ((self._time(), Type.SECONDARY), (self._state.operator, Type.SECONDARY)):
            if text:
                left -= self._text_width(text)
                self._text(painter, text, left, "text", kind)
                left -= _BETWEEN
        return left + _BETWEEN

    def _width(self, part: StatusPart) -> int:
        shape = self._theme.px(_SHAPE) + 6 if part.mark else 0
        space = 4 if part.name and part.value else 0
        return shape + self._text_width(part.name) + space + self._text_width(part.value)

    def _paint_part(self, painter: QPainter, part: StatusPart, left: int) -> None:
        if part.mark:
            size = self._theme.px(_SHAPE)
            middle = (self.height() - size) // 2 + 1
            name, token = part.mark
            picture = icons.pixmap(self._theme, name, size, token, self.devicePixelRatioF())
            painter.drawPixmap(left, middle, picture)
            left += size + 6
        self._text(painter, part.name, left, "secondary", Type.SECONDARY)
        left += self._text_width(part.name) + (4 if part.name and part.value else 0)
        self._text(painter, part.value, left, "text", Type.SECONDARY)

    def _text(self, painter: QPainter, text: str, left: int, color: str, kind: Type) -> None:
        painter.setFont(self._theme.font(kind))
        painter.setPen(self._theme.color(color))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(left, 1, self.width(), self.height() - 1, middle, text)

    def _text_width(self, text: str) -> int:
        return QFontMetrics(self._theme.font(Type.SECONDARY)).horizontalAdvance(text)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._tick()
        elif event.type() == QEvent.Type.Hide:
            self._second.stop()
        return super().event(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
