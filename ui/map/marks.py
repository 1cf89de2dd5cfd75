"""Paints cameras, their clusters and fields of view, and points. Any thread: pictures only."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from app.domain.geo.camera_map import CameraMap
from app.domain.geo.clusters import STREET_ZOOM, Clusters
from app.domain.geo.mercator import Floats
from app.domain.geo.viewport import Viewport
from app.domain.seeing import ASSUMED_FOV
from ui.map.look import Look

# Logical pixels.
DOT: Final = 9.0
_LEAST_DISC: Final = 24.0
# More cones than these say nothing any more, and each of them costs.
MOST_CONES: Final = 600
_CONE_ALPHA: Final = 22
_CONE_LINE_ALPHA: Final = 60
# On the ground: a face is a face up to here; longer ones would cover each other.
CONE_M: Final = 60.0
_THOUSAND: Final = 1000
_ALL_ROUND: Final = 360.0


@dataclass(slots=True)
class Sprites:
    """Small pictures, each drawn once for a look. Belongs to one thread."""

    look: Look
    _made: dict[tuple[str, bool], QImage] = field(default_factory=dict)

    def dot(self, *, dead: bool) -> QImage:
        """A camera by itself: filled where it gives a picture or nobody knows, else hollow."""
        return self._once("", dead=dead)

    def disc(self, count: int, dead: int) -> QImage:
        """A cluster; with a ring of warning where some of it gives no picture."""
        return self._once(count_words(count), dead=dead > 0)

    def _once(self, text: str, *, dead: bool) -> QImage:
        made = self._made.get((text, dead))
        if made is None:
            made = self._disc(text, dead=dead) if text else self._dot(dead=dead)
            self._made[text, dead] = made
        return made

    def _dot(self, *, dead: bool) -> QImage:
        image, painter = self._empty(DOT + 2)
        box = QRectF(1, 1, DOT, DOT)
        if dead:
            painter.setPen(QPen(self.look.dead, 2))
            painter.setBrush(self.look.land)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(QPen(self.look.land, 1))
            painter.setBrush(self.look.dot)
            painter.drawEllipse(box)
        painter.end()
        return image

    def _disc(self, text: str, *, dead: bool) -> QImage:
        width = QFontMetricsF(self.look.count).horizontalAdvance(text)
        across = max(_LEAST_DISC, width + 12)
        image, painter = self._empty(across + 2)
        box = QRectF(1, 1, across, across)
        painter.setPen(QPen(self.look.dead if dead else self.look.ring, 2 if dead else 1))
        painter.setBrush(self.look.disc)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.setPen(self.look.text)
        painter.setFont(self.look.count)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return image

    def _empty(self, size: float) -> tuple[QImage, QPainter]:
        pixels = math.ceil(size * self.look.ratio)
        image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.look.ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return image, painter


def count_words(count: int) -> str:
    if count < _THOUSAND:
        return str(count)
    return f"{count / _THOUSAND:.1f}k" if count < 10 * _THOUSAND else f"{count // _THOUSAND}k"


def paint_clusters(
    painter: QPainter, found: Clusters, view: Viewport, sprites: Sprites
) -> list[QRectF]:
    """Where a number stands now, in logical pixels."""
    taken = []
    xs = (found.x - view.x) * view.scale + view.width / 2
    ys = (found.y - view.y) * view.scale + view.height / 2
    rows = zip(xs.tolist(), ys.tolist(), found.count.tolist(), found.dead.tolist(), strict=True)
    for x, y, count, dead in rows:
        image = sprites.dot(dead=dead > 0) if count == 1 else sprites.disc(count, dead)
        half = image.width() / image.devicePixelRatio() / 2
        painter.drawImage(QPointF(x - half, y - half), image)
        if count > 1:
            taken.append(QRectF(x - half, y - half, 2 * half, 2 * half))
    return taken


def paint_cones(
    painter: QPainter, cameras: CameraMap, found: Clusters, view: Viewport, look: Look
) -> None:
    """What each camera looks at, from street level on. Grey: blue are those of a dragnet."""
    if view.zoom < STREET_ZOOM:
        return
    known = found.members[~np.isnan(cameras.azimuth[found.members])][:MOST_CONES]
    reach = CONE_M / view.metres_per_pixel
    fill, line = QColor(look.dot), QColor(look.dot)
    fill.setAlpha(_CONE_ALPHA)
    line.setAlpha(_CONE_LINE_ALPHA)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(QPen(line, 1))
    for number in known.tolist():
        x, y = view.on_screen(float(cameras.x[number]), float(cameras.y[number]))
        cone(painter, (x, y), reach, float(cameras.azimuth[number]), float(cameras.fov[number]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def cone(
    painter: QPainter, at: tuple[float, float], reach: float, azimuth: float, fov: float
) -> None:
    """One field of view; `reach` in logical pixels, angles in degrees clockwise from north."""
    wide = ASSUMED_FOV if math.isnan(fov) else fov
    box = QRectF(at[0] - reach, at[1] - reach, 2 * reach, 2 * reach)
    if wide >= _ALL_ROUND:
        painter.drawEllipse(box)
        return
    # Qt counts sixteenths of a degree from three o'clock, against the clock.
    painter.drawPie(box, round((90 - azimuth - wide / 2) * 16), round(wide * 16))


@dataclass(frozen=True, slots=True)
class PointLayer:
    """Bells, police boxes, schools …: arrays in world units, and their names."""

    kind: str
    x: Floats = field(repr=False)
    y: Floats = field(repr=False)
    names: tuple[str, ...] = field(repr=False)


# The shape tells the kind; the colour is that of everything that has no state.
POINT_FROM: Final = 12.0
_NAMES_FROM: Final = 16.0
MOST_POINTS: Final = 1500


def paint_points(painter: QPainter, layer: PointLayer, view: Viewport, look: Look) -> None:
    if view.zoom < POINT_FROM:
        return
    left, top, right, bottom = view.bounds
    inside = (layer.x >= left) & (layer.x <= right) & (layer.y >= top) & (layer.y <= bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.small)
    shape = point_shape(layer.kind)
    for number in np.flatnonzero(inside)[:MOST_POINTS].tolist():
        x, y = view.on_screen(float(layer.x[number]), float(layer.y[number]))
        painter.setPen(QPen(look.land, 1))
        painter.setBrush(look.faint)
        painter.drawPath(shape.translated(x, y))
        if view.zoom >= _NAMES_FROM:
            painter.setPen(look.label)
            painter.drawText(QPointF(x + 8, y + 4), layer.names[number])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def point_shape(kind: str) -> QPainterPath:
    """A bell is a triangle, a police box a square, everything else a diamond."""
    path = QPainterPath()
    if kind == "police_box":
        path.addRect(QRectF(-4, -4, 8, 8))
        return path
    corners = {"bell": ((0, -5), (5, 4), (-5, 4))}.get(kind, ((0, -5), (5, 0), (0, 5), (-5, 0)))
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.closeSubpath()
    return path
