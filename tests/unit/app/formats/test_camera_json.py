from __future__ import annotations

import json

import pytest

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.errors import BadInput
from app.formats import camera_json

FULL = {
    "id": "k1",
    "number": 1021,
    "name": "월성네거리 북",
    "site": "달서구청",
    "purpose": "생활방범",
    "address": "대구광역시 달서구 월배로 102",
    "pole": "P-7",
    "latitude": 35.5,
    "longitude": 128.531234,
    "azimuth": 90,
    "fov": 62.5,
    "main_url": "rtsp://h/m",
    "main_size": "1280x720",
    "main_fps": 25,
    "sub_url": "rtsp://h/s",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("whole", [[FULL], {"cameras": [FULL]}, {"fields": [], "records": [FULL]}])
def test_every_field(whole: object, encoding: str) -> None:
    data = json.dumps(whole, ensure_ascii=False).encode(encoding)
    result = camera_json.parse(data)
    assert result.problems == ()
    assert result.cameras == (
        Camera(
            CameraId("k1"),
            1021,
            "월성네거리 북",
            "달서구청",
            "생활방범",
            (
                Profile(ProfileName.MAIN, "rtsp://h/m", 1280, 720, 25.0),
                Profile(ProfileName.SUB, "rtsp://h/s"),
            ),
            "대구광역시 달서구 월배로 102",
            "P-7",
            35.5,
            128.531234,
            90.0,
            62.5,
        ),
    )


def test_profiles_and_national_words() -> None:
    entry = {
        "관리번호": "k",
        "관리기관명": "달서구청",
        "소재지도로명주소": "월배로 1",
        "WGS84위도": "35.812345",
        "WGS84경도": "128.512345",
        "profiles": [
            {"name": "main", "url": "rtsp://h/m", "width": 1920, "height": 1080, "fps": 29.97},
            {"name": "SUB", "url": "rtsp://h/s"},
            {"name": "third", "url": "rtsp://h/t"},
            {"name": "main"},
            "no object",
        ],
    }
    (camera,) = camera_json.parse(json.dumps([entry]).encode()).cameras
    assert camera.site == "달서구청"
    assert camera.profiles == (
        Profile(ProfileName.MAIN, "rtsp://h/m", 1920, 1080, 29.97),
        Profile(ProfileName.SUB, "rtsp://h/s"),
    )
    assert camera.latitude == 35.812345


def test_bad_entries_are_told_by_line_and_skipped() -> None:
    text = """{"cameras": [
  {"name": "a"},
  "text", 7,
  {"name": "b",
   "main_url": "ftp://h"},
  {"name": ["c"], "address": null, "password": {"a": 1}},
  {"name": "d", "latitude": 36.1, "longitude": 127.1}
]}"""
    result = camera_json.parse(text.encode())
    assert [camera.name for camera in result.cameras] == ["a", "d"]
    assert [(p.line, p.column, p.skipped) for p in result.problems] == [
        (3, "", True),
        (3, "", True),
        (4, "main_url", True),
        (6, "name", False),
        (6, "", True),
        (7, "latitude", False),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[\n{"name" "a"}\n]', "line 2, column 9"),
        # Since Python 3.13 it is the comma that is named, before what follows it: 13 or 14.
        ('[\n{"name": "a",}\n]', "line 2, column 1"),
        ('[{"name": "a"}', "line 1, column 15"),
        ('{"cameras": {}}', "Not a camera list"),
        ('{"name": "a"}', "Not a camera list"),
        ('"text"', "Not a camera list"),
        ("[" * 100_000, "nested too deeply"),
        ("", "empty"),
        ("\0[]", "not text"),
    ],
)
def test_what_is_no_list_says_where_and_why(text: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        camera_json.parse(text.encode())
    assert words in caught.value.text.en


def test_numbers_of_any_length_and_strange_constants_are_no_crash() -> None:
    text = f'[{{"name": "a", "number": {"9" * 5000}, "latitude": NaN, "longitude": 1e400}}]'
    result = camera_json.parse(text.encode())
    assert [camera.number for camera in result.cameras] == [1]
    assert len(result.problems) == 2


def test_values_of_device_keys_are_never_looked_at() -> None:
    entry = {"name": "a", "ip": "10.9.8.7", "user": "kim", "password": "geheim", "port": 8554}
    result = camera_json.parse(json.dumps([entry]).encode())
    assert not any(secret in repr(result) for secret in ("10.9.8.7", "kim", "geheim", "8554"))
    assert len(result.cameras) == 1
