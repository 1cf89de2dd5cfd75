from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.text import Language
from app.formats import columns
from app.formats.registry import national_cleaning
from app.formats.registry.emd_placing import Emd, EmdTable
from app.formats.registry.entries import CameraEntry, CameraImport
from app.formats.registry.report import Effect

HEADER = ",".join(columns.NATIONAL)
EMDS = EmdTable(
    [Emd("3017011200", "비래동", "대전광역시 대덕구 비래동", 36.36, 127.45)]
    + [Emd(f"30110{n:05}", f"{n}동", f"대전광역시 동구 {n}동", 36.3, 127.4) for n in range(3)]
)


def row(own: str, **said: str) -> str:
    """One row in the order of the columns; `said` is what differs from the usual."""
    usual = {
        "code": "3640000",
        "body": "대전광역시 동구청",
        "lot": "대전광역시 동구 용운동 431-4",
        "purpose": "생활방범",
        "more": "2,200,360도,30,201103,042-251-4175",
        "place": "36.3283,127.4540",
        "date": "2026-05-20",
    }
    form = "{code},{own},{body},,{lot},{purpose},{more},{place},{date},,,"
    return form.format(own=own, **{**usual, **said})


def clean(*rows: str, emds: EmdTable | None = None) -> CameraImport:
    return national_cleaning.clean("\n".join((HEADER, *rows)).encode("cp949"), emds)


def one(*rows: str, emds: EmdTable | None = None) -> CameraEntry:
    (entry,) = clean(*rows, emds=emds).entries
    return entry


def found(result: CameraImport, effect: Effect) -> dict[str, tuple[int, tuple[int, ...]]]:
    return {
        finding.reason.en: (finding.count, finding.lines)
        for finding in result.report.findings
        if finding.effect is effect
    }


def test_a_row_with_all_it_says() -> None:
    result = clean(row("202636400000800323"))
    (entry,) = result.entries
    assert (entry.camera.id, entry.camera.site) == ("202636400000800323", "대전광역시 동구청")
    assert (entry.code, entry.count, entry.approximate) == ("3640000", 2, False)
    assert entry.facts == {
        "pixels": "200",
        "direction": "360도",
        "retention_days": "30",
        "installed": "2011-03",
        "as_of": "2026-05-20",
        "phone": "042-251-4175",
    }
    assert result.report.findings == ()
    assert (result.report.rows, result.report.taken, result.report.placed) == (1, 1, 1)


def test_an_older_list_of_the_same_body_is_left_out() -> None:
    result = clean(
        row("1", date="2024-01-01"),
        row("2", date="2026-05-20"),
        row("3", date="2024-01-01", purpose="쓰레기단속"),
        row("4", date="2024-01-01", code="3650000", body="대전광역시 중구청"),
    )
    assert [entry.camera.id for entry in result.entries] == ["2", "3", "4"]
    assert found(result, Effect.SKIPPED) == {
        "an older list of the same body, replaced by a later one": (1, (2,))
    }
    assert (result.report.taken, result.report.skipped) == (3, 1)


def test_a_date_with_points_counts_as_the_same_date() -> None:
    result = clean(row("1", date="2018.4.1"), row("2", date="2018-04-01"))
    assert [entry.facts["as_of"] for entry in result.entries] == ["2018-04-01"] * 2


def test_body_names_become_one() -> None:
    result = clean(
        row("1", body="유성구청", code="3670000", lot="대전광역시 유성구 세동 1"),
        row("2", body="대전광역시 유성구청 안전총괄과", code="3670000", lot="대전 유성구 세동 2"),
    )
    assert {entry.camera.site for entry in result.entries} == {"대전광역시 유성구청"}
    assert [entry.department for entry in result.entries] == ["", "안전총괄과"]
    assert list(found(result, Effect.CORRECTED).values()) == [(1, (2,))]


def test_cut_coordinates_are_left_blank_and_placed_at_the_emd() -> None:
    cut = row("1", place="36.1,127.1", lot="대전광역시 대덕구 비래동 산28-7")
    blank = one(cut)
    assert (blank.camera.latitude, blank.approximate) == (None, False)
    placed = one(cut, emds=EMDS)
    assert (placed.camera.latitude, placed.camera.longitude) == (36.36, 127.45)
    assert (placed.approximate, placed.emd_code) == (True, "3017011200")
    report = clean(cut, emds=EMDS).report
    assert (report.placed, report.approximate) == (0, 1)


def test_an_address_whose_emd_is_unknown_is_placed_in_its_district() -> None:
    cut = row("1", place=",", lot="대전광역시 동구 판암동 1")
    entry = one(cut, emds=EMDS)
    assert (entry.approximate, entry.emd_code) == (True, "")
    assert entry.camera.latitude == pytest.approx(36.3)
    assert "its district" in clean(cut, emds=EMDS).report.findings[0].reason.en


def test_many_addresses_on_one_far_point_are_not_believed() -> None:
    far = [row(f"1{n}", place="36.1111,127.1111", lot=f"대전 동구 용운동 {n}") for n in range(10)]
    near = [row(f"2{n}", place=f"36.32{n:02},127.45{n:02}") for n in range(11, 25)]
    result = clean(*far, *near)
    assert [entry.camera.latitude is None for entry in result.entries] == [True] * 10 + [False] * 14
    assert any("over 20 km" in reason for reason in found(result, Effect.CORRECTED))


def test_degrees_minutes_and_seconds_written_as_decimals() -> None:
    near = [row(f"2{n}", place=f"36.32{n},127.43{n}") for n in range(11, 25)]
    result = clean(row("1", place="36.185206,127.253012"), *near)
    first = result.entries[0].camera
    assert first.latitude == pytest.approx(36.314461)
    assert first.longitude == pytest.approx(127.425033)
    assert found(result, Effect.CORRECTED) == {
        "degrees, minutes and seconds written as decimals; corrected": (1, (2,))
    }


def test_a_place_far_away_is_told_and_kept() -> None:
    near = [row(f"2{n}", place=f"36.32{n},127.45{n}") for n in range(11, 25)]
    result = clean(row("1", place="36.9683,127.9370"), *near)
    assert result.entries[0].camera.latitude == 36.9683
    assert list(found(result, Effect.NOTED).values()) == [(1, (2,))]


def test_swapped_coordinates_are_put_right_and_told() -> None:
    result = clean(row("1", place="127.454000,36.328300"))
    assert result.entries[0].camera.latitude == 36.3283
    assert "swapped" in next(iter(found(result, Effect.CORRECTED)))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("2,200,,30,1905-07,", "spreadsheet"),
        ("2,200,,30,soon,", "not a date"),
        ("two,200,,30,201103,", "number of cameras"),
        ("0,200,,30,201103,", "number of cameras"),
    ],
)
def test_values_that_cannot_be(more: str, reason: str) -> None:
    result = clean(row("1", more=more))
    assert [reason in told for told in found(result, Effect.CORRECTED)] == [True]
    assert result.entries[0].count in (1, 2)


def test_blank_fields_are_counted_by_field() -> None:
    noted = found(clean(row("1", more="2,,,,,"), row("2", more="2,,,,,")), Effect.NOTED)
    assert {reason: count for reason, (count, _) in noted.items()} == {
        "the pixel count is blank": 2,
        "the retention period is blank": 2,
        "the month of installation is blank": 2,
    }


def test_device_columns_are_dropped_and_told_without_their_values() -> None:
    text = f"{HEADER},CCTVIP,PASSWD\n{row('1')},10.0.0.9,geheim\n"
    result = national_cleaning.clean(text.encode())
    assert "10.0.0.9" not in repr(result)
    assert "geheim" not in result.report.table(Language.KO)
    assert any("CCTVIP, PASSWD" in reason for reason in found(result, Effect.NOTED))


def test_a_row_that_cannot_be_read_is_counted() -> None:
    report = clean(row("1"), row("2") + ",,,,extra").report
    assert (report.rows, report.taken, report.skipped) == (2, 1, 1)


GENUINE = "cctv_daejeon_standard_2026.csv"


@pytest.fixture(scope="module")
def daejeon(shared_data: Path) -> CameraImport:
    file = shared_data / GENUINE
    if not file.exists():
        pytest.skip(f"{GENUINE} is not laid out here")
    return national_cleaning.clean(file.read_bytes())


def test_the_genuine_list_of_9037_rows(daejeon: CameraImport) -> None:
    report = daejeon.report
    assert (report.rows, report.taken, report.skipped) == (9037, 4511, 4526)
    assert [
        (part.body.split()[1], part.as_of, part.rows, part.placed) for part in report.parts
    ] == [
        ("대덕구청", "2022-06-07", 114, 114),
        # A whole gu at 36.1,127.1: the cameras are there, their positions are not.
        ("대덕구청", "2025-05-20", 990, 0),
        ("동구청", "2026-05-20", 920, 920),
        ("서구청", "2026-05-20", 882, 882),
        ("유성구청", "2021-10-01", 580, 580),
        ("중구청", "2026-04-30", 840, 840),
        ("중구청", "2026-05-18", 185, 185),
    ]
    assert report.placed == 840 + 185 + 920 + 882 + 580 + 114
    assert {entry.camera.site for entry in daejeon.entries} == {
        f"대전광역시 {gu}청" for gu in ("대덕구", "동구", "서구", "유성구", "중구")
    }


def test_what_was_wrong_in_the_genuine_list(daejeon: CameraImport) -> None:
    corrected = found(daejeon, Effect.CORRECTED)
    assert {reason.split(";")[0]: count for reason, (count, _) in corrected.items()} == {
        "WGS84위도: the position is cut short (off by a kilometre or more)": 990,
        "the body's name was made the same as in other rows, with its province": 580,
        "degrees, minutes and seconds written as decimals": 37,
        "the month of installation was turned into a spreadsheet's date": 1,
    }
    noted = found(daejeon, Effect.NOTED)
    assert noted["over 20 km from the other places of the same body"] == (2, (544, 4639))
    assert noted["the retention period is blank"][0] == 1910
    assert sum(entry.count for entry in daejeon.entries) > daejeon.report.taken


@pytest.mark.parametrize(
    ("name", "rows", "bodies", "corrected"),
    [
        ("cctv_gangnam_20190312.csv", 1880, 1, 12),
        ("cctv_seongnam_2018.csv", 1564, 4, 0),
        ("cctv_osan_points.csv", 367, 1, 0),
    ],
)
def test_other_genuine_lists(
    shared_data: Path, name: str, rows: int, bodies: int, corrected: int
) -> None:
    file = shared_data / name
    if not file.exists():
        pytest.skip(f"{name} is not laid out here")
    report = national_cleaning.clean(file.read_bytes()).report
    assert (report.rows, report.taken, report.placed) == (rows, rows, rows)
    assert len({part.body for part in report.parts}) == bodies
    assert report.corrected == corrected
