from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.formats.registry import bells_csv
from app.formats.registry.emd_placing import Emd, EmdTable
from app.formats.registry.entries import PointEntry, PointImport

HEADER = (
    "개방자치단체코드,관리번호,안전비상벨관리번호,설치목적,설치장소유형,설치위치,소재지도로명주소,"
    "소재지지번주소,WGS84위도,WGS84경도,연계방식,경찰연계유무,경비업체연계유무,관리사무소연계유무,"
    "부가기능,안전비상벨설치연도,최종점검일자,최종점검결과구분,관리기관명,관리기관전화번호,"
    "데이터기준일자,데이터갱신구분,데이터갱신시점,최종수정시점"
)
EMDS = EmdTable([Emd("3011010100", "중동", "대전광역시 동구 중동", 36.33, 127.43)])


def row(own: str, **said: str) -> str:
    usual = {
        "bell": "2022-47",
        "name": "중동 61-8",
        "lot": "대전광역시 동구 중동 61-8",
        "place": "36.3314,127.4302",
        "body": "대전광역시 동구청",
        "date": "2026-05-30",
    }
    form = (
        "3640000,{own},{bell},방범용,기타,{name},대전광역시 동구 중동 61-8,{lot},{place},양방향,"
        "N,N,Y,경보등+경보음,2022,2026-05-30,Y,{body},042-251-4175,{date},I,,"
    )
    return form.format(own=own, **{**usual, **said})


def clean(*rows: str, emds: EmdTable | None = None) -> PointImport:
    return bells_csv.clean("\n".join((HEADER, *rows)).encode("cp949"), emds)


def test_a_bell() -> None:
    (entry,) = clean(row("202636400000900166")).entries
    assert entry == PointEntry(
        kind="bell",
        id="202636400000900166",
        name="중동 61-8",
        site="대전광역시 동구청",
        code="3640000",
        latitude=36.3314,
        longitude=127.4302,
        address="대전광역시 동구 중동 61-8",
        phone="042-251-4175",
        facts={
            "bell": "2022-47",
            "purpose": "방범용",
            "place_kind": "기타",
            "link": "양방향",
            "police_link": "N",
            "security_link": "N",
            "office_link": "Y",
            "extras": "경보등+경보음",
            "installed": "2022",
            "checked": "2026-05-30",
            "check_result": "Y",
            "as_of": "2026-05-30",
        },
    )


def test_the_same_bell_is_taken_once_with_its_newest_date() -> None:
    result = clean(
        row("1", date="2024-06-30"), row("2", date="2026-04-30"), row("3", date="2025-09-30")
    )
    assert [entry.id for entry in result.entries] == ["2"]
    assert [(f.count, f.lines) for f in result.report.findings] == [(2, (2, 4))]


def test_a_bell_number_repeats_within_a_body() -> None:
    assert len(clean(row("1"), row("2", lot="대전광역시 동구 정동 1")).entries) == 2


def test_a_line_break_in_the_place_and_a_department() -> None:
    (entry,) = clean(row("1", name='"중동\n61-8"', body="대전광역시 동구청 공원녹지과")).entries
    assert (entry.name, entry.site, entry.department) == (
        "중동 61-8",
        "대전광역시 동구청",
        "공원녹지과",
    )


def test_a_bell_without_a_position_is_placed_at_its_emd() -> None:
    (entry,) = clean(row("1", place=","), emds=EMDS).entries
    assert (entry.latitude, entry.approximate, entry.emd_code) == (36.33, True, "3011010100")
    result = clean(row("1", place="0,0"))
    assert result.entries[0].latitude is None
    assert (result.report.corrected, result.report.placed) == (1, 0)


def test_bells_with_one_management_number_stay_two() -> None:
    entries = clean(row("1"), row("1", bell="2")).entries
    assert [entry.id for entry in entries] == ["1", "1-2"]


def test_a_row_that_names_no_bell() -> None:
    result = clean(row("1"), "," * 12 + "Y" + "," * 11)
    assert (result.report.rows, result.report.taken) == (2, 1)


@pytest.mark.parametrize("data", ["관리번호,관리기관명,WGS84위도\n1,x,36.1234", "a,b\n1,2", "x"])
def test_another_list(data: str) -> None:
    with pytest.raises(BadInput, match="emergency bells"):
        bells_csv.clean(data.encode())


def test_the_genuine_list(shared_data: Path) -> None:
    file = shared_data / "bell_daejeon_standard_2026.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not laid out here")
    result = bells_csv.clean(file.read_bytes())
    # 39 bells of one gu stand in the file four times.
    assert (result.report.rows, result.report.taken, result.report.skipped) == (575, 458, 117)
    assert result.report.placed == 458
    assert len({entry.id for entry in result.entries}) == 458
    assert {entry.department for entry in result.entries} == {"", "공원녹지과", "기후환경과"}
    assert {entry.site.split()[0] for entry in result.entries} == {"대전광역시"}
