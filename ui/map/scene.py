"""Everything on the map that stands still, painted by a worker a little larger than the screen.

The widget only puts the finished picture where the hand has moved it: while one drags, nothing is
painted, and while one zooms, the picture at hand is stretched until the next one is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from app.domain.errors import Failure
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.clusters import Clusters, Flags, clusters
from app.domain.geo.viewport import Viewport
from app.services.map_ports import Boundaries, TilePictures
from ui.map import base, marks
from ui.map.look import Look
from ui.map.marks import PointLayer, Sprites

_log = logging.getLogger(__name__)

# Logical pixels around the screen that are painted as well.
MARGIN: Final = 192
# Of 256 × 256 pixels: 100 MB.
_MOST_TILES: Final = 400


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted. `view` is that of the whole picture, with the margin."""

    view: Viewport
    look: Look
    cameras: CameraMap = field(repr=False)
    dead: Flags = field(repr=False)
    shown: Flags | None = field(default=None, repr=False)
    points: tuple[PointLayer, ...] = ()
    tiles: TilePictures | None = field(default=None, repr=False)
    with_cameras: bool = True
    with_cones: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    view: Viewport
    image: QImage = field(repr=False)
    clusters: Clusters = field(repr=False)


class SceneMaker(QObject):
    """`made` (Scene): on the thread of the screen. Of several orders at once the last one counts.

    Whoever only looks elsewhere waits until it is not `busy`, or half of what is painted is for
    places that the hand has left.

    `failed` (Failure): once for each base map that cannot be read; the rest is painted.
    """

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, boundaries: Boundaries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._boundaries = boundaries
        self._pool = ThreadPoolExecutor(1, "map")
        self._waiting: Order | None = None
        self.busy = False
        self._shut = False
        self._painter = ScenePainter(boundaries, self._complain)
        self._complained: set[int] = set()
        self._done.connect(self._finished)

    _done = Signal(object)

    def order(self, order: Order) -> None:
        if self._shut:
            return
        if self.busy:
            self._waiting = order
            return
        self.busy = True
        self._pool.submit(self._work, order)

    def shut(self) -> None:
        """Waits for the picture at hand: some hundredths of a second."""
        self._shut = True
        self._waiting = None
        self._pool.shutdown(wait=True)

    def _work(self, order: Order) -> None:
        scene = None
        try:
            scene = self._painter.paint(order)
        except Exception:  # noqa: BLE001 - the next order may be paintable, and somebody waits
            _log.exception("a picture of the map could not be painted")
        self._done.emit(scene)

    def _finished(self, scene: Scene | None) -> None:
        self.busy = False
        if self._shut:
            return
        if scene is not None:
            self.made.emit(scene)
        if self._waiting is not None:
            following, self._waiting = self._waiting, None
            self.order(following)

    def _complain(self, tiles: TilePictures, failure: Failure) -> None:
        if id(tiles) not in self._complained:
            self._complained.add(id(tiles))
            self.failed.emit(failure)


class ScenePainter:
    """Belongs to one thread."""

    def __init__(
        self, boundaries: Boundaries, complain: Callable[[TilePictures, Failure], None]
    ) -> None:
        self._boundaries, self._complain = boundaries, complain
        self._sprites: Sprites | None = None
        self._tile = lru_cache(maxsize=_MOST_TILES)(self._read)

    def paint(self, order: Order) -> Scene:
        view, look = order.view, order.look
        image = QImage(
            round(view.width * look.ratio),
            round(view.height * look.ratio),
            QImage.Format.Format_RGB32,
        )
        image.setDevicePixelRatio(look.ratio)
        image.fill(look.sea)
        if self._sprites is None or self._sprites.look != look:
            self._sprites = Sprites(look)
        found = clusters(
            order.cameras.x, order.cameras.y, order.dead, order.shown, view.zoom, view.bounds
        )
        drawn = self._boundaries.within(view.bounds, view.zoom)
        painter = QPainter(image)
        try:
            if not self._paint_tiles(painter, order):
                base.paint_land(painter, drawn, view, look)
            base.paint_lines(painter, drawn, view, look)
            if order.with_cameras and order.with_cones:
                marks.paint_cones(painter, order.cameras, found, view, look)
            for layer in order.points:
                marks.paint_points(painter, layer, view, look)
            taken = []
            if order.with_cameras:
                taken = marks.paint_clusters(painter, found, view, self._sprites)
            base.paint_names(painter, drawn.names, view, look, taken)
        finally:
            painter.end()
        return Scene(view, image, found)

    def _paint_tiles(self, painter: QPainter, order: Order) -> bool:
        """Whether the base map covers any of the picture."""
        tiles, any_found = order.tiles, False
        if tiles is None:
            return False
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(smooth, order.view.zoom != round(order.view.zoom))
        try:
            for zoom, column, row in base.tiles_in(order.view, tiles.least_zoom, tiles.most_zoom):
                image = self._tile((tiles, zoom, column, row))
                if image is not None:
                    base.paint_tile(painter, image, order.view, zoom, column, row)
                    any_found = True
        except Failure as failure:
            self._complain(tiles, failure)
        painter.setRenderHint(smooth, on=False)
        return any_found

    @staticmethod
    def _read(which: tuple[TilePictures, int, int, int]) -> QImage | None:
        tiles, zoom, column, row = which
        data = tiles.read(zoom, column, row)
        image = QImage.fromData(data) if data is not None else QImage()
        return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
