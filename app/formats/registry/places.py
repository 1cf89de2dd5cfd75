"""Positions that cannot be where they say, told by the other places of the same body."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

# 22 addresses on one point exist in a genuine list and lie in the right city; a truncated
# coordinate put 990 addresses on one point 40 km away.
MANY_ADDRESSES = 10
FAR_M = 20_000.0
# A gu measures some 15 km across.
NEAR_M = 10_000.0
# Three times as far from the middle as nine in ten of the body's places.
_SPREAD, _MOST = 3.0, 0.9
_SIXTY = 60
_EARTH_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Spot:
    """A row's place as far as it is known."""

    line: int
    body: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Odd:
    """By line: positions not to be believed, put right, and to be looked at by a person."""

    wrong: frozenset[int] = frozenset()
    corrected: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    far: frozenset[int] = frozenset()
    crowded: frozenset[int] = frozenset()


def odd(spots: Sequence[Spot]) -> Odd:
    """`wrong`: many addresses on one point, far from the rest of their body.

    `corrected`: far away, but near when the digits are read as degrees, minutes and seconds.
    """
    crowded = _crowded(spots)
    others = [spot for spot in spots if spot.line not in crowded]
    middles = _middles(others)
    limits = _limits(others, middles)
    far: set[int] = set()
    corrected: dict[int, tuple[float, float]] = {}
    for spot in spots:
        middle = middles.get(spot.body)
        if middle is None or _metres(spot, middle) <= limits[spot.body]:
            continue
        far.add(spot.line)
        north, east = _from_seconds(spot.latitude), _from_seconds(spot.longitude)
        if spot.line in crowded or north is None or east is None:
            continue
        if metres(north, east, *middle) <= NEAR_M:
            corrected[spot.line] = north, east
    return Odd(
        wrong=frozenset(crowded & far),
        corrected=corrected,
        far=frozenset(far - crowded - set(corrected)),
        crowded=frozenset(crowded - far),
    )


def _from_seconds(value: float) -> float | None:
    """36.185206 read as 36° 18′ 52.06″, in degrees; None where the digits are no such reading."""
    degrees = math.floor(value)
    rest = round((value - degrees) * 100, 8)
    minutes = math.floor(rest)
    seconds = (rest - minutes) * 100
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    return degrees + minutes / 60 + seconds / 3600


def _crowded(spots: Sequence[Spot]) -> set[int]:
    points: dict[tuple[float, float], list[Spot]] = defaultdict(list)
    for spot in spots:
        points[spot.latitude, spot.longitude].append(spot)
    return {
        spot.line
        for there in points.values()
        if len({spot.address for spot in there}) >= MANY_ADDRESSES
        for spot in there
    }


def _middles(spots: Iterable[Spot]) -> Mapping[str, tuple[float, float]]:
    by_body: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_body[spot.body].append(spot)
    return {
        body: (median(s.latitude for s in there), median(s.longitude for s in there))
        for body, there in by_body.items()
    }


def _limits(
    spots: Iterable[Spot], middles: Mapping[str, tuple[float, float]]
) -> Mapping[str, float]:
    """How far is too far, by body: some counties are 90 km wide, others consist of islands."""
    distances: dict[str, list[float]] = defaultdict(list)
    for spot in spots:
        distances[spot.body].append(_metres(spot, middles[spot.body]))
    return {
        body: max(FAR_M, _SPREAD * sorted(there)[int(len(there) * _MOST)])
        for body, there in distances.items()
    }


def _metres(spot: Spot, place: tuple[float, float]) -> float:
    return metres(spot.latitude, spot.longitude, *place)


def metres(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """Great-circle distance between two places in WGS84 degrees."""
    a, b = math.radians(latitude), math.radians(latitude_2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(longitude_2 - longitude) / 2) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(half)))
