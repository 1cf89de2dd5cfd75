"""Cameras that stand too near together to be told apart on the screen, put together.

A grid of numpy first, fixed to the world so that nothing dances while the map is moved; then
neighbours across the grid's lines are put together by distance (the rule of supercluster).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from app.domain.geo.mercator import Floats, pixels
from app.domain.geo.viewport import Box

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Logical pixels: between two numbers the name of a quarter is still legible.
RADIUS: Final = 64.0
# Single cameras are told apart by their dots.
_DOTS: Final = 13.0
# From street level on every pole is shown.
STREET_ZOOM: Final = 16.0
# Of a cell and its neighbour: nearer than this share of a cell they are one.
_NEAR: Final = 0.72


@dataclass(frozen=True, slots=True)
class Clusters:
    """Arrays of one length. World units; `dead` how many give no picture.

    `first`: an index of a member (the only one where `count` is 1). `members`, `cluster`: which of
    all cameras lie in the box, and in which cluster each of them is.
    """

    x: Floats
    y: Floats
    count: Ints
    dead: Ints
    first: Ints
    members: Ints = field(repr=False)
    cluster: Ints = field(repr=False)

    def of(self, cluster: int) -> Ints:
        """The indices of the cameras in it."""
        found: Ints = self.members[self.cluster == cluster]
        return found


def radius_at(zoom: float) -> float:
    """Logical pixels."""
    return RADIUS if zoom < STREET_ZOOM else _DOTS


def clusters(
    xs: Floats, ys: Floats, dead: Flags, shown: Flags | None, zoom: float, box: Box
) -> Clusters:
    """Of the cameras in `box` (world units); `shown`: those that a filter lets through."""
    left, top, right, bottom = box
    inside = (xs >= left) & (xs <= right) & (ys >= top) & (ys <= bottom)
    if shown is not None:
        inside &= shown
    members = np.flatnonzero(inside)
    cell = radius_at(zoom) / pixels(zoom)
    columns = np.floor(xs[members] / cell).astype(np.int64)
    rows = np.floor(ys[members] / cell).astype(np.int64)
    if not len(members):
        none = np.zeros(0, np.int64)
        return Clusters(np.zeros(0), np.zeros(0), none, none, none, members, none)
    across = int(columns.max() - columns.min()) + 1
    key = (rows - rows.min()) * across + (columns - columns.min())
    _, of_cell = np.unique(key, return_inverse=True)
    grid = _summed(members, of_cell, xs, ys, dead)
    merged = _merged(grid, cell * _NEAR)
    return _summed(members, merged[of_cell], xs, ys, dead)


def _summed(members: Ints, of: Ints, xs: Floats, ys: Floats, dead: Flags) -> Clusters:
    count = np.bincount(of)
    first = np.empty(len(count), np.int64)
    first[of[::-1]] = members[::-1]
    return Clusters(
        np.bincount(of, xs[members]) / count,
        np.bincount(of, ys[members]) / count,
        count.astype(np.int64),
        np.bincount(of, dead[members]).astype(np.int64),
        first,
        members,
        of,
    )


def _merged(grid: Clusters, radius: float) -> Ints:
    """For each cell the number of the cluster that it goes to: the fuller ones draw the others."""
    where = shapely.points(grid.x, grid.y)
    found = shapely.STRtree(where).query(where, predicate="dwithin", distance=radius)
    # Every pair once, and none with itself.
    pairs = found[:, found[0] < found[1]].T
    into = np.arange(len(where), dtype=np.int64)
    if len(pairs):
        neighbours: dict[int, list[int]] = {}
        for a, b in pairs.tolist():
            neighbours.setdefault(a, []).append(b)
            neighbours.setdefault(b, []).append(a)
        taken: set[int] = set()
        for cell in np.argsort(-grid.count, kind="stable").tolist():
            if cell in taken or cell not in neighbours:
                continue
            free = [n for n in neighbours[cell] if n not in taken]
            taken.update(free, (cell,))
            into[free] = cell
    _, dense = np.unique(into, return_inverse=True)
    return dense.astype(np.int64)
