"""Signed webhooks in the form of CloudEvents 1.0, structured, batched and binary.

`data` of every type: `state` (occurred, changed, released, ended, position; occurred where it is
missing), `incident` (the sender's number of the incident, where several messages belong to one;
else the event's `id`), `title`, `place`, `latitude` and `longitude` or a GeoJSON point `location`,
`emd` (10-digit 법정동코드), `camera` (관리번호), `severity`, and what `webhook_types` names.
Where a patrol car is: see `units`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from app.domain.incident_types import incident_type
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.domain.plate import plate
from app.domain.text import Text
from app.formats.intake import reading
from app.formats.intake.reading import MAX_KEY, Told, key_of, text_of
from app.formats.intake.units import UNIT_TYPE, unit_event
from app.formats.intake.webhook_types import EVENT_TYPES, EventType

# What a sender writes into Content-Type; the form itself is told by the body.
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
MAX_BATCH = 1000
_BINARY = "ce-"
_NUMBERS_OF_A_BOX = 4

_NO_ENVELOPE = Text("CloudEvents 1.0 형식이 아닙니다", "not in the form of CloudEvents 1.0")
_NO_DATA = Text("data가 JSON 객체가 아닙니다", "data is not a JSON object")
_TOO_MANY = Text("한 번에 1,000건까지 받습니다", "at most 1,000 events at once")
_NO_PLATE = Text("차량번호의 형식이 아닙니다", "the plate does not have the form of one")
_NO_REASON = Text(
    "위반 사유가 법적 사유에 들지 않아 영상을 제공할 수 없습니다",
    "the violation is none of the legal reasons; no video may be shared",
)
_NO_BOX = Text(
    "box는 [x, y, 너비, 높이]이며 각각 0–1입니다",
    "box is [x, y, width, height], each from 0 to 1",
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One CloudEvent. `source` and `id` together are the same when it is delivered again."""

    source: str
    id: str
    type: str
    time: str = ""
    subject: str = ""
    data: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        return f"{self.source}\n{self.id}"


def events(data: bytes, headers: Mapping[str, str], now: datetime) -> list[IntakeEvent | Rejected]:
    """All events of one request. `headers` by name in any case; only what names the form counts."""
    return [
        one if isinstance(one, Rejected) else event(one, now) for one in envelopes(data, headers)
    ]


def envelopes(data: bytes, headers: Mapping[str, str]) -> list[Envelope | Rejected]:
    """The CloudEvents of one request, in order."""
    value = reading.load_json(data)
    if isinstance(value, Rejected):
        return [value]
    named = {name.lower(): text for name, text in headers.items()}
    if f"{_BINARY}specversion" in named:
        attributes: dict[str, object] = {
            name.removeprefix(_BINARY): unquote(text)
            for name, text in named.items()
            if name.startswith(_BINARY)
        }
        return [_envelope({**attributes, "data": value})]
    if isinstance(value, list):
        found = [_envelope(one) for one in value[:MAX_BATCH]]
        return [*found, Rejected(_TOO_MANY)] if len(value) > MAX_BATCH else found
    return [_envelope(value)]


def _envelope(value: object) -> Envelope | Rejected:
    if not reading.is_object(value):
        return Rejected(_NO_ENVELOPE)
    if text_of(value.get("specversion")) != "1.0":
        return Rejected(_NO_ENVELOPE)
    source, own, kind = (key_of(value.get(name)) for name in ("source", "id", "type"))
    if not source or not own or not kind:
        return Rejected(_NO_ENVELOPE)
    data = _data(value)
    if isinstance(data, Rejected):
        return data
    return Envelope(
        source, own, kind, text_of(value.get("time")), text_of(value.get("subject")), data
    )


def _data(value: Mapping[str, object]) -> Mapping[str, object] | Rejected:
    data = value.get("data")
    encoded = value.get("data_base64")
    if data is None and isinstance(encoded, str):
        try:
            data = reading.load_json(base64.b64decode(encoded, validate=True))
        except (binascii.Error, ValueError):
            return Rejected(_NO_DATA)
    return data if reading.is_object(data) else Rejected(_NO_DATA)


def event(envelope: Envelope, now: datetime) -> IntakeEvent | Rejected:
    """What one CloudEvent says."""
    data = envelope.data
    if envelope.type == UNIT_TYPE:
        return unit_event(envelope.source, envelope.time, data, _place(data), now)
    known = EVENT_TYPES.get(envelope.type)
    if known is None:
        return Rejected(_unknown("type", envelope.type))
    state = text_of(data.get("state")) or Kind.OCCURRED
    if state not in set(Kind):
        return Rejected(_unknown("state", state))
    told = Told()
    latitude, longitude = told.position(*_place(data))
    return IntakeEvent(
        source=envelope.source,
        external=key_of(data.get("incident")) or envelope.id,
        kind=Kind(state),
        type=known.key,
        occurred_at=told.moment(envelope.time, now),
        title=text_of(data.get("title")) or incident_type(known.key).name.ko,
        place=text_of(data.get("place")) or envelope.subject,
        latitude=latitude,
        longitude=longitude,
        emd_code=reading.emd_code_of(text_of(data.get("emd"))),
        camera=text_of(data.get("camera"), MAX_KEY),
        facts=_facts(known, data, told),
        person={name: text for name in known.person if (text := text_of(data.get(name)))},
        severity=text_of(data.get("severity"), MAX_KEY),
        problems=tuple(told.problems),
    )


def _unknown(name: str, value: str) -> Text:
    # The word itself would be the sender's: it may hold anything.
    shown = value if value.isascii() and len(value) <= MAX_KEY else "?"
    return Text(f"알 수 없는 {name}입니다: {shown}", f"unknown {name}: {shown}")


def _place(data: Mapping[str, object]) -> tuple[object, object]:
    location = data.get("location")
    if reading.is_object(location):
        point = location.get("coordinates")
        if isinstance(point, list) and len(point) > 1:
            return point[1], point[0]
    return data.get("latitude"), data.get("longitude")


def _facts(known: EventType, data: Mapping[str, object], told: Told) -> dict[str, str]:
    facts = {name: text for name in known.members if (text := text_of(data.get(name)))}
    for name in known.wanted:
        if name not in facts:
            told.tell(Text(f"항목이 비어 있습니다: {name}", f"a field is blank: {name}"))
    if "box" in known.facts and data.get("box") is not None:
        facts |= _box(data["box"], told)
    if "plate" in facts:
        if number := plate(facts["plate"]):
            facts["plate"] = number
        else:
            # Diplomats and foreign forces have others.
            told.tell(_NO_PLATE)
    reasons = {reason.key for reason in incident_type(known.key).reasons}
    if reasons and facts.get("reason") not in reasons:
        told.tell(_NO_REASON)
    return facts


def _box(value: object, told: Told) -> dict[str, str]:
    """Where in the picture: left, top, width and height as parts of it."""
    numbers: Sequence[object] = value if isinstance(value, list) else ()
    good = [
        float(n)
        for n in numbers
        if isinstance(n, int | float) and not isinstance(n, bool) and 0 <= n <= 1
    ]
    if len(good) != _NUMBERS_OF_A_BOX or len(numbers) != _NUMBERS_OF_A_BOX:
        told.tell(_NO_BOX)
        return {}
    return {"box": ",".join(f"{n:.4g}" for n in good)}
