"""Where in a camera's picture the place of an incident is.

Of a camera whose direction and field of view are known the bearing gives the column of the
picture; nothing gives the row, for nobody measured the camera's height and tilt. Of any other
camera only the distance is said: no false precision.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from app.domain.camera import Camera, CameraId
from app.domain.geo.earth import Place
from app.domain.seeing import ASSUMED_FOV, Sight, view
from app.domain.selective import Box

# Further away a marker points at houses in between more often than at the place. Ours.
FAR_M: Final = 300.0
# A picture plane ends below this; a dome's picture of more is no plane.
_WIDEST_FOV: Final = 140.0
_SHOWN: Final = frozenset({Sight.SEES, Sight.FAR, Sight.PRESET, Sight.MAY})
_ARROWS: Final = "↑↗→↘↓↙←↖"
# Nearer than this the bearing is that of two inexact positions.
_NO_BEARING_M: Final = 5.0


@dataclass(frozen=True, slots=True)
class Spot:
    """An open incident at a place of its own. `type` and `grade` as of the hub's row."""

    incident: str
    type: str
    grade: int
    place: Place | None
    camera: CameraId | None = None
    """The one that told of it sees it, whatever its direction says."""
    box: Box | None = None
    """Where in that camera's picture video analytics saw it."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One incident in the picture of one camera.

    `at`: the column, 0 left … 1 right; None where the direction is not known. `metres` from the
    camera, rounded, 0 where one of the two places is not known; `bearing` in degrees clockwise
    from north, a multiple of 45, None where it
    means nothing. `box`: left, top, width and height as parts of the picture.
    """

    incident: str
    type: str
    grade: int
    metres: int
    bearing: int | None
    at: float | None
    box: Box | None = None

    @property
    def arrow(self) -> str:
        """Which way it is from the camera, on a map with the north at the top."""
        return "" if self.bearing is None else _ARROWS[self.bearing // 45 % 8]


def marker(camera: Camera, spot: Spot) -> Marker | None:
    """None where the camera does not see the place, as far as anybody knows."""
    reporting = spot.camera == camera.id
    box = spot.box if reporting else None
    seen = view(camera, spot.place) if spot.place is not None else None
    if seen is None and reporting:
        # Where it is nobody knows, but this one has it in its picture.
        return Marker(spot.incident, spot.type, spot.grade, 0, None, None, box)
    if seen is not None and reporting and seen.sight is Sight.AWAY:
        # Its own position is perhaps all that is known of the place.
        seen = replace(seen, sight=Sight.MAY, off=None)
    if seen is None or seen.sight not in _SHOWN or seen.distance_m > FAR_M:
        return None
    at = None
    if seen.sight in (Sight.SEES, Sight.FAR) and seen.off is not None:
        at = column(seen.off, ASSUMED_FOV if camera.fov is None else camera.fov)
    bearing = None
    if seen.distance_m >= _NO_BEARING_M:
        bearing = round(seen.bearing / 45) % 8 * 45
    metres = _rounded(seen.distance_m)
    return Marker(spot.incident, spot.type, spot.grade, metres, bearing, at, box)


def column(off: float, fov: float) -> float | None:
    """Of a pinhole camera: `off` degrees from the middle of `fov` degrees. None for a dome."""
    if fov > _WIDEST_FOV:
        return None
    found = 0.5 + math.tan(math.radians(off)) / (2 * math.tan(math.radians(fov / 2)))
    # In thousandths, so that a marker that has hardly moved is the same one.
    return round(min(1.0, max(0.0, found)), 3)


def _rounded(metres: float) -> int:
    """As precise as two positions allow."""
    return round(metres) if metres < 10 else round(metres / 5) * 5  # noqa: PLR2004 - in steps of 5
