"""docs/incident-types.md, made from the table of incident types.

After a change of the table: .venv/bin/python -m tests.architecture.type_table
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.incident_type import DragnetDefault, IncidentType
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.site import SiteKind
from tests.architecture.sources import ROOT

DOCUMENT = ROOT / "docs" / "incident-types.md"

HEAD = """\
# Incident types

사건 유형표. Made from `app/domain/incident_types` by `python -m tests.architecture.type_table`, and
checked against it by a test: change the table, not this page.

An asterisk (\\*) marks what no public source gives: it is ours, and the centre sets it to what its
own rules say. Codes that begin with GW are ours. Times count from the moment the hub received the
incident. Articles are those of the Personal Information Protection Act (개인정보 보호법); which of
them carries which service is our reading, to be reviewed by the centre.

Every type is a row of this table:

| type | 유형 | codes | grade | dragnet | receivers | closes by itself |
|---|---|---|---|---|---|---|
"""


def document() -> str:
    kinds = INCIDENT_TYPES.values()
    rows = "".join(f"{row(kind)}\n" for kind in kinds)
    return HEAD + rows + "".join(f"\n{section(kind)}" for kind in kinds)


def row(kind: IncidentType) -> str:
    cells = (
        kind.name.en,
        kind.name.ko,
        ", ".join(kind.codes) + mark(kind, "codes"),
        f"{kind.grade.value} {kind.grade.words.ko} {kind.grade.words.en}" + mark(kind, "grade"),
        dragnet(kind.dragnet) + mark(kind, "dragnet"),
        (", ".join(map(str, kind.receivers)) or "–") + mark(kind, "receivers"),
        (f"after {duration(kind.time_out_s)} of silence" if kind.time_out_s else "never")
        + mark(kind, "time_out_s"),
    )
    return f"| {' | '.join(cells)} |"


def section(kind: IncidentType) -> str:
    return "".join(f"{line}\n" for line in _lines(kind))


def _lines(kind: IncidentType) -> Iterator[str]:
    yield f"## {kind.name.ko} ({kind.name.en})"
    yield ""
    yield f"Key `{kind.key}`. {_receivers(kind.receivers)}"
    yield ""
    times = (
        f"{golden.step.words.ko} ({golden.step.words.en}) {duration(golden.seconds)}"
        + (r" \*" if golden.ours else "")
        for golden in kind.golden
    )
    yield f"- 골든타임 (golden times): {', '.join(times)}"
    yield f"- 법적 근거 (legal basis){mark(kind, 'legal')}: {kind.legal.ko}. {kind.legal.en}"
    if kind.reasons:
        reasons = ", ".join(f"{reason.words.ko} ({reason.words.en})" for reason in kind.reasons)
        yield f"- 제공 사유 (a share needs one of): {reasons}"
    yield f"- 표준절차 (SOP){mark(kind, 'sop')}:"
    for number, step in enumerate(kind.sop, start=1):
        optional = "" if step.required else " 선택 (optional)"
        yield f"  {number}. {step.words.ko} ({step.words.en}){optional}"


def _receivers(receivers: tuple[SiteKind, ...]) -> str:
    if not receivers:
        return "Nothing of it is shared."
    names = ", ".join(f"{one.words.ko} ({one.words.en})" for one in receivers)
    return f"영상제공 대상 (may be shared with): {names}."


def mark(kind: IncidentType, field: str) -> str:
    return r" \*" if field in kind.ours else ""


def dragnet(default: DragnetDefault) -> str:
    grows = f", growing {default.speed_mps:g} m/s" if default.speed_mps else ""
    return f"{default.cameras} cameras, {default.radius_m:g} m{grows}"


def duration(seconds: float) -> str:
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
