from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.formats.registry.emd_placing import Emd, EmdTable, Placed

TABLE = EmdTable(
    [
        Emd("2729011200", "월성동", "대구광역시 달서구 월성동", 35.82, 128.52),
        Emd("3011010100", "중동", "대전광역시 동구 중동", 36.33, 127.43),
        Emd("3014010100", "중동", "대전광역시 중구 중동", 36.30, 127.40),
        Emd("2611010100", "중동", "부산광역시 중구 중동", 35.10, 129.03),
        Emd("4113510300", "야탑동", "경기도 성남시 분당구 야탑동", 37.41, 127.13),
        Emd("4148025300", "광탄면", "경기도 파주시 광탄면", 37.78, 126.85),
        Emd("1114012500", "을지로4가", "서울특별시 중구 을지로4가", 37.566, 126.998),
        Emd("3611010100", "반곡동", "세종특별자치시 반곡동", 36.49, 127.31),
        Emd("5279025000", "고창읍", "전북특별자치도 고창군 고창읍", 35.43, 126.70),
        Emd("4277025000", "화천읍", "강원특별자치도 화천군 화천읍", 38.10, 127.70),
        Emd("1", "신당1동", "서울특별시 성동구 신당1동", 37.0, 127.0),
        Emd("2", "신당2동", "서울특별시 성동구 신당2동", 37.2, 127.4),
    ]
)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("대구광역시 달서구 월성동 1", "2729011200"),
        ("대구 달서구 월성동 산28-7", "2729011200"),
        ("대구광역시 달서구 월배로 102 (월성동 7)", "2729011200"),
        ("대구광역시 달서구 월배로 102(월성동, 경남아파트 101동)", "2729011200"),
        ("대구광역시 달서구 월배로 102 (월성동428-2)", "2729011200"),
        ("대구광역시 달서구 월성동산28", "2729011200"),
        ("달서구 월성동 1", "2729011200"),
        ("대전광역시 중구  중동 5", "3014010100"),
        ("대전광역시 동구 중동 61-8", "3011010100"),
        ("경기 성남시 분당구 야탑3동 197-2(버스정류장)", "4113510300"),
        ("경기도 분당구 야탑동 1", "4113510300"),
        ("경기도 파주시 광탄면 동거리길 25-7", "4148025300"),
        ("서울 중구 을지로4가 10", "1114012500"),
        ("세종특별자치시 반곡동 1", "3611010100"),
        ("세종특별자치시 시청대로 1 (반곡동)", "3611010100"),
        ("전라북도 고창군 고창읍 1", "5279025000"),
        ("강원도 화천군 화천읍 중앙로6길 40", "4277025000"),
    ],
)
def test_an_address_finds_its_emd(address: str, code: str) -> None:
    found = TABLE.find(address)
    assert found is not None
    assert (found.code, found.exact) == (code, True)


def test_several_emds_of_a_name_are_placed_between_them() -> None:
    assert TABLE.find("서울특별시 성동구 신당동 3") == Placed("1", "신당1동", 37.1, 127.2)
    found = TABLE.find("서울특별시 성동구 신당2동 3")
    assert found is not None
    assert found.code == "2"


def test_without_an_emd_the_district_is_known() -> None:
    found = TABLE.find("대구광역시 달서구 월배로 102")
    assert found == Placed("", "", 35.82, 128.52, exact=False)


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "중구",
        "부산광역시 동구 초량동 1",
        "중구 중동 5",
        "어딘가",
        "대전광역시",
        "월성동 1",
    ],
)
def test_what_is_not_in_the_table(address: str) -> None:
    assert TABLE.find(address) is None


def test_an_empty_table() -> None:
    assert EmdTable([]).find("대구광역시 달서구 월성동 1") is None


def test_genuine_dongs_of_a_gu(shared_data: Path) -> None:
    file = shared_data / "boundary_dalseo_dong.geojson"
    if not file.exists():
        pytest.skip(f"{file.name} is not laid out here")
    emds: list[Emd] = []
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        full = feature["properties"]["adm_nm"]
        ring = feature["geometry"]["coordinates"][0][0]
        longitude = sum(point[0] for point in ring) / len(ring)
        latitude = sum(point[1] for point in ring) / len(ring)
        code = feature["properties"]["adm_cd2"]
        emds.append(Emd(code, full.split()[-1], full, latitude, longitude))
    table = EmdTable(emds)
    for emd in emds:
        found = table.find(f"{emd.full_name} 12-3")
        assert found is not None
        assert found.code == emd.code
    between = table.find("대구광역시 달서구 월배로 102 (월성동 7)")
    assert between is not None
    assert (between.latitude, between.longitude) == pytest.approx((35.83, 128.53), abs=0.02)
