from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.formats import camera_csv, columns

NATIONAL_13 = (
    "관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,"
    "보관일수,설치년월,관리기관전화번호,위도,경도,데이터기준일자"
)
NATIONAL_18 = ",".join(columns.NATIONAL)

CAMERA = Camera(
    CameraId("270290001"),
    1021,
    "월성네거리, \"북\"",
    "대구광역시 달서구청",
    "생활방범",
    (
        Profile(ProfileName.MAIN, "rtsp://kim:p,w@10.0.0.1/main", 1280, 720, 25.0),
        Profile(ProfileName.SUB, "rtsp://kim:p,w@10.0.0.1/sub", 640, 360, 14.985),
    ),
    address="대구광역시 달서구 월배로 102 (월성동 7)",
    pole="P-7",
    latitude=35.5,
    longitude=128.53123456789,
    azimuth=90.0,
    fov=62.5,
)  # fmt: skip


def one(text: str, encoding: str = "utf-8") -> Camera:
    (camera,) = camera_csv.parse(text.encode(encoding)).cameras
    return camera


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_the_current_form_with_18_columns(encoding: str) -> None:
    camera = one(
        f"{NATIONAL_18}\n3640000,202636400000800323,대전광역시 동구청,"
        "대전광역시 동구 계족로140번길 191-1,대전광역시 동구 용운동 431-4,"
        "생활방범,2,,,,,042-251-4175,36.3283,127.454,2026-05-20,,"
        "2026-05-24 22:28:20,2026-05-23 08:28:42\n",
        encoding,
    )
    assert camera == Camera(
        CameraId("202636400000800323"),
        323,
        "용운동 431-4",
        "대전광역시 동구청",
        "생활방범",
        (),
        "대전광역시 동구 계족로140번길 191-1 (용운동 431-4)",
        latitude=36.3283,
        longitude=127.454,
    )


def test_the_older_form_with_13_columns() -> None:
    camera = one(
        f'{NATIONAL_13}\r\n"서울특별시 강남구청",'
        '"서울특별시 강남구 논현로 209(도곡동, 경남아파트)",'
        "서울특별시 강남구 도곡동 967-1,교통단속,1,200,360도전방면,30,1905-07,02-3423-6772,"
        "37.489311,127.041354,2019-03-12\r\n",
        "cp949",
    )
    assert camera.site == "서울특별시 강남구청"
    assert camera.name == "도곡동 967-1"
    assert camera.address == "서울특별시 강남구 논현로 209(도곡동, 경남아파트) (도곡동 967-1)"
    assert camera.number == 1
    assert camera.id.startswith("row-")


def test_columns_in_another_order() -> None:
    camera = one(
        "소재지도로명주소,카메라대수,위도,경도,데이터기준일자,소재지지번주소\n"
        ",4,37.386671,127.115881,2018.4.1,경기도 성남시 분당구 백현동 606번지 내부\n"
    )
    assert (camera.name, camera.site) == ("백현동 606번지 내부", "경기도 성남시 분당구")
    assert (camera.latitude, camera.longitude) == (37.386671, 127.115881)


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters_and_a_title_above_the_header(delimiter: str) -> None:
    text = "카메라 목록 2026\n\nnumber,name,main_url\n7,문,rtsp://h/1\n".replace(",", delimiter)
    camera = one(text)
    assert (camera.number, camera.name) == (7, "문")


def test_extra_columns() -> None:
    camera = one(
        "number,name,main_url,sub_url,azimuth,fov,main_size,main_fps\n"
        "12,정문,rtsp://h/m,rtsp://h/s,-90,62.5,1920×1080,30\n"
    )
    assert camera.number == 12
    assert camera.azimuth == 270.0
    assert camera.fov == 62.5
    main = camera.profile(ProfileName.MAIN)
    assert main == Profile(ProfileName.MAIN, "rtsp://h/m", 1920, 1080, 30.0)
    sub = camera.profile(ProfileName.SUB)
    assert sub == Profile(ProfileName.SUB, "rtsp://h/s")


def test_line_breaks_inside_quotes_become_blanks() -> None:
    text = 'name,main_url\n"굿\n보존회  앞",rtsp://h/1\n둘,rtsp://h/2\n셋,ftp://h\n'
    result = camera_csv.parse(text.encode())
    assert [c.name for c in result.cameras] == ["굿 보존회 앞", "둘"]
    assert [p.line for p in result.problems] == [5]


def test_blank_lines_and_blank_fields_are_nothing_to_tell() -> None:
    result = camera_csv.parse("name,address,위도,경도\n\n,,,\n문,,,\n".encode())
    assert [c.name for c in result.cameras] == ["문"]
    assert result.problems == ()


def test_round_trip() -> None:
    bare = Camera(CameraId("x"), 7, "이름", "", "")
    cameras = (CAMERA, bare, dataclasses.replace(CAMERA, id=CameraId("y"), number=8, profiles=()))
    for encoding in ("utf-8-sig", "utf-8", "cp949"):
        result = camera_csv.parse(camera_csv.write(cameras, encoding=encoding))
        assert result.cameras == cameras
        assert result.problems == ()


def test_the_writer_fills_what_a_camera_does_not_hold() -> None:
    def fill(camera: Camera) -> Mapping[str, str]:
        return {"보관일수": "30", "관리번호": "not over the camera's own"}

    header, row = camera_csv.write([CAMERA], fill=fill).decode("utf-8-sig").splitlines()
    assert header.startswith(NATIONAL_18 + ",number,name,main_url,sub_url,azimuth,fov")
    assert row.split(",")[9] == "30"
    assert row.split(",")[1] == CAMERA.id


@pytest.mark.parametrize(
    ("name", "cameras", "told"),
    [
        ("cctv_daejeon_standard_2026.csv", 9037, 990),
        ("cctv_gangnam_20190312.csv", 1880, 1),
        ("cctv_seongnam_2018.csv", 1564, 0),
        ("cctv_osan_points.csv", 367, 25),
    ],
)
def test_genuine_files(shared_data: Path, name: str, cameras: int, told: int) -> None:
    file = shared_data / name
    if not file.exists():
        pytest.skip(f"{name} is not laid out here")
    result = camera_csv.parse(file.read_bytes())
    assert len(result.cameras) == cameras
    assert len(result.problems) == told
    assert not any(problem.skipped for problem in result.problems)
    assert len({camera.id for camera in result.cameras}) == cameras
    assert len({camera.number for camera in result.cameras}) == cameras
    assert all(camera.name and camera.site and camera.address for camera in result.cameras)
    assert camera_csv.parse(camera_csv.write(result.cameras)).cameras == result.cameras


def test_a_gu_with_cut_coordinates_loses_them_and_nothing_else(shared_data: Path) -> None:
    file = shared_data / "cctv_daejeon_standard_2026.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not laid out here")
    result = camera_csv.parse(file.read_bytes())
    lost = [camera for camera in result.cameras if camera.latitude is None]
    assert len(lost) == 990
    assert {camera.site for camera in lost} == {"대전광역시 대덕구청"}
    assert {problem.column for problem in result.problems} == {"WGS84위도"}
