"""Paints one tile. Everything here runs for every picture of every camera: keep it short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.clock import Clock
from app.domain.camera import CameraId
from app.services.ports import Picture, VideoEngine
from ui.theme import Theme
from ui.wall.badges import BadgeMaker
from ui.wall.keepsakes import Keepsakes
from ui.wall.marks import Marks
from ui.wall.pane import Pane
from ui.wall.tile_state import PictureStyle
from ui.wall.watermark import Watermark

_RGB32 = QImage.Format.Format_RGB32


class Painted(Protocol):
    """The part of the figures that hears of every picture on the screen."""

    @property
    def painted(self) -> Callable[[CameraId, int, float, float | None, float, float], None]: ...

    def opened(self, camera: CameraId, seconds: float) -> None: ...


class Surface:
    """Paints panes in device pixels; the painter's transformation is 1:1."""

    def __init__(
        self,
        engine: VideoEngine,
        figures: Painted,
        clock: Clock,
        theme: Theme,
        keepsakes: Keepsakes,
        watermark: Watermark,
    ) -> None:
        self._newest = engine.newest
        self._painted = figures.painted
        self._clock = clock
        self._keepsakes = keepsakes
        self._watermark = watermark
        # Behind every picture and between them, in every theme.
        self.ground = theme.on_wall("wall")
        self.badges = BadgeMaker(theme)
        self.marks = Marks(theme)
        self.first_picture: Callable[[CameraId, float], None] = _nobody
        # One reading of the clock a paint event is exact enough and saves one a tile.
        self._monotonic = 0.0
        self._wall = 0.0

    def begin(self) -> None:
        self._monotonic = self._clock.monotonic()
        self._wall = self._clock.now().timestamp()

    def paint(self, painter: QPainter, pane: Pane) -> None:
        """One tile, wholly. A clip that is one rectangle keeps Qt on its fast copying path."""
        rect = pane.rect
        painter.setClipRect(rect.x, rect.y, rect.width, rect.height)
        look = pane.look
        if look is None:
            self._black(painter, pane)
            self.badges.free(painter, pane)
        elif pane.live:
            self._live(painter, pane)
            self._mark(painter, pane)
            self.badges.over_picture(painter, pane, look)
        else:
            self._still(painter, pane, grey=look.picture is PictureStyle.GREY)
            if look.picture is not PictureStyle.NONE:
                self._mark(painter, pane)
            self.badges.over_still(painter, pane, look)
        if pane.focused or pane.targeted or pane.lit or pane.run is not None:
            self.marks.paint(painter, pane, self._monotonic)

    def _mark(self, painter: QPainter, pane: Pane) -> None:
        """Below the words of the tile: they have a ground of their own and must be read."""
        if self._watermark.text:
            self._watermark.paint(painter, pane)

    def _live(self, painter: QPainter, pane: Pane) -> None:
        camera = pane.camera
        if camera is None:
            return
        with self._newest(camera) as picture:
            if picture is None:
                pane.painted = 0
                self._still(painter, pane, grey=True)
                return
            width, height = picture.width, picture.height
            if pane.size != (width, height):
                pane.fit(width, height)
            image = QImage(picture.pixels, width, height, picture.stride, _RGB32)
            if pane.exact and not pane.zoom.active:
                painter.drawImage(pane.place.x, pane.place.y, image)
            else:
                _scaled(painter, pane, image)
                self.marks.crop(painter, pane, image)
            self._count(camera, pane, picture)
        for bar in pane.bars:
            painter.fillRect(bar, self.ground)

    def _count(self, camera: CameraId, pane: Pane, picture: Picture) -> None:
        number = picture.number
        if number != pane.painted:
            if pane.painted == 0:
                self.first_picture(camera, self._monotonic)
            pane.painted = number
            self._painted(
                camera, number, picture.arrived, picture.captured, self._monotonic, self._wall
            )

    def _still(self, painter: QPainter, pane: Pane, *, grey: bool) -> None:
        """The last picture without its light, or nothing."""
        self._black(painter, pane)
        if not grey or pane.camera is None:
            return
        size = self._keepsakes.size(pane.camera)
        if size == (0, 0):
            return
        if pane.size != size:
            pane.fit(*size)
        place = pane.place
        dimmed = self._keepsakes.grey(pane.camera, place.width, place.height)
        if dimmed is not None:
            painter.drawPixmap(place.x, place.y, dimmed)

    def _black(self, painter: QPainter, pane: Pane) -> None:
        rect = pane.rect
        painter.fillRect(rect.x, rect.y, rect.width, rect.height, self.ground)


def _nobody(camera: CameraId, moment: float) -> None:
    pass


def _scaled(painter: QPainter, pane: Pane, image: QImage) -> None:
    """For the moment after a resize, and for digital zoom."""
    place = pane.place
    target = QRectF(place.x, place.y, place.width, place.height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=True)
    if pane.zoom.active:
        source = QRectF(*pane.zoom.source(image.width(), image.height()))
        painter.drawImage(target, image, source)
    else:
        painter.drawImage(target, image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
