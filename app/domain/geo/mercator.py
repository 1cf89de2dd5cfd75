"""Web Mercator (EPSG:3857) as maps of tiles use it, in units of the whole world.

x runs from 0 (180° W) to 1 (180° E), y from 0 (85.05° N) to 1 (85.05° S).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.domain.geo.earth import RADIUS_M, Place

# Logical pixels of one tile: at zoom 0 the world is one tile.
TILE: Final = 256
# Beyond it the projection goes to infinity; the world is a square up to here.
MOST_LATITUDE: Final = 85.051129

Floats = NDArray[np.float64]


def project(place: Place) -> tuple[float, float]:
    latitude = max(-MOST_LATITUDE, min(MOST_LATITUDE, place.latitude))
    s = math.sin(math.radians(latitude))
    return place.longitude / 360 + 0.5, 0.5 - math.atanh(s) / (2 * math.pi)


def project_all(latitudes: Floats, longitudes: Floats) -> tuple[Floats, Floats]:
    """Arrays of one shape, degrees."""
    s = np.sin(np.radians(np.clip(latitudes, -MOST_LATITUDE, MOST_LATITUDE)))
    return longitudes / 360 + 0.5, 0.5 - np.arctanh(s) / (2 * math.pi)


def unproject(x: float, y: float) -> Place:
    latitude = math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))
    return Place(latitude, (x - 0.5) * 360)


def pixels(zoom: float) -> float:
    """Logical pixels from one side of the world to the other."""
    return float(TILE * 2.0**zoom)


def metres_per_pixel(latitude: float, zoom: float) -> float:
    """On the ground, at that latitude."""
    return 2 * math.pi * RADIUS_M * math.cos(math.radians(latitude)) / pixels(zoom)
