"""Distances and bearings on the ground: WGS84 degrees in, metres and degrees out.

On a sphere: within a country the error against the ellipsoid is at most 0.3 %.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# The mean radius of the Earth in metres (IUGG).
RADIUS_M = 6_371_008.8
_HALF = 180.0
Floats = NDArray[np.float64]


class Place(NamedTuple):
    """A point in WGS84 degrees."""

    latitude: float
    longitude: float


def distance_m(a: Place, b: Place) -> float:
    """Along the great circle (haversine)."""
    here, there = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((there - here) / 2) ** 2
    half += (
        math.cos(here)
        * math.cos(there)
        * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def bearing_deg(a: Place, b: Place) -> float:
    """From `a` towards `b`, clockwise from north, 0 ≤ bearing < 360. 0 where both are the same."""
    here, there = math.radians(a.latitude), math.radians(b.latitude)
    east = math.radians(b.longitude - a.longitude)
    x = math.sin(east) * math.cos(there)
    y = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(east)
    return math.degrees(math.atan2(x, y)) % 360.0


def turned_deg(from_deg: float, to_deg: float) -> float:
    """The shorter turn between two bearings: -180 < turn ≤ 180, positive to the right."""
    turn = (to_deg - from_deg) % 360.0
    return turn - 360.0 if turn > _HALF else turn


def destination(start: Place, bearing: float, metres: float) -> Place:
    """Where one comes to who goes `metres` along `bearing`."""
    angle, course = metres / RADIUS_M, math.radians(bearing)
    here = math.radians(start.latitude)
    there = math.asin(
        math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * math.cos(course)
    )
    east = math.atan2(
        math.sin(course) * math.sin(angle) * math.cos(here),
        math.cos(angle) - math.sin(here) * math.sin(there),
    )
    longitude = (start.longitude + math.degrees(east) + 540.0) % 360.0 - 180.0
    return Place(math.degrees(there), longitude)


def distances_m(latitudes: Floats, longitudes: Floats, place: Place) -> Floats:
    """From every point of two arrays of one length to `place`; NaN stays NaN."""
    there = np.radians(latitudes)
    here = math.radians(place.latitude)
    half = np.sin((there - here) / 2) ** 2
    half += (
        math.cos(here) * np.cos(there) * np.sin(np.radians(longitudes - place.longitude) / 2) ** 2
    )
    found: Floats = 2 * RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return found
