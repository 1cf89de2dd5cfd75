from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.formats.registry import police_boxes
from app.formats.registry.emd_placing import Emd, EmdTable
from app.formats.registry.entries import PointEntry

HEADER = "연번,시도청,경찰서,관서명,구분,주소"
EMDS = EmdTable([Emd("4148025300", "광탄면", "경기도 파주시 광탄면", 37.78, 126.85)])


def clean(*rows: str, emds: EmdTable | None = None) -> tuple[PointEntry, ...]:
    return police_boxes.clean("\n".join((HEADER, *rows)).encode("cp949"), emds).entries


def test_a_police_box_is_placed_at_its_emd() -> None:
    (entry,) = clean(
        "901,경기북부청,파주,광탄,파출소,경기도 파주시  광탄면 동거리길 25-7", emds=EMDS
    )
    assert (entry.name, entry.site) == ("광탄파출소", "파주경찰서")
    assert entry.address == "경기도 파주시 광탄면 동거리길 25-7"
    assert (entry.latitude, entry.longitude, entry.approximate) == (37.78, 126.85, True)
    assert entry.emd_code == "4148025300"
    assert entry.facts == {"headquarters": "경기북부청", "kind": "파출소"}


def test_without_a_table_the_address_is_kept() -> None:
    (entry,) = clean("1,서울청,서울중부,을지,지구대,서울특별시 중구 퇴계로49길 13")
    assert (entry.latitude, entry.approximate) == (None, False)
    assert entry.address == "서울특별시 중구 퇴계로49길 13"


def test_a_name_is_not_unique_and_an_id_stays_the_same() -> None:
    rows = (
        "1,경기남부청,수원,중앙,파출소,경기도 수원시 팔달구 1",
        "2,경기남부청,수원,중앙,파출소,경기도 수원시 팔달구 2",
        "3,대전청,대전중부,중앙,파출소,",
    )
    first, second, third = clean(*rows)
    assert len({first.id, second.id, third.id}) == 3
    moved = clean(rows[0].replace("팔달구 1", "장안구 9"))
    assert moved[0].id == first.id


def test_a_row_without_a_name_is_skipped_and_one_without_an_address_told() -> None:
    text = f"{HEADER}\n1,서울청,서울중부,,지구대,서울\n2,서울청,서울중부,을지,지구대,"
    report = police_boxes.clean(text.encode()).report
    assert (report.rows, report.taken) == (2, 1)
    assert {finding.reason.en for finding in report.findings} == {
        "no name; skipped",
        "no address",
        "no position known; not on the map",
    }


def test_another_list() -> None:
    with pytest.raises(BadInput, match="police boxes"):
        police_boxes.clean("경찰서,주소\n서울중부,서울".encode())


def test_the_genuine_list(shared_data: Path) -> None:
    file = shared_data / "police_boxes.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not laid out here")
    result = police_boxes.clean(file.read_bytes())
    assert (result.report.rows, result.report.taken) == (2047, 2047)
    assert len({entry.id for entry in result.entries}) == 2047
    assert sum(entry.name.startswith("중앙") for entry in result.entries) >= 38
    assert not any("  " in entry.address for entry in result.entries)
