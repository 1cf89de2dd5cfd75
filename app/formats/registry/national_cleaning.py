"""The national list of cameras (전국CCTV표준데이터) without what is wrong in it, and a report.

Lists that a later one replaced are left out, bodies get one name each, positions that cannot be are
left blank, dates are made readable. What is done to a row stands in the report, by reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.camera import Camera
from app.domain.text import Text
from app.formats import table
from app.formats.build import build
from app.formats.camera_rows import Problems, Row
from app.formats.registry import bodies, dates, publications, row_places
from app.formats.registry.bodies import Body, Said
from app.formats.registry.emd_placing import EmdTable
from app.formats.registry.entries import CameraEntry, CameraImport
from app.formats.registry.report import Findings, as_facts, parts_of

_LONGEST_COUNT = 4

_REPLACED = Text(
    "같은 기관이 나중에 다시 낸 목록으로 바뀐 이전 목록입니다",
    "an older list of the same body, replaced by a later one",
)
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


def clean(data: bytes, emds: EmdTable | None = None) -> CameraImport:
    """Reads a CSV file of 13 or 18 columns (and others with their words), as `camera_csv` does.

    With `emds`, cameras without a usable position are placed by their address. Columns with
    addresses or passwords of devices are not read. Raises BadInput for what is no camera list.
    """
    problems, findings = Problems(), Findings()
    rows = table.read(data, problems)
    unreadable = len({problem.line for problem in problems.found if problem.skipped})
    said = {row.line: bodies.said_of(row) for row in rows}
    named = bodies.named(said.values())
    kept = _newest(rows, said, findings)
    keys = {row.line: bodies.key(said[row.line]) for row in kept}
    list_ = build(row_places.settle(kept, keys, findings), problems)
    findings.add(problems.found)
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


def _newest(rows: Sequence[Row], said: Mapping[int, Said], findings: Findings) -> list[Row]:
    published = [
        publications.Published(
            bodies.key(said[row.line]), row["purpose"], dates.iso_of(row["date"])
        )
        for row in rows
    ]
    kept: list[Row] = []
    for row, old in zip(rows, publications.replaced(published), strict=True):
        if old:
            findings.skip(row.line, _REPLACED)
        else:
            kept.append(row)
    return kept


def _entry(camera: Camera, row: Row, body: Body, findings: Findings) -> CameraEntry:
    site = body.name or camera.site
    if row["site"] and body.whole != row["site"]:
        findings.correct(row.line, bodies.ONE_NAME)
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
    found = dates.iso_of(row["date"])
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
    place = row_places.place(entry.camera.address, line, emds, findings)
    if place is None:
        return entry
    camera = replace(entry.camera, latitude=place.latitude, longitude=place.longitude)
    return replace(entry, camera=camera, approximate=True, emd_code=place.code)
