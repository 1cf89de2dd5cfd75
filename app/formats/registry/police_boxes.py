"""The list of police boxes (경찰청 지구대·파출소): names and addresses, no coordinates."""

from __future__ import annotations

from hashlib import blake2s

from app.domain.text import Text
from app.formats import columns, table
from app.formats.camera_rows import Problems, Row
from app.formats.registry import row_places
from app.formats.registry.emd_placing import EmdTable
from app.formats.registry.entries import PointEntry, PointImport
from app.formats.registry.report import Findings, as_facts, parts_of

_WORDS = {
    "시도청": "headquarters",
    "경찰서": "station",
    "관서명": "name",
    "구분": "kind",
    "주소": "address",
    "전화번호": "phone",
}
_NOT_A_LIST = Text(
    "지구대·파출소 목록이 아닙니다. 첫 줄에 경찰서, 관서명, 주소 열이 있어야 합니다.",
    "Not a list of police boxes: the first line must hold the columns 경찰서, 관서명 and 주소.",
)
_NO_NAME = Text("관서명이 없어 건너뜁니다", "no name; skipped")
_AGAIN = Text("앞의 행과 이름이 같습니다", "the same name as an earlier row")
_NO_ADDRESS = Text("주소가 없습니다", "no address")
_POLICE_BOXES = table.Vocabulary(
    lambda word: _WORDS.get(columns.plain(word)),
    _NOT_A_LIST,
    refuse=lambda words: None if "관서명" in map(columns.plain, words) else _NOT_A_LIST,
)


def clean(data: bytes, emds: EmdTable | None = None) -> PointImport:
    """Police boxes, placed at the emd of their address. Raises BadInput for another list."""
    problems, findings = Problems(), Findings()
    rows = table.read(data, problems, _POLICE_BOXES)
    unreadable = len({problem.line for problem in problems.found if problem.skipped})
    entries: list[PointEntry] = []
    taken: set[str] = set()
    for row in rows:
        if not row["name"]:
            findings.skip(row.line, _NO_NAME)
            continue
        entries.append(_entry(row, taken, emds, findings))
    findings.add(problems.found)
    parts = parts_of((entry.facts.get("headquarters", ""), "", False) for entry in entries)
    approximate = sum(entry.approximate for entry in entries)
    report = findings.report(len(rows) + unreadable, parts, approximate)
    return PointImport(tuple(entries), report)


def _entry(row: Row, taken: set[str], emds: EmdTable | None, findings: Findings) -> PointEntry:
    said = [row[name] for name in ("headquarters", "station", "name", "kind")]
    own = _made_id(said)
    if own in taken:
        # 중앙 is a name 38 times; within one station it is another house at another address.
        findings.note(row.line, _AGAIN)
        own = _made_id([*said, row["address"], str(len(taken))])
    taken.add(own)
    if not row["address"]:
        findings.note(row.line, _NO_ADDRESS)
    placed = row_places.place(row["address"], row.line, emds, findings)
    station = row["station"]
    return PointEntry(
        kind="police_box",
        id=own,
        name=row["name"] + ("" if row["name"].endswith(row["kind"]) else row["kind"]),
        site=station if station.endswith("경찰서") or not station else f"{station}경찰서",
        latitude=placed.latitude if placed else None,
        longitude=placed.longitude if placed else None,
        approximate=placed is not None,
        emd_code=placed.code if placed else "",
        address=row["address"],
        phone=row["phone"],
        facts=as_facts({"headquarters": row["headquarters"], "kind": row["kind"]}),
    )


def _made_id(said: list[str]) -> str:
    return "police-" + blake2s("\x1f".join(said).encode(), digest_size=8).hexdigest()
