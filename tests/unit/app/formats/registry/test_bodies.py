from __future__ import annotations

import pytest

from app.formats.registry import bodies
from app.formats.registry.bodies import Body, Said


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("대전광역시 대덕구청 공원녹지과", ("대전광역시", "대덕구청", "공원녹지과")),
        ("유성구청", ("", "유성구청", "")),
        ("경기도 성남시 분당구청 안전도시", ("경기도", "성남시 분당구청", "안전도시")),
        ("서울특별시 강남구청", ("서울특별시", "강남구청", "")),
        ("세종특별자치시", ("", "세종특별자치시", "")),
        ("한국도로공사", ("", "한국도로공사", "")),
        ("", ("", "", "")),
    ],
)
def test_the_parts_of_a_name(name: str, parts: tuple[str, str, str]) -> None:
    assert bodies.split(name) == parts


def test_the_province_comes_from_other_rows_or_from_the_address() -> None:
    rows = [
        Said("유성구청", "1", "대전광역시 유성구"),
        Said("중구청", "2", ""),
        Said("부산광역시 중구청", "2", "부산광역시 중구"),
        Said("", "", "경기도 오산시"),
        Said("세종특별자치시", "", "세종특별자치시"),
    ]
    assert [bodies.named(rows)[said] for said in rows] == [
        Body("대전광역시 유성구청"),
        Body("부산광역시 중구청"),
        Body("부산광역시 중구청"),
        Body("경기도 오산시"),
        Body("세종특별자치시"),
    ]


def test_two_gu_of_one_name_stay_two() -> None:
    rows = [
        Said("중구청", "", "부산광역시 중구"),
        Said("중구청", "", "대구광역시 중구"),
    ]
    assert [bodies.named(rows)[said].name for said in rows] == [
        "부산광역시 중구청",
        "대구광역시 중구청",
    ]
