"""The live picture of the camera under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.camera import Camera, CameraId
from app.domain.stream import Want
from app.domain.tile import TileState
from app.services.streams import Streams
from ui.theme import Theme, Type
from ui.widgets.pictures import paint_newest

VIEWER: Final = "map preview"
SIZE: Final = QSize(288, 162)
_CAPTION: Final = 24
# A pointer that only passes by opens nothing.
_WAIT_MS: Final = 250
_PAINT_MS: Final = 66
_AWAY: Final = 18


class Preview(QWidget):
    """One for all maps of a window; `state_words`: what a picture that is not live says."""

    def __init__(
        self, streams: Streams, theme: Theme, state_words: Callable[[Camera, TileState], str]
    ) -> None:
        super().__init__(None, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._streams, self._theme, self._words = streams, theme, state_words
        self._camera: Camera | None = None
        self._at = QPoint()
        self.resize(SIZE.width(), SIZE.height() + _CAPTION)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._open)
        self._paint = QTimer(self)
        self._paint.setInterval(_PAINT_MS)
        self._paint.timeout.connect(self.update)

    @property
    def camera(self) -> CameraId | None:
        return self._camera.id if self._camera is not None else None

    def point(self, camera: Camera | None, at: QPoint) -> None:
        """The pointer rests on that camera; None: on none. `at`: global."""
        if camera == self._camera:
            return
        self.leave()
        self._camera, self._at = camera, at
        if camera is not None:
            self._wait.start()

    def leave(self) -> None:
        self._wait.stop()
        self._paint.stop()
        self._camera = None
        if self.isVisible():
            self.hide()
            self._streams.withdraw(VIEWER)

    def _open(self) -> None:
        if self._camera is None:
            return
        ratio = self.devicePixelRatioF()
        want = Want(round(SIZE.width() * ratio), round(SIZE.height() * ratio))
        self._streams.declare(VIEWER, {self._camera.id: want})
        self._paint.start()
        screen = QGuiApplication.screenAt(self._at) or QGuiApplication.primaryScreen()
        self.move(beside(self._at, self.size(), screen.availableGeometry()))
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint_on(painter)
        finally:
            painter.end()

    def _paint_on(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.on_wall("wall"))
        camera = self._camera
        if camera is None:
            return
        state = self._streams.truth(camera.id).state
        box = QRectF(0, 0, SIZE.width(), SIZE.height())
        words = self._words(camera, state)
        if state is TileState.LIVE:
            words = ""
            paint_newest(painter, box, self._streams.engine, camera.id)
        painter.setPen(self._theme.on_wall("secondary"))
        painter.setFont(self._theme.font(Type.BODY))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        caption = QRectF(8, SIZE.height(), SIZE.width() - 16, _CAPTION)
        painter.setPen(self._theme.on_wall("text"))
        painter.setFont(self._theme.font(Type.SECONDARY))
        text = painter.fontMetrics().elidedText(
            f"{camera.number}  {camera.name}", Qt.TextElideMode.ElideRight, int(caption.width())
        )
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, text)


def beside(at: QPoint, size: QSize, screen: QRect) -> QPoint:
    """Right and below of the pointer, where it does not leave the screen."""
    x, y = at.x() + _AWAY, at.y() + _AWAY
    if x + size.width() > screen.right():
        x = at.x() - _AWAY - size.width()
    if y + size.height() > screen.bottom():
        y = at.y() - _AWAY - size.height()
    return QPoint(max(screen.left(), x), max(screen.top(), y))
