"""The positions of a list's rows: settled among each other, or taken from the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.text import Text
from app.formats import fields
from app.formats.camera_rows import Problems, Row
from app.formats.registry import places
from app.formats.registry.emd_placing import EmdTable, Placed
from app.formats.registry.report import Findings

_WRONG_POINT = Text(
    "주소가 다른 여러 행이 한 점에, 기관의 다른 위치에서 20 km 넘게 떨어져 있어 비워 둡니다",
    "many addresses on one point, over 20 km from the body's other places; left blank",
)
_SECONDS = Text(
    "도·분·초를 소수로 적은 위치여서 바로잡았습니다",
    "degrees, minutes and seconds written as decimals; corrected",
)
_FAR = Text(
    "같은 기관의 다른 위치에서 20 km 넘게 떨어져 있습니다",
    "over 20 km from the other places of the same body",
)
_CROWDED = Text("주소가 다른 여러 행이 한 점에 있습니다", "many different addresses on one point")
AT_EMD = Text(
    "위치가 없어 읍면동의 가운데에 두고 대략의 위치로 표시했습니다",
    "no position; put in the middle of its emd and marked approximate",
)
AT_DISTRICT = Text(
    "위치와 읍면동을 알 수 없어 시군구의 가운데에 두었습니다",
    "neither position nor emd known; put in the middle of its district",
)
NOWHERE = Text("위치를 알 수 없어 지도에 나오지 않습니다", "no position known; not on the map")


def settle(rows: Sequence[Row], bodies: Mapping[int, str], findings: Findings) -> list[Row]:
    """The rows, some with another position or none, by what their body's other rows say.

    `bodies`: a key of the row's body, by line.
    """
    odd = places.odd(_spots(rows, bodies))
    for lines, tell, reason in (
        (odd.wrong, findings.correct, _WRONG_POINT),
        (odd.corrected, findings.correct, _SECONDS),
        (odd.far, findings.note, _FAR),
        (odd.crowded, findings.note, _CROWDED),
    ):
        for line in sorted(lines):
            tell(line, reason)
    return [_with_place(row, odd) for row in rows]


def _spots(rows: Sequence[Row], bodies: Mapping[int, str]) -> list[places.Spot]:
    spots: list[places.Spot] = []
    for row in rows:
        # What is told of the position is told once, by whoever takes it over.
        place = fields.position(row, Problems())
        if place is not None:
            address = row["lot_address"] or row["road_address"]
            spots.append(places.Spot(row.line, bodies[row.line], address, *place))
    return spots


def _with_place(row: Row, odd: places.Odd) -> Row:
    if row.line in odd.corrected:
        latitude, longitude = (f"{degrees:.6f}" for degrees in odd.corrected[row.line])
        return replace(row, values={**row.values, "latitude": latitude, "longitude": longitude})
    if row.line in odd.wrong:
        kept = {n: text for n, text in row.values.items() if n not in ("latitude", "longitude")}
        return replace(row, values=kept)
    return row


def place(address: str, line: int, emds: EmdTable | None, findings: Findings) -> Placed | None:
    """Where a row without a position lies by its address; what was done stands in the report."""
    found = emds.find(address) if emds else None
    if found is None:
        findings.note(line, NOWHERE)
    else:
        findings.note(line, AT_EMD if found.exact else AT_DISTRICT)
    return found
