"""Incidents on the roads (국가교통정보센터 돌발상황정보, openapi.its.go.kr `eventInfo`) as JSON.

The rows carry no number of their own: the same link, kind, start and place is the same incident.
The names of the members were not checked against the running service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import blake2s

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.domain.text import Text
from app.formats.intake import public_answer, reading
from app.formats.intake.reading import Told, moment_of, text_of

SOURCE = "its"
_SAME = ("linkId", "eventType", "eventDetailType", "startDate", "coordX", "coordY", "roadName")
_FACTS = {
    "eventType": "kind",
    "eventDetailType": "detail",
    "linkId": "link",
    "roadName": "road",
    "roadNo": "road_number",
    "roadDrcType": "direction",
    "lanesBlockType": "lanes_blocked_kind",
    "lanesBlocked": "lanes_blocked",
    "message": "message",
    "endDate": "ends",
}

_NOT_A_ROW = Text("돌발상황이 아닌 항목입니다", "an entry that is no incident")


def events(data: bytes, now: datetime) -> list[IntakeEvent | Rejected]:
    """The incidents of one answer; none for an empty one. Ended where `endDate` is past."""
    answer = public_answer.body_of(data)
    if isinstance(answer, Rejected):
        return [answer]
    body = answer.get("body", answer.get("data"))
    rows = body.get("items", ()) if reading.is_object(body) and "items" in body else body
    if reading.is_object(rows) and "item" in rows:
        rows = rows["item"]
    return list(_events(reading.items_of(rows), now))


def _events(rows: tuple[object, ...], now: datetime) -> Iterator[IntakeEvent | Rejected]:
    seen: set[str] = set()
    for row in rows:
        if not reading.is_object(row) or not any(text_of(row.get(name)) for name in _SAME):
            yield Rejected(_NOT_A_ROW)
            continue
        own = _number(row)
        if own not in seen:
            seen.add(own)
            yield _event(own, row, now)


def _number(row: Mapping[str, object]) -> str:
    said = "\x1f".join(text_of(row.get(name)) for name in _SAME)
    return blake2s(said.encode(), digest_size=12).hexdigest()


def _event(own: str, row: Mapping[str, object], now: datetime) -> IntakeEvent:
    told = Told()
    # coordX is the longitude.
    latitude, longitude = told.position(row.get("coordY"), row.get("coordX"))
    facts = {name: text_of(row.get(key)) for key, name in _FACTS.items()}
    ends = moment_of(facts["ends"])
    return IntakeEvent(
        source=SOURCE,
        external=own,
        kind=Kind.ENDED if ends and ends <= now else Kind.OCCURRED,
        type=TypeKey.TRAFFIC,
        occurred_at=told.moment(row.get("startDate"), now),
        title=" ".join(filter(None, (facts["kind"], facts["detail"]))) or facts["message"],
        place=" ".join(filter(None, (facts["road"], facts["direction"]))),
        latitude=latitude,
        longitude=longitude,
        facts={name: text for name, text in facts.items() if text},
        problems=tuple(told.problems),
    )
