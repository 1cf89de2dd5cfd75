"""Paints what moves, and only what lies in the part that is to be painted again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QRegion,
)

from app.domain.geo.viewport import Viewport
from ui.map.live import MARK, PULSE_MOST, Chosen, IncidentMark, Live, Ring, Track, around
from ui.map.look import Look
from ui.map.marks import cone
from ui.widgets.shapes import shape_path

# Logical pixels.
# The longest name of a type with its time, in large text.
_LABEL_ROOM: Final = 340.0
# As far from the screen that nothing of a name is on it.
_REACH: Final = 400.0
_NUMBER: Final = 11.0
_HEAD: Final = 6.0
# Of one pulse: as often as it is painted.
_PULSE_STEPS: Final = 16
# On the ground: the cones of a dragnet are drawn so long that they can be told apart.
_CONE_M: Final = 120.0
# Beside its mark, or some lines below or above.
_LINES: Final = (0, 1, -1, 2, -2)
At = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Laid:
    """In pixels of the screen: the points of each track, and where the name of a mark stands."""

    ways: list[list[QPointF]]
    labels: list[tuple[IncidentMark, At]]


class LivePainter:
    """`look`: the one that is on now."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look_now = look
        # An ellipse of soft edges takes a tenth of a millisecond, its picture a hundredth.
        self._pulse = lru_cache(maxsize=256)(_make_pulse)
        self._label = lru_cache(maxsize=512)(self._make_label)
        # Where tracks and names lie on the screen: ten pulses a second need not work that out
        # again.
        self._laid: tuple[Live, Viewport, Look, _Laid] | None = None

    def paint(
        self, painter: QPainter, live: Live, view: Viewport, region: QRegion, phase: float
    ) -> None:
        """`phase`: of the pulse, 0 … 1."""
        look, laid = self._look_now(), self._layout(live, view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ring in live.rings:
            _ring(painter, ring, view, look)
        for one in live.chosen:
            _cone(painter, one, view, look)
        for track, points in zip(live.tracks, laid.ways, strict=True):
            self._track(painter, track, points, region)
        for one in live.chosen:
            self._number(painter, one, view, lit=live.lit == one.camera)
        for incident in live.incidents:
            lit = live.lit == incident.id
            self._incident(painter, incident, view, region, phase, lit=lit)
        for incident, at in laid.labels:
            self._put_label(painter, incident.label, at, region, strong=live.lit == incident.id)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _incident(
        self,
        painter: QPainter,
        incident: IncidentMark,
        view: Viewport,
        region: QRegion,
        phase: float,
        *,
        lit: bool,
    ) -> None:
        look = self._look_now()
        x, y = view.place_on_screen(incident.place)
        if region.intersects(around((x, y), PULSE_MOST + 2)):
            if incident.new:
                step = round(phase * _PULSE_STEPS) % _PULSE_STEPS
                sprite = self._pulse(look, incident.colour.rgba(), step)
                half = sprite.deviceIndependentSize().width() / 2
                painter.drawPixmap(QPointF(x - half, y - half), sprite)
            dashed = Qt.PenStyle.DashLine if incident.approximate else Qt.PenStyle.SolidLine
            edge = look.text if lit or incident.approximate else look.land
            painter.setPen(QPen(edge, 1.5, dashed))
            painter.setBrush(incident.colour)
            painter.drawPath(shape_path(incident.shape, MARK).translated(x, y))

    def _labels(self, live: Live, view: Viewport) -> Iterator[tuple[IncidentMark, At]]:
        """Where the names of incidents stand: of two at one place each has a line of its own.

        The one on top comes first. A name without any room is left out: two over each other read
        as a third.
        """
        taken: list[QRectF] = []
        screen = QRectF(-_REACH, -_REACH, view.width + 2 * _REACH, view.height + 2 * _REACH)
        for incident in (one for one in reversed(live.incidents) if one.label):
            x, y = view.place_on_screen(incident.place)
            if not screen.contains(x, y):
                continue
            strong = live.lit == incident.id
            size = self._label(self._look_now(), incident.label, strong).deviceIndependentSize()
            for line in _LINES:
                at = (x + MARK + 5, y + line * size.height())
                box = QRectF(at[0], at[1] - size.height() / 2, size.width(), size.height())
                if not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    yield incident, at
                    break

    def _layout(self, live: Live, view: Viewport) -> _Laid:
        look, known = self._look_now(), self._laid
        if known is None or known[0] is not live or known[1] != view or known[2] is not look:
            ways = [[QPointF(*view.place_on_screen(p)) for p in t.places] for t in live.tracks]
            laid = _Laid(ways, list(self._labels(live, view)))
            self._laid = known = (live, view, look, laid)
        return known[3]

    def _track(
        self, painter: QPainter, track: Track, points: list[QPointF], region: QRegion
    ) -> None:
        look = self._look_now()
        x, y = points[-1].x(), points[-1].y()
        if region.intersects(QPolygonF(points).boundingRect().adjusted(-9, -9, 9, 9).toRect()):
            path = QPainterPath()
            for number, point in enumerate(points):
                if number == 0 or number in track.breaks:
                    path.moveTo(point)
                else:
                    path.lineTo(point)
            # A line of one pixel and a dot for each reading: dotted lines take ten times as long.
            thin, dots = QPen(track.colour, 1), QPen(track.colour, 3)
            thin.setCosmetic(True)
            dots.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.strokePath(path, thin)
            painter.setPen(dots)
            painter.drawPoints(points)
            painter.setPen(QPen(track.colour, 3))
            painter.setBrush(look.land)
            painter.drawEllipse(points[-1], _HEAD, _HEAD)
        if track.label:
            self._put_label(painter, track.label, (x + _HEAD * 2, y), region)

    def _number(self, painter: QPainter, one: Chosen, view: Viewport, *, lit: bool) -> None:
        look = self._look_now()
        x, y = view.place_on_screen(one.place)
        painter.setPen(QPen(look.text, 2) if lit else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(look.focus))
        painter.drawEllipse(QPointF(x, y), _NUMBER, _NUMBER)
        painter.setPen(look.land)
        painter.setFont(look.names[1])
        box = QRectF(x - _NUMBER, y - _NUMBER, 2 * _NUMBER, 2 * _NUMBER)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(one.number))
        if lit:
            self._put_label(painter, one.reason, (x + _NUMBER + 4, y), None, strong=True)

    def _put_label(
        self,
        painter: QPainter,
        text: str,
        at: At,
        region: QRegion | None,
        *,
        strong: bool = False,
    ) -> None:
        """To the right of a mark, on a ground of its own."""
        label = self._label(self._look_now(), text, strong)
        size = label.deviceIndependentSize()
        box = QRectF(at[0], at[1] - size.height() / 2, size.width(), size.height())
        if region is None or region.intersects(box.toAlignedRect()):
            painter.drawPixmap(box.topLeft(), label)

    @staticmethod
    def _make_label(look: Look, text: str, strong: bool) -> QPixmap:  # noqa: FBT001 - cached
        metrics = QFontMetricsF(look.small)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _LABEL_ROOM)
        width, height = (
            math.ceil(metrics.horizontalAdvance(shown)) + 10,
            math.ceil(metrics.height()) + 4,
        )
        made = QPixmap(math.ceil(width * look.ratio), math.ceil(height * look.ratio))
        made.setDevicePixelRatio(look.ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(look.sea)
        ground.setAlpha(225)
        painter.setPen(QPen(look.text, 1) if strong else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 3, 3)
        painter.setPen(look.text)
        painter.setFont(look.small)
        painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()
        return made


def _make_pulse(look: Look, colour: int, step: int) -> QPixmap:
    phase = step / _PULSE_STEPS
    size = math.ceil((PULSE_MOST + 2) * 2 * look.ratio)
    made = QPixmap(size, size)
    made.setDevicePixelRatio(look.ratio)
    made.fill(Qt.GlobalColor.transparent)
    faded = QColor.fromRgba(colour)
    faded.setAlphaF(0.55 * (1 - phase))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(faded, 2))
    reach = MARK + (PULSE_MOST - MARK) * phase
    middle = size / look.ratio / 2
    painter.drawEllipse(QPointF(middle, middle), reach, reach)
    painter.end()
    return made


def _ring(painter: QPainter, ring: Ring, view: Viewport, look: Look) -> None:
    x, y = view.place_on_screen(ring.place)
    reach = ring.metres / view.metres_per_pixel
    if reach > view.width * 4:
        return
    painter.setPen(QPen(look.faint, 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x, y), reach, reach)
    painter.setFont(look.small)
    painter.setPen(look.label)
    text = f"{ring.metres:,.0f} m"
    width = QFontMetricsF(look.small).horizontalAdvance(text)
    painter.drawText(QPointF(x - width / 2, y - reach - 4), text)


def _cone(painter: QPainter, one: Chosen, view: Viewport, look: Look) -> None:
    if one.azimuth is None:
        return
    fill, line = QColor(look.focus), QColor(look.focus)
    fill.setAlpha(48)
    line.setAlpha(130)
    painter.setBrush(fill)
    painter.setPen(QPen(line, 1))
    reach = _CONE_M / view.metres_per_pixel
    cone(painter, view.place_on_screen(one.place), reach, one.azimuth, one.fov or math.nan)
