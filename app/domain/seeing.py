"""How well a camera sees a place: from its position, direction and field of view alone.

Nobody tells what stands in between. So this says "sees" only where the direction is known and the
place lies within the field of view and near enough; everything else is said as what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from app.domain.camera import Camera, Preset
from app.domain.geo.earth import Place, bearing_deg, distance_m, turned_deg

# A person of 1.7 m is some 12 pixels high at 150 m in a picture of 1,080 rows and 60° across: the
# last distance at which one tells a person from a post. Ours.
SEES_M = 150.0
# Where the direction is unknown, whoever stands this near is perhaps in the picture. Ours.
MAY_SEE_M = 100.0
# Most fixed municipal cameras have lenses of 2.8 to 6 mm on a 1/2.8" sensor. Ours.
ASSUMED_FOV = 70.0
_ALL_ROUND = 360.0


class Sight(IntEnum):
    """The better one is the smaller."""

    SEES = 0
    """Within the field of view and near enough."""
    PRESET = 1
    """A preset of the camera faces the place."""
    MAY = 2
    """The direction is unknown, or the camera can be turned; near enough."""
    FAR = 3
    """It looks that way, but from too far to see a person."""
    AWAY = 4
    """It looks another way, or nothing is known and it is not near."""


@dataclass(frozen=True, slots=True)
class View:
    """`bearing`: from the camera to the place, in degrees.

    `off`: from the middle of its picture, in degrees, positive to the right; None where the
    direction is unknown. `preset`: of `Sight.PRESET`.
    """

    sight: Sight
    distance_m: float
    bearing: float
    off: float | None = None
    preset: Preset | None = None


def view(camera: Camera, place: Place) -> View | None:
    """None for a camera whose position is not known."""
    if camera.latitude is None or camera.longitude is None:
        return None
    here = Place(camera.latitude, camera.longitude)
    distance, bearing = distance_m(here, place), bearing_deg(here, place)
    if camera.approximate:
        # Its position is that of a quarter: neither distance nor bearing says anything of it.
        return View(Sight.AWAY, distance, bearing)
    off = None if camera.azimuth is None else turned_deg(camera.azimuth, bearing)
    if off is not None and _within(off, camera.fov):
        return View(Sight.SEES if distance <= SEES_M else Sight.FAR, distance, bearing, off)
    if (preset := _facing(camera, bearing)) is not None and distance <= SEES_M:
        return View(Sight.PRESET, distance, bearing, off, preset)
    near = distance <= MAY_SEE_M
    if camera.ptz and distance <= SEES_M:
        return View(Sight.MAY, distance, bearing, off)
    return View(Sight.MAY if off is None and near else Sight.AWAY, distance, bearing, off)


def _within(off: float, fov: float | None) -> bool:
    width = ASSUMED_FOV if fov is None else fov
    return width >= _ALL_ROUND or abs(off) <= width / 2


def _facing(camera: Camera, bearing: float) -> Preset | None:
    """The preset whose middle is nearest to the place, of those that have it in their picture."""
    found = [
        (abs(turned), preset)
        for preset in camera.presets
        if preset.azimuth is not None
        and _within(turned := turned_deg(preset.azimuth, bearing), preset.fov or camera.fov)
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None
