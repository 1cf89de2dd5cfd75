"""The cameras of a list as arrays in world units, for whoever draws or chooses them on a map."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from app.domain.camera import Camera, CameraId
from app.domain.geo import mercator
from app.domain.geo.clusters import Flags, Ints
from app.domain.geo.earth import Place, distances_m
from app.domain.geo.mercator import Floats


@dataclass(frozen=True, slots=True)
class Kinds:
    """A word that many cameras share: `of[i]` is the place of camera i's word in `words`."""

    words: tuple[str, ...]
    of: Ints = field(repr=False)

    @classmethod
    def among(cls, words: Sequence[str]) -> Kinds:
        known: dict[str, int] = {}
        of = np.array([known.setdefault(word, len(known)) for word in words], dtype=np.int64)
        return cls(tuple(known), of)

    def shown(self, chosen: Collection[str]) -> Flags:
        """Those whose word is one of `chosen`."""
        wanted = np.array([word in chosen for word in self.words], dtype=np.bool_)
        found: Flags = wanted[self.of]
        return found


@dataclass(frozen=True, slots=True)
class CameraMap:
    """Only cameras with a position. Angles in degrees, NaN where unknown."""

    cameras: tuple[Camera, ...]
    index: Mapping[CameraId, int] = field(repr=False)
    latitude: Floats = field(repr=False)
    longitude: Floats = field(repr=False)
    x: Floats = field(repr=False)
    y: Floats = field(repr=False)
    azimuth: Floats = field(repr=False)
    fov: Floats = field(repr=False)
    purpose: Kinds = field(repr=False)
    site: Kinds = field(repr=False)

    @classmethod
    def of(cls, cameras: Sequence[Camera]) -> CameraMap:
        """A fifth of a second for 100,000: best made off the thread of the screen."""
        placed = tuple(c for c in cameras if c.latitude is not None and c.longitude is not None)
        latitude = np.array([c.latitude for c in placed], dtype=np.float64)
        longitude = np.array([c.longitude for c in placed], dtype=np.float64)
        x, y = mercator.project_all(latitude, longitude)
        return cls(
            placed,
            {c.id: n for n, c in enumerate(placed)},
            latitude,
            longitude,
            x,
            y,
            np.array([_angle(c.azimuth, c) for c in placed], dtype=np.float64),
            np.array([_angle(c.fov, c) for c in placed], dtype=np.float64),
            Kinds.among([c.purpose for c in placed]),
            Kinds.among([c.site for c in placed]),
        )

    def place(self, number: int) -> Place:
        return Place(float(self.latitude[number]), float(self.longitude[number]))

    def around(self, place: Place, metres: float, shown: Flags | None = None) -> Ints:
        """Their indices, the nearest first."""
        far = distances_m(self.latitude, self.longitude, place)
        inside = far <= metres if shown is None else (far <= metres) & shown
        found = np.flatnonzero(inside)
        return found[np.argsort(far[found], kind="stable")]

    def inside(self, outline: Sequence[tuple[float, float]], shown: Flags | None = None) -> Ints:
        """Their indices; `outline`: the corners of a polygon in world units, at least three."""
        if len(outline) < 3:  # noqa: PLR2004 - a line has no inside
            return np.zeros(0, np.int64)
        polygon = shapely.make_valid(shapely.Polygon(outline))
        within = shapely.contains_xy(polygon, self.x, self.y)
        return np.flatnonzero(within if shown is None else within & shown)


def _angle(degrees: float | None, camera: Camera) -> float:
    """One that stands at the middle of its quarter looks nowhere on a map."""
    return math.nan if degrees is None or camera.approximate else degrees
