from __future__ import annotations

import pytest

from app.formats import build
from app.formats.camera_rows import Problems, Row


@pytest.mark.parametrize(
    ("address", "region", "short"),
    [
        ("대구광역시 달서구 월성동 1", "대구광역시 달서구", "월성동 1"),
        ("경기도 성남시 분당구 예원로 7", "경기도 성남시 분당구", "예원로 7"),
        ("세종특별자치시 한누리대로 1", "세종특별자치시", "한누리대로 1"),
        ("강원특별자치도 춘천시 중앙로 1", "강원특별자치도 춘천시", "중앙로 1"),
        ("달서구 월성동", "달서구", "월성동"),
        ("월성동 1", "", "월성동 1"),
        ("대구광역시 달서구", "대구광역시 달서구", "대구광역시 달서구"),
        ("", "", ""),
    ],
)
def test_parts_of_an_address(address: str, region: str, short: str) -> None:
    assert build.region(address) == region
    assert build.short_address(address) == short


@pytest.mark.parametrize(
    ("road", "lot", "both"),
    [
        ("대구 달서구 월배로 1", "대구광역시 달서구 월성동 7", "대구 달서구 월배로 1 (월성동 7)"),
        ("", "월성동 7", "월성동 7"),
        ("월배로 1", "", "월배로 1"),
        ("월배로 1", "월배로 1", "월배로 1"),
        ("월배로 1 (월성동 7)", "대구광역시 달서구 월성동 7", "월배로 1 (월성동 7)"),
    ],
)  # fmt: skip
def test_both_addresses_in_one(road: str, lot: str, both: str) -> None:
    assert build.full_address(road, lot) == both


def test_a_row_that_names_nothing_is_skipped() -> None:
    problems = Problems()
    words = {"purpose": "설치목적구분"}
    result = build.build([Row(4, {"purpose": "생활방범"}, words)], problems)
    assert result.cameras == ()
    assert [(p.line, p.skipped) for p in result.problems] == [(4, True)]


def test_problems_come_by_line() -> None:
    problems = Problems()
    words = {"name": "name", "azimuth": "azimuth", "main_url": "url"}
    rows = [
        Row(2, {"name": "a", "azimuth": "x"}, words),
        Row(3, {"name": "b", "main_url": "ftp://h"}, words),
    ]
    assert [p.line for p in build.build(rows, problems).problems] == [2, 3]


def test_a_camera_without_any_words_is_called_by_its_number() -> None:
    words = {"main_url": "url"}
    (camera,) = build.build([Row(2, {"main_url": "rtsp://h/1"}, words)], Problems()).cameras
    assert (camera.name, camera.site, camera.purpose) == ("1", "", "")
