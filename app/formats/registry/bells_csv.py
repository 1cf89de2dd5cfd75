"""The national list of emergency bells (안전비상벨 표준데이터) with its 24 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.text import Text
from app.formats import columns, fields, table
from app.formats.build import full_address, short_address
from app.formats.camera_rows import Problems, Row
from app.formats.registry import bodies, dates, row_places
from app.formats.registry.bodies import Body, Said
from app.formats.registry.emd_placing import EmdTable
from app.formats.registry.entries import PointEntry, PointImport
from app.formats.registry.report import Findings, as_facts, parts_of

_WORDS = {
    "개방자치단체코드": "code",
    "관리번호": "id",
    "안전비상벨관리번호": "bell",
    "설치목적": "purpose",
    "설치장소유형": "place_kind",
    "설치위치": "name",
    "소재지도로명주소": "road_address",
    "소재지지번주소": "lot_address",
    "wgs84위도": "latitude",
    "wgs84경도": "longitude",
    "연계방식": "link",
    "경찰연계유무": "police_link",
    "경비업체연계유무": "security_link",
    "관리사무소연계유무": "office_link",
    "부가기능": "extras",
    "안전비상벨설치연도": "installed",
    "최종점검일자": "checked",
    "최종점검결과구분": "check_result",
    "관리기관명": "site",
    "관리기관전화번호": "phone",
    "데이터기준일자": "date",
}
_FACTS = (
    "bell", "purpose", "place_kind", "link", "police_link", "security_link", "office_link",
    "extras", "installed", "checked", "check_result",
)  # fmt: skip

_NOT_A_LIST = Text(
    "안전비상벨 목록이 아닙니다. "
    "첫 줄에 표준데이터의 열 이름(안전비상벨관리번호 등)이 있어야 합니다.",
    "Not a list of emergency bells: the first line must hold the column names of the national "
    "standard (안전비상벨관리번호 …).",
)
_AGAIN = Text(
    "같은 기관의 같은 비상벨이 다른 행에 있습니다. 기준일이 가장 늦은 행을 씁니다",
    "the same bell of the same body stands in another row; the one with the newest date is taken",
)
_NOTHING = Text("비상벨을 알 수 있는 내용이 없어 건너뜁니다", "nothing that names a bell; skipped")


def _refuse(words: Sequence[str]) -> Text | None:
    return None if any(columns.is_bell(word) for word in words) else _NOT_A_LIST


_BELLS = table.Vocabulary(lambda word: _WORDS.get(columns.plain(word)), _NOT_A_LIST, refuse=_refuse)


def clean(data: bytes, emds: EmdTable | None = None) -> PointImport:
    """Bells, each once, with a report. Raises BadInput for what is no list of bells.

    The national file keeps every list that a body ever handed in, under new management numbers; a
    bell is the same where body, bell number and address are.
    """
    problems, findings = Problems(), Findings()
    rows = table.read(data, problems, _BELLS)
    unreadable = len({problem.line for problem in problems.found if problem.skipped})
    said = {row.line: bodies.said_of(row) for row in rows}
    named = bodies.named(said.values())
    kept = _once(rows, said, findings)
    keys = {row.line: bodies.key(said[row.line]) for row in kept}
    taken: set[str] = set()
    entries = tuple(
        _entry(row, named[said[row.line]], taken, emds, problems, findings)
        for row in row_places.settle(kept, keys, findings)
    )
    findings.add(problems.found)
    parts = parts_of(
        (row_entry.site, dates.iso_of(row["date"]), _has_place(row_entry))
        for row, row_entry in zip(kept, entries, strict=True)
    )
    approximate = sum(entry.approximate for entry in entries)
    return PointImport(entries, findings.report(len(rows) + unreadable, parts, approximate))


def _has_place(entry: PointEntry) -> bool:
    return entry.latitude is not None and not entry.approximate


def _once(rows: Sequence[Row], said: Mapping[int, Said], findings: Findings) -> list[Row]:
    newest: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if not (row["bell"] or row["id"] or row["name"] or row["lot_address"]):
            findings.skip(row.line, _NOTHING)
            continue
        # Bell numbers are the body's own and repeat within it, so the address counts as well.
        address = row["lot_address"] or row["road_address"]
        same = (bodies.key(said[row.line]), row["bell"] or row["id"], address, row["name"])
        before = newest.get(same)
        newer = before is None or dates.iso_of(row["date"]) > dates.iso_of(before["date"])
        if newer:
            newest[same] = row
        if before is not None:
            findings.skip(before.line if newer else row.line, _AGAIN)
    return sorted(newest.values(), key=lambda row: row.line)


def _entry(
    row: Row,
    body: Body,
    taken: set[str],
    emds: EmdTable | None,
    problems: Problems,
    findings: Findings,
) -> PointEntry:
    address = full_address(row["road_address"], row["lot_address"])
    if row["site"] and body.whole != row["site"]:
        findings.correct(row.line, bodies.ONE_NAME)
    place = fields.position(row, problems)
    placed = None if place else row_places.place(address, row.line, emds, findings)
    point = place or ((placed.latitude, placed.longitude) if placed else (None, None))
    own = row["id"] or f"{row['code']}-{row['bell']}"
    while own in taken:
        own += "-2"
    taken.add(own)
    return PointEntry(
        kind="bell",
        id=own,
        name=row["name"] or short_address(address) or row["bell"] or own,
        site=body.name,
        code=row["code"],
        department=body.department,
        latitude=point[0],
        longitude=point[1],
        approximate=placed is not None,
        emd_code=placed.code if placed else "",
        address=address,
        phone=row["phone"],
        facts=as_facts({**{n: row[n] for n in _FACTS}, "as_of": dates.iso_of(row["date"])}),
    )
