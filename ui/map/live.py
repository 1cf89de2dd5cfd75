"""What moves on the map: incidents that pulse, tracks, the dragnet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QRegion

from app.domain.camera import CameraId
from app.domain.geo.earth import Place
from app.domain.geo.viewport import Viewport

# Logical pixels.
MARK: Final = 9.0
PULSE_MOST: Final = 22.0
# Once a second, slowly: nothing may blink (mock/README).
PULSE_S: Final = 1.6


@dataclass(frozen=True, slots=True)
class IncidentMark:
    """`shape` and `colour` by grade, as the queue shows it; `new`: nobody has acknowledged it."""

    id: str
    place: Place
    shape: str
    colour: QColor
    label: str
    new: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """Where something has been, oldest first; `breaks`: places reached by a jump, not a way."""

    id: str
    places: tuple[Place, ...]
    label: str
    colour: QColor
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A camera of the dragnet: its place in the order and what it looks at."""

    camera: CameraId
    place: Place
    number: int
    azimuth: float | None
    fov: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle on the ground around an incident."""

    place: Place
    metres: float


@dataclass(frozen=True, slots=True)
class Live:
    """All of it, the lowest first."""

    rings: tuple[Ring, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    tracks: tuple[Track, ...] = ()
    incidents: tuple[IncidentMark, ...] = ()
    lit: str = ""
    """The incident or camera that is pointed at somewhere else."""

    @property
    def pulses(self) -> bool:
        return any(incident.new for incident in self.incidents)

    def pulse_region(self, view: Viewport) -> QRegion:
        """What changes while nothing moves."""
        region = QRegion()
        for incident in self.incidents:
            if incident.new:
                region += around(view.place_on_screen(incident.place), PULSE_MOST + 2)
        return region

    def incident_at(self, view: Viewport, x: float, y: float) -> str:
        """The topmost one under that pixel; "" for none."""
        for incident in reversed(self.incidents):
            left, top = view.place_on_screen(incident.place)
            if math.hypot(left - x, top - y) <= MARK + 3:
                return incident.id
        return ""

    def track_at(self, view: Viewport, x: float, y: float) -> str:
        for track in reversed(self.tracks):
            left, top = view.place_on_screen(track.places[-1])
            if math.hypot(left - x, top - y) <= MARK + 3:
                return track.id
        return ""


def around(at: tuple[float, float], reach: float) -> QRect:
    return QRectF(at[0] - reach, at[1] - reach, 2 * reach, 2 * reach).toAlignedRect()
