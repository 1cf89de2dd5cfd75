from __future__ import annotations

import pytest

from app.domain.geo.earth import Place
from app.domain.geo.place_search import NamedPlace, PlaceIndex, coordinates

HERE = Place(35.8, 128.5)


def place(whole: str, zoom: float = 14.0) -> NamedPlace:
    return NamedPlace(whole.rpartition(" ")[2], whole, HERE, zoom)


INDEX = PlaceIndex(
    [
        place("대구광역시", 10.0),
        place("대구광역시 달서구", 12.0),
        place("대구광역시 달서구 상인동"),
        place("전라남도 강진군 대구면", 13.0),
        place("부산광역시 해운대구", 12.5),
    ]
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("상인", "상인동"),
        ("ㅅㅇㄷ", "상인동"),
        ("달서구 상인", "상인동"),
        ("달서 ㅅ", "상인동"),
        ("대구", "대구광역시"),
        ("대굼", "대구면"),
        ("운대", "해운대구"),
    ],
)
def test_a_place_is_found_by_part_of_its_name(text: str, first: str) -> None:
    assert INDEX.search(text)[0].name == first


def test_the_larger_area_comes_first_and_nothing_is_found_for_nothing() -> None:
    found = [p.whole for p in INDEX.search("대구")]
    assert found[:2] == ["대구광역시", "전라남도 강진군 대구면"]
    assert INDEX.search("  ") == INDEX.search("없는동") == []
    assert len(INDEX.search("ㄷ", limit=2)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "35.8714, 128.6014",
        "128.6014 35.8714",
        "35.8714N 128.6014E",
        "35°52'17.04\"N 128°36'5.04\"E",
    ],
)
def test_coordinates_are_read_as_people_write_them(text: str) -> None:
    found = coordinates(text)
    assert found is not None
    assert found == pytest.approx((35.8714, 128.6014), abs=1e-6)


@pytest.mark.parametrize("text", ["", "상인동", "12 34", "35.8", "999, 999", "35.8, 128.6, 4"])
def test_what_is_no_place_in_korea_is_none(text: str) -> None:
    assert coordinates(text) is None
