"""The national list of cameras (전국CCTV표준데이터) without what is wrong in it, and a report.

Lists that a later one replaced are left out, bodies get one name each, positions that cannot be are
left blank, dates are made readable. What is done to a row stands in the report, by reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.camera import Camera
from app.domain.text import Text
from app.formats import fields, table
from app.formats.build import build, region
from app.formats.camera_rows import Problems, Row
from app.formats.registry import bodies, dates, places, publications
from app.formats.registry.bodies import Body, Said
from app.formats.registry.emd_placing import EmdTable, Placed
from app.formats.registry.entries import CameraEntry, CameraImport
from app.formats.registry.report import Findings, as_facts, parts_of

_LONGEST_COUNT = 4

_REPLACED = Text(
    "같은 기관이 나중에 다시 낸 목록으로 바뀐 이전 목록입니다",
    "an older list of the same body, replaced by a later one",
)
_BODY = Text(
    "관리기관명을 시도까지 붙여 하나로 맞췄습니다",
    "the body's name was made the same as in other rows, with its province",
)
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
_SERIAL_YEAR = Text(
    "설치연월이 엑셀 날짜로 바뀌어 알 수 없습니다. 비워 둡니다",
    "the month of installation was turned into a spreadsheet's date; left blank",
)
_BAD_DATE = Text("날짜로 읽을 수 없어 비워 둡니다", "not a date; left blank")
_BAD_COUNT = Text(
    "카메라대수를 읽을 수 없어 1대로 봅니다", "the number of cameras cannot be read; taken as 1"
)
_BLANK = {
    "pixels": Text("카메라화소수가 비어 있습니다", "the pixel count is blank"),
    "retention": Text("보관일수가 비어 있습니다", "the retention period is blank"),
    "installed": Text("설치연월이 비어 있습니다", "the month of installation is blank"),
}
AT_EMD = Text(
    "위치가 없어 읍면동의 가운데에 두고 대략의 위치로 표시했습니다",
    "no position; put in the middle of its emd and marked approximate",
)
AT_DISTRICT = Text(
    "위치와 읍면동을 알 수 없어 시군구의 가운데에 두었습니다",
    "neither position nor emd known; put in the middle of its district",
)
NOWHERE = Text("위치를 알 수 없어 지도에 나오지 않습니다", "no position known; not on the map")


def clean(data: bytes, emds: EmdTable | None = None) -> CameraImport:
    """Reads a CSV file of 13 or 18 columns (and others with their words), as `camera_csv` does.

    With `emds`, cameras without a usable position are placed by their address. Columns with
    addresses or passwords of devices are not read. Raises BadInput for what is no camera list.
    """
    problems, findings = Problems(), Findings()
    rows = table.read(data, problems)
    unreadable = len({problem.line for problem in problems.found if problem.skipped})
    said = {row.line: _said(row) for row in rows}
    named = bodies.named(said.values())
    kept = _newest(rows, said, findings)
    odd = places.odd(_spots(kept, said))
    list_ = build([_with_place(row, odd) for row in kept], problems)
    findings.add(problems.found)
    _tell_odd(odd, findings)
    by_line = {row.line: row for row in kept}
    entries = tuple(
        _placed(_entry(camera, by_line[line], named[said[line]], findings), line, emds, findings)
        for camera, line in zip(list_.cameras, list_.lines, strict=True)
    )
    parts = parts_of(
        (e.camera.site, e.facts.get("as_of", ""), _has_place(e) and not e.approximate)
        for e in entries
    )
    approximate = sum(entry.approximate for entry in entries)
    return CameraImport(entries, findings.report(len(rows) + unreadable, parts, approximate))


def _said(row: Row) -> Said:
    return Said(row["site"], row["code"], region(row["lot_address"] or row["road_address"]))


def _newest(rows: Sequence[Row], said: Mapping[int, Said], findings: Findings) -> list[Row]:
    published = [
        publications.Published(bodies.key(said[row.line]), row["purpose"], _iso(row["date"]))
        for row in rows
    ]
    kept: list[Row] = []
    for row, old in zip(rows, publications.replaced(published), strict=True):
        if old:
            findings.skip(row.line, _REPLACED)
        else:
            kept.append(row)
    return kept


def _iso(text: str) -> str:
    found = dates.date_of(text)
    return found.isoformat() if found else ""


def _spots(rows: Sequence[Row], said: Mapping[int, Said]) -> list[places.Spot]:
    spots: list[places.Spot] = []
    for row in rows:
        # What is told of the position is told once, when the camera is built.
        place = fields.position(row, Problems())
        if place is not None:
            address = row["lot_address"] or row["road_address"]
            spots.append(places.Spot(row.line, bodies.key(said[row.line]), address, *place))
    return spots


def _with_place(row: Row, odd: places.Odd) -> Row:
    """The row with its position put right, or without one that cannot be."""
    if row.line in odd.corrected:
        latitude, longitude = (f"{degrees:.6f}" for degrees in odd.corrected[row.line])
        return replace(row, values={**row.values, "latitude": latitude, "longitude": longitude})
    if row.line in odd.wrong:
        kept = {n: text for n, text in row.values.items() if n not in ("latitude", "longitude")}
        return replace(row, values=kept)
    return row


def _tell_odd(odd: places.Odd, findings: Findings) -> None:
    for lines, tell, reason in (
        (odd.wrong, findings.correct, _WRONG_POINT),
        (odd.corrected, findings.correct, _SECONDS),
        (odd.far, findings.note, _FAR),
        (odd.crowded, findings.note, _CROWDED),
    ):
        for line in sorted(lines):
            tell(line, reason)


def _entry(camera: Camera, row: Row, body: Body, findings: Findings) -> CameraEntry:
    site = body.name or camera.site
    if row["site"] and " ".join(filter(None, (site, body.department))) != row["site"]:
        findings.correct(row.line, _BODY)
    for column, reason in _BLANK.items():
        if column in row.words and not row[column]:
            findings.note(row.line, reason)
    return CameraEntry(
        camera=replace(camera, site=site),
        code=row["code"],
        department=body.department,
        count=_count(row, findings),
        facts=as_facts(
            {
                "pixels": row["pixels"],
                "direction": row["direction"],
                "retention_days": row["retention"],
                "installed": _installed(row, findings),
                "as_of": _as_of(row, findings),
                "phone": row["phone"],
            }
        ),
    )


def _count(row: Row, findings: Findings) -> int:
    text = row["count"]
    if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_COUNT and int(text):
        return int(text)
    if text:
        findings.correct(row.line, _BAD_COUNT)
    return 1


def _installed(row: Row, findings: Findings) -> str:
    text = row["installed"]
    found = dates.month_of(text)
    if text and found is None:
        findings.correct(row.line, _SERIAL_YEAR if dates.is_serial_year(text) else _BAD_DATE)
    return found or ""


def _as_of(row: Row, findings: Findings) -> str:
    found = _iso(row["date"])
    if row["date"] and not found:
        findings.correct(row.line, _BAD_DATE)
    return found


def _has_place(entry: CameraEntry) -> bool:
    return entry.camera.latitude is not None


def _placed(
    entry: CameraEntry, line: int, emds: EmdTable | None, findings: Findings
) -> CameraEntry:
    if _has_place(entry):
        return entry
    place = emds.find(entry.camera.address) if emds else None
    tell_place(line, place, findings)
    if place is None:
        return entry
    camera = replace(entry.camera, latitude=place.latitude, longitude=place.longitude)
    return replace(entry, camera=camera, approximate=True, emd_code=place.code)


def tell_place(line: int, place: Placed | None, findings: Findings) -> None:
    """Puts into the report how a row without a position was placed."""
    if place is None:
        findings.note(line, NOWHERE)
    else:
        findings.note(line, AT_EMD if place.exact else AT_DISTRICT)
