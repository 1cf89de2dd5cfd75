"""Traffic cameras of the national traffic centre (openapi.its.go.kr `cctvInfo`) as JSON.

The addresses of the pictures carry a key and run out after a while: a console asks for fresh ones,
and nothing here repeats one in a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2s

from app.domain.camera import Purpose
from app.domain.errors import BadInput
from app.domain.intake import Rejected
from app.domain.text import Text
from app.formats.build import build
from app.formats.camera_rows import MAX_BYTES, Problems, Row
from app.formats.intake import public_answer, reading
from app.formats.intake.reading import text_of
from app.formats.registry.entries import CameraEntry, CameraImport
from app.formats.registry.report import Findings, as_facts, parts_of

SITE = "국가교통정보센터"
# cctvType: 1 live (HLS), 2 a film (mp4), 3 a still; 4 and 5 are 1 and 2 over https.
_LIVE = frozenset({"", "1", "4"})
_LONGEST_ADDRESS = 2000
_WORDS = {
    "latitude": "coordy",
    "longitude": "coordx",
    "main_url": "cctvurl",
    "main_size": "cctvresolution",
    "name": "cctvname",
}

_NO_ROWS = Text("ITS의 cctvInfo 응답이 아닙니다", "not an answer of the traffic centre's cctvInfo")
_NOT_A_ROW = Text("카메라 객체가 아니어서 건너뜁니다", "not a camera object; skipped")
_NOT_LIVE = Text(
    "실시간 영상이 아니어서 영상 주소를 뺐습니다",
    "not a live picture; taken without its address",
)


def clean(data: bytes) -> CameraImport:
    """The cameras of one answer. Raises BadInput for an error or another answer."""
    answer = public_answer.body_of(data, MAX_BYTES)
    if isinstance(answer, Rejected):
        raise BadInput(answer.reason)
    if "data" not in answer:
        raise BadInput(_NO_ROWS)
    problems, findings = Problems(), Findings()
    items = reading.items_of(answer["data"])
    rows: list[Row] = []
    sections: dict[int, str] = {}
    for line, item in enumerate(items, start=1):
        if reading.is_object(item) and any(item.get(word) for word in _WORDS.values()):
            sections[line] = text_of(item.get("roadsectionid"))
            rows.append(_row(line, item, sections[line], findings))
        else:
            findings.skip(line, _NOT_A_ROW)
    list_ = build(rows, problems)
    findings.add(problems.found)
    entries = tuple(
        CameraEntry(camera, facts=as_facts({"road_section": sections[line]}))
        for camera, line in zip(list_.cameras, list_.lines, strict=True)
    )
    parts = parts_of((SITE, "", entry.camera.latitude is not None) for entry in entries)
    return CameraImport(entries, findings.report(len(items), parts))


def _row(line: int, item: Mapping[str, object], section: str, findings: Findings) -> Row:
    values = {column: text_of(item.get(word), _LONGEST_ADDRESS) for column, word in _WORDS.items()}
    if text_of(item.get("cctvtype")) not in _LIVE:
        findings.note(line, _NOT_LIVE)
        del values["main_url"]
    if not values["main_size"]:
        del values["main_size"]
    said = (section, values["name"], values["latitude"], values["longitude"])
    # Not the address: it is another one tomorrow.
    digest = blake2s("\x1f".join(said).encode(), digest_size=8).hexdigest()
    own = {"id": f"its-{digest}", "site": SITE, "purpose": Purpose.TRAFFIC}
    return Row(line, {name: text for name, text in {**values, **own}.items() if text}, _WORDS)
