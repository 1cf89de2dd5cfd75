from __future__ import annotations

import pytest

from app.formats.camera_rows import Row
from app.formats.registry import row_places
from app.formats.registry.emd_placing import Emd, EmdTable
from app.formats.registry.entries import CameraImport
from app.formats.registry.report import Findings

EMDS = EmdTable([Emd("2729011200", "월성동", "대구광역시 달서구 월성동", 35.82, 128.52)])


def row(line: int, latitude: str, longitude: str) -> Row:
    values = {"latitude": latitude, "longitude": longitude, "lot_address": f"a{line}"}
    return Row(line, {name: text for name, text in values.items() if text}, {})


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("대구광역시 달서구 월성동 1", "put in the middle of its emd"),
        ("대구광역시 달서구 월배로 1", "put in the middle of its district"),
        ("부산광역시 중구 1", "not on the map"),
    ],
)
def test_how_an_address_was_placed_is_told(address: str, reason: str) -> None:
    findings = Findings()
    found = row_places.place(address, 7, EMDS, findings)
    (finding,) = findings.report(1, []).findings
    assert reason in finding.reason.en
    assert finding.lines == (7,)
    assert (found is None) is ("not on" in reason)


def test_rows_without_a_position_are_left_as_they_are() -> None:
    rows = [row(2, "", ""), row(3, "x", "127.1"), row(4, "36.1234", "127.1234")]
    findings = Findings()
    assert row_places.settle(rows, {2: "b", 3: "b", 4: "b"}, findings) == rows
    report = findings.report(3, [])
    assert report.findings == ()
    assert CameraImport((), report).entries == ()
