"""The live picture of a camera with its masks over it, to be drawn on by mouse and by keyboard."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)  # fmt: skip
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.camera import Camera
from app.domain.mask_draft import MaskDraft, Point
from app.domain.stream import Want
from app.domain.tile import TileState
from app.services.streams import Streams
from ui.theme import Theme, Type
from ui.widgets.pictures import fitted, paint_newest
from ui.widgets.timing import timer

VIEWER: Final = "masks"
_PAINT_MS: Final = 66
# A hand hits a corner within so many pixels.
_NEAR: Final = 9.0
_CORNER: Final = 4.0
_STEP: Final = 0.01
_ARROWS: Final = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class MaskCanvas(QWidget):
    """`drawn` (MaskDraft): what the hand made of it; `settled`: a drag has ended."""

    drawn = Signal(object)
    settled = Signal()

    def __init__(
        self,
        camera: Camera,
        streams: Streams,
        theme: Theme,
        state_words: Callable[[Camera, TileState], str],
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(480, 270)
        self._camera, self._streams, self._theme = camera, streams, theme
        self._words = state_words
        self._draft = MaskDraft(camera.masks)
        self._pointer: QPointF | None = None
        # What the hand holds: a corner of a mask, or a whole one since a point.
        self._corner: tuple[int, int] | None = None
        self._held: Point | None = None
        self._picture = QRectF()
        self._paint = timer(self, _PAINT_MS, self.update)

    def show_draft(self, draft: MaskDraft) -> None:
        self._draft = draft
        self.update()

    def start(self) -> None:
        """Asks for the camera's picture."""
        ratio = self.devicePixelRatioF()
        want = Want(round(self.width() * ratio), round(self.height() * ratio))
        self._streams.declare(VIEWER, {self._camera.id: want})
        self._paint.start()

    @override
    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._paint.stop()
        self._streams.withdraw(VIEWER)

    # painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint_on(painter)
        finally:
            painter.end()

    def _paint_on(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.on_wall("wall"))
        self._paint_picture(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, mask in enumerate(self._draft.masks):
            self._paint_mask(painter, mask, chosen=number == self._draft.chosen)
        self._paint_open(painter)

    def _paint_picture(self, painter: QPainter) -> None:
        box = QRectF(self.rect())
        self._picture = fitted(box, 16, 9)
        state = self._streams.truth(self._camera.id).state
        words = self._words(self._camera, state)
        if state is TileState.LIVE:
            where = paint_newest(painter, box, self._streams.engine, self._camera.id)
            if where is not None:
                words, self._picture = "", where
        painter.setPen(self._theme.on_wall("secondary"))
        painter.setFont(self._theme.font(Type.BODY))
        painter.drawText(self._picture, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_mask(self, painter: QPainter, mask: tuple[Point, ...], *, chosen: bool) -> None:
        ground = QColor(self._theme.on_wall("control"))
        ground.setAlpha(190)
        painter.setBrush(ground)
        line = self._theme.on_wall("focus" if chosen else "secondary")
        painter.setPen(QPen(line, 2 if chosen else 1))
        corners = [self._spot(point) for point in mask]
        painter.drawPolygon(QPolygonF(corners))
        self._paint_corners(painter, corners, line)

    def _paint_open(self, painter: QPainter) -> None:
        corners = [self._spot(point) for point in self._draft.open]
        if not corners:
            return
        line = self._theme.on_wall("focus")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 2))
        reach = [self._pointer] if self._pointer is not None else []
        painter.drawPolyline(QPolygonF([*corners, *reach]))
        self._paint_corners(painter, corners, line)

    @staticmethod
    def _paint_corners(painter: QPainter, corners: list[QPointF], line: QColor) -> None:
        painter.setBrush(line)
        for corner in corners:
            painter.drawEllipse(corner, _CORNER, _CORNER)

    # places

    def _spot(self, point: Point) -> QPointF:
        box = self._picture
        return QPointF(box.x() + point[0] * box.width(), box.y() + point[1] * box.height())

    def _part(self, at: QPointF) -> Point:
        box = self._picture
        return (at.x() - box.x()) / max(box.width(), 1.0), (at.y() - box.y()) / max(
            box.height(), 1.0
        )

    def _near(self, at: QPointF, point: Point) -> bool:
        spot = self._spot(point)
        return math.hypot(at.x() - spot.x(), at.y() - spot.y()) <= _NEAR

    def _corner_at(self, at: QPointF) -> tuple[int, int] | None:
        for number, mask in enumerate(self._draft.masks):
            for corner, point in enumerate(mask):
                if self._near(at, point):
                    return number, corner
        return None

    # the hand

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.drawn.emit(self._draft.closed() if self._draft.closable else self._draft)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position())

    def _press(self, at: QPointF) -> None:
        draft = self._draft
        if draft.open:
            first = self._near(at, draft.open[0]) and draft.closable
            self.drawn.emit(draft.closed() if first else draft.added(self._part(at)))
            return
        self._corner = self._corner_at(at)
        if self._corner is not None:
            return
        here = draft.chosen_at(self._part(at))
        if here.chosen is None:
            self.drawn.emit(draft.added(self._part(at)))
        else:
            self._held = self._part(at)
            self.drawn.emit(here)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._pointer = at
        part = self._part(at)
        if self._corner is not None:
            self.drawn.emit(self._draft.bent(*self._corner, part))
        elif self._held is not None:
            self.drawn.emit(self._draft.moved(part[0] - self._held[0], part[1] - self._held[1]))
            self._held = part

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._corner = self._held = None
        self.settled.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._draft.closable:
            self.drawn.emit(self._draft.closed())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        after = self._keyed(Qt.Key(event.key()))
        if after is None:
            super().keyPressEvent(event)
            return
        self.drawn.emit(after)
        self.settled.emit()

    def _keyed(self, key: Qt.Key) -> MaskDraft | None:
        """What a key makes of it; None: it is not ours."""
        draft = self._draft
        if key in _ARROWS and draft.chosen is not None:
            return draft.moved(*_ARROWS[key])
        if draft.open:
            acts = {
                Qt.Key.Key_Return: draft.closed, Qt.Key.Key_Enter: draft.closed,
                Qt.Key.Key_Backspace: draft.stepped_back, Qt.Key.Key_Escape: draft.without_open,
            }  # fmt: skip
            return acts[key]() if key in acts else None
        if key == Qt.Key.Key_Delete:
            return draft.removed()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            return draft.stepped(1 if key == Qt.Key.Key_PageDown else -1)
        return None
