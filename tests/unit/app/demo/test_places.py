from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.demo.places import PLACES, Place

# Dalseo-gu's extent (행정동 boundaries of 2021).
SOUTH, NORTH, WEST, EAST = 35.78, 35.88, 128.45, 128.58


def inside(point: tuple[float, float], ring: list[list[float]]) -> bool:
    """Whether (lon, lat) lies in a ring, by counting crossings to the east."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def test_no_place_is_named_twice() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES)
    assert len({(place.latitude, place.longitude) for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_it_lies_where_the_gu_lies(place: Place) -> None:
    assert SOUTH < place.latitude < NORTH
    assert WEST < place.longitude < EAST


def test_every_place_is_inside_the_real_boundary(shared_data: Path) -> None:
    document = json.loads((shared_data / "boundary_dalseo_dong.geojson").read_text("utf-8"))
    rings = [
        polygon[0]
        for feature in document["features"]
        for polygon in feature["geometry"]["coordinates"]
    ]
    outside = [
        place.name
        for place in PLACES
        if not any(inside((place.longitude, place.latitude), ring) for ring in rings)
    ]
    assert outside == []
