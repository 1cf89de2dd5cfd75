"""Disaster messages to mobile phones (긴급재난문자, safetydata.go.kr DSSP-IF-00247) as JSON.

The poll asks for yesterday and today, so that a message of midnight is not lost; the same SN comes
again and again and is one event.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.domain.text import Text
from app.formats.intake import public_answer, reading
from app.formats.intake.reading import Told, key_of, text_of

SOURCE = "safetydata"
# 위급재난 (wakes everybody), 긴급재난, 안전안내.
_LONGEST_MESSAGE = 2000
_LONGEST_TITLE = 60
_FACTS = {"DST_SE_NM": "kind", "EMRG_STEP_NM": "step", "RCPTN_RGN_NM": "regions"}

_NO_SN = Text("일련번호(SN)가 없습니다", "a message without its number (SN)")
_NOT_A_ROW = Text("재난문자가 아닌 항목입니다", "an entry that is no message")


def events(data: bytes, now: datetime) -> list[IntakeEvent | Rejected]:
    """The messages of one answer, each SN once; none for an empty answer."""
    answer = public_answer.body_of(data)
    if isinstance(answer, Rejected):
        return [answer]
    return list(_events(reading.items_of(answer.get("body")), now))


def _events(rows: tuple[object, ...], now: datetime) -> Iterator[IntakeEvent | Rejected]:
    seen: set[str] = set()
    for row in rows:
        if not reading.is_object(row):
            yield Rejected(_NOT_A_ROW)
            continue
        own = key_of(row.get("SN"))
        if not own:
            yield Rejected(_NO_SN)
        elif own not in seen:
            seen.add(own)
            told = Told()
            message = text_of(row.get("MSG_CN"), _LONGEST_MESSAGE)
            kind = text_of(row.get("DST_SE_NM"))
            facts = {name: text_of(row.get(key)) for key, name in _FACTS.items()}
            yield IntakeEvent(
                source=SOURCE,
                external=own,
                kind=Kind.OCCURRED,
                type=TypeKey.DISASTER,
                occurred_at=told.moment(row.get("CRT_DT"), now),
                title=f"{kind}: {message[:_LONGEST_TITLE]}" if kind else message[:_LONGEST_TITLE],
                place=text_of(row.get("RCPTN_RGN_NM")),
                facts={n: t for n, t in {**facts, "message": message}.items() if t},
                severity=text_of(row.get("EMRG_STEP_NM")),
                problems=tuple(told.problems),
            )
