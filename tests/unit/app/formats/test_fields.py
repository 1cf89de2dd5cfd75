"""Values that cannot be right: told by line and reason, without the value."""

from __future__ import annotations

import pytest

from app.formats import camera_csv, fields
from app.formats.camera_rows import CameraList, RowProblem


def listed(header: str, *rows: str) -> CameraList:
    return camera_csv.parse("\n".join((f"name,{header}", *(f"문,{row}" for row in rows))).encode())


def only_problem(header: str, row: str) -> RowProblem:
    (problem,) = listed(header, row).problems
    assert problem.line == 2
    return problem


def test_swapped_coordinates_are_corrected_and_told() -> None:
    (camera,) = listed("위도,경도", "128.531234,35.851234").cameras
    assert (camera.latitude, camera.longitude) == (35.851234, 128.531234)
    problem = only_problem("위도,경도", "128.531234,35.851234")
    assert "swapped" in problem.reason.en
    assert not problem.skipped


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("36.1,127.1", "cut short"),
        ("36.12,127.12", "cut short"),
        ("36,127", "cut short"),
        ("127.1,36.1", "swapped"),
        ("0,0", "outside Korea"),
        ("51.5074,-0.1278", "outside Korea"),
        ("36.123456,", "cannot be read"),
        ("N36.123,E127.123", "cannot be read"),
        ("nan,127.123", "cannot be read"),
        ("1e999,127.123", "cannot be read"),
        ("3_6.123,127.123", "cannot be read"),
    ],
)
def test_a_place_that_cannot_be_is_dropped_and_told(place: str, reason: str) -> None:
    result = listed("위도,경도", place)
    (camera,) = result.cameras
    assert (camera.latitude, camera.longitude) == (None, None)
    assert reason in result.problems[0].reason.en
    assert not result.problems[0].skipped


@pytest.mark.parametrize("place", ["36.33,127.454", "36.3283,127.5", "33.0001,124.0001"])
def test_one_rounded_coordinate_is_no_cut(place: str) -> None:
    assert listed("위도,경도", place).problems == ()


@pytest.mark.parametrize(
    ("header", "value", "word"),
    [
        ("azimuth", "400", "azimuth"),
        ("azimuth", "north", "not a number"),
        ("fov", "0", "field of view"),
        ("fov", "-3", "field of view"),
        ("number", "0", "whole number"),
        ("number", "1.5", "whole number"),
        ("number", "12a", "not a number"),
        ("number", "1e300", "whole number"),
        ("main_fps", "fast", "not a number"),
    ],
)
def test_numbers_that_cannot_be(header: str, value: str, word: str) -> None:
    extra = "main_url,rtsp://h/1," if header == "main_fps" else ","
    column, _, url = extra.partition(",")
    problem = only_problem(f"{column or '주소'},{header}", f"{url.rstrip(',')},{value}")
    assert word in problem.reason.en
    assert problem.column == header


def test_a_size_that_is_none() -> None:
    assert "1280x720" in only_problem("main_url,main_size", "rtsp://h/1,big").reason.en
    assert "1280x720" in only_problem("main_url,main_size", "rtsp://h/1,0x720").reason.en


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://10.0.0.1",
        "RTSPS://cam.kr:322/x",
        "rtsp://kim:p@ss/w#rd@10.0.0.1:554/x",
        "rtsp://[fe80::1]:554/x",
        "http://h/live.m3u8?a=1",
        "https://h/mjpeg",
        "file:///srv/my clips/1.mp4",
        "file://C:/clips/1.mp4",
    ],
)
def test_addresses_that_can_be_opened(url: str) -> None:
    assert fields.stream_address(url) is None
    (camera,) = listed("main_url", url).cameras
    assert camera.profiles[0].url == url


@pytest.mark.parametrize(
    "url",
    [
        "ftp://h/x",
        "10.0.0.1:554/x",
        "rtsp:/h/x",
        "rtsp://",
        "rtsp:///x",
        "rtsp://kim:geheim@",
        "rtsp://h:99999/x",
        "rtsp://h:port/x",
        "rtsp://[::1/x",
        "rtsp://kim:ge heim@h/x",
        "file:///",
        "javascript:alert(1)",
    ],
)
def test_a_row_whose_only_address_is_bad_is_skipped(url: str) -> None:
    result = listed("main_url", url, "rtsp://h/good")
    assert len(result.cameras) == 1
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.skipped) == (2, "main_url", True)
    assert url not in problem.reason.en
    assert "address" in problem.reason.en


def test_a_row_with_one_good_address_keeps_it() -> None:
    result = listed("main_url,sub_url", "ftp://h/x,rtsp://h/s")
    assert [profile.url for profile in result.cameras[0].profiles] == ["rtsp://h/s"]
    assert [(p.column, p.skipped) for p in result.problems] == [("main_url", False)]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a  b ", "a b"),
        ("a\tb\r\nc", "a b c"),
        ("a\x00b\u200b\ufeff", "ab"),
        ("한 글", "한 글"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert fields.clean(text) == cleaned
