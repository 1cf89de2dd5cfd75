"""What a map shows and how it gets onto the screen: the finished picture, and what lives on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QRegion

from app.domain.camera import CameraId
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.clusters import Clusters, Flags, radius_at
from app.domain.geo.viewport import Viewport, whole_country
from app.services.map_ports import Boundaries, TilePictures
from ui.map.live import PULSE_S, Live
from ui.map.live_painter import LivePainter
from ui.map.look import Look, look_of
from ui.map.marks import DOT, PointLayer
from ui.map.overlay import Overlay
from ui.map.scene import MARGIN, Order, Scene, SceneMaker
from ui.theme import Theme

# After the last turn of the wheel, and during a long one: until then the picture is stretched.
_SETTLE_MS: Final = 70
_STRETCHED_S: Final = 0.3
# Under the pointer, in logical pixels.
_NEAR: Final = 9.0
_MOST_CIRCLED: Final = 2000
_NO_CAMERAS: Final = CameraMap.of(())


@dataclass(frozen=True, slots=True)
class Content:
    """What stands still. `dead` as long as the cameras; `shown`: those a filter lets through."""

    cameras: CameraMap = field(default=_NO_CAMERAS, repr=False)
    dead: Flags = field(default_factory=lambda: np.zeros(0, np.bool_), repr=False)
    shown: Flags | None = field(default=None, repr=False)
    points: tuple[PointLayer, ...] = ()
    tiles: TilePictures | None = field(default=None, repr=False)
    with_cameras: bool = True
    with_cones: bool = True


class Canvas(QObject):
    """`fresh`: another picture is there. `failed` (Failure): of the base map.

    `visible` says whether anybody can see it; `ratio` the device pixels of a logical one.
    """

    fresh = Signal()
    failed = Signal(object)

    def __init__(
        self,
        boundaries: Boundaries,
        theme: Theme,
        now: Callable[[], float],
        visible: Callable[[], bool],
        ratio: Callable[[], float],
    ) -> None:
        super().__init__()
        self._theme, self._now, self._visible, self._ratio = theme, now, visible, ratio
        self._maker = SceneMaker(boundaries, self)
        self._maker.made.connect(self._made)
        self._maker.failed.connect(self.failed)
        self._scene: Scene | None = None
        self._look: Look | None = None
        self._stretched = 0.0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.order)
        self._live_painter = LivePainter(self.look)
        self.overlay = Overlay(theme, boundaries.attribution)
        self.viewport = whole_country(640, 480)
        self.content = Content()
        self.live = Live()
        self.selected: tuple[CameraId, ...] = ()

    def shut(self) -> None:
        self._settle.stop()
        self._maker.shut()

    def put(self, **changes: object) -> None:
        """Changes fields of the content."""
        self.content = replace(self.content, **changes)  # type: ignore[arg-type]
        self.order()

    def look(self) -> Look:
        ratio = self._ratio()
        if self._look is None or self._look.ratio != ratio:
            self._look = look_of(self._theme, ratio)
        return self._look

    def restyle(self) -> None:
        """Another theme, or a screen of another density."""
        self._look = None
        self.order()

    # the picture

    def order(self) -> None:
        """It is of other things than what is there now."""
        self._settle.stop()
        if self._visible():
            known = self.content
            self._maker.order(
                Order(
                    self.viewport.grown(MARGIN), self.look(), known.cameras, known.dead,
                    known.shown, known.points, known.tiles, known.with_cameras, known.with_cones,
                )
            )  # fmt: skip

    def moved(self) -> None:
        """The picture at hand does not reach any more, or is of another zoom."""
        if self._maker.busy:
            return
        scene = self._scene
        if scene is None:
            self.order()
        elif scene.view.zoom != self.viewport.zoom:
            if not self._settle.isActive():
                self._stretched = self._now()
            if self._now() - self._stretched < _STRETCHED_S:
                self._settle.start()
            else:
                self.order()
        elif not _reaches(scene.view, self.viewport):
            self.order()

    def _made(self, scene: Scene) -> None:
        self._scene = scene
        self.fresh.emit()
        self.moved()

    # what is where

    def cameras_at(self, at: QPointF) -> list[CameraId]:
        """Of the dot or the cluster under that pixel; [] for none."""
        if self._scene is None or not self.content.with_cameras:
            return []
        found = self._scene.clusters
        nearest = _nearest(found, self.viewport, at)
        if nearest is None:
            return []
        cameras = self.content.cameras.cameras
        # An old picture's numbers may be of another list.
        return [cameras[int(n)].id for n in found.of(nearest) if int(n) < len(cameras)]

    # painting

    def paint(self, painter: QPainter, region: QRegion, rects: list[QRect]) -> None:
        """`rects`: of the region."""
        for rect in rects:
            self._paint_scene(painter, rect)
        phase = self._now() / PULSE_S % 1.0
        self._live_painter.paint(painter, self.live, self.viewport, region, phase)
        self._paint_selected(painter)

    def _paint_scene(self, painter: QPainter, rect: QRect) -> None:
        scene, view, look = self._scene, self.viewport, self.look()
        if scene is None:
            painter.fillRect(rect, look.sea)
            return
        left, top = view.on_screen(*scene.view.bounds[:2])
        if scene.view.zoom != view.zoom or scene.image.devicePixelRatio() != look.ratio:
            right, bottom = view.on_screen(*scene.view.bounds[2:])
            painter.fillRect(rect, look.sea)
            painter.setClipRect(rect)
            painter.drawImage(QRectF(left, top, right - left, bottom - top), scene.image)
            painter.setClipping(False)
            return
        # Whole device pixels, or every line would be painted between two of them.
        x, y = round(left * look.ratio) / look.ratio, round(top * look.ratio) / look.ratio
        source = QRectF(rect).translated(-x, -y)
        size = scene.image.size() / look.ratio
        whole = QRectF(0, 0, size.width(), size.height())
        if not whole.contains(source):
            painter.fillRect(rect, look.sea)
            source = source.intersected(whole)
        pixels = QRectF(source.topLeft() * look.ratio, source.size() * look.ratio)
        painter.drawImage(source.translated(x, y), scene.image, pixels)

    def _paint_selected(self, painter: QPainter) -> None:
        if not self.selected:
            return
        cameras = self.content.cameras
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.look().focus)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for camera in self.selected[:_MOST_CIRCLED]:
            number = cameras.index.get(camera)
            if number is not None:
                x, y = self.viewport.on_screen(float(cameras.x[number]), float(cameras.y[number]))
                painter.drawEllipse(QPointF(x, y), DOT * 0.8, DOT * 0.8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _reaches(scene: Viewport, view: Viewport) -> bool:
    """With half the margin to spare: the next picture is there before this one ends."""
    left, top, right, bottom = view.bounds
    a, b, c, d = scene.bounds
    spare = MARGIN / 2 / view.scale
    return a <= left - spare and b <= top - spare and right + spare <= c and bottom + spare <= d


def _nearest(found: Clusters, view: Viewport, at: QPointF) -> int | None:
    if not len(found.x):
        return None
    x, y = view.in_world(at.x(), at.y())
    far = np.hypot(found.x - x, found.y - y) * view.scale
    nearest = int(np.argmin(far))
    reach = _NEAR if found.count[nearest] == 1 else max(DOT, radius_at(view.zoom) / 4)
    return nearest if far[nearest] <= reach else None
