"""What senders send: endless, always the same, and known in what it must become."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from app.domain.intake import Kind
from app.formats.intake import platform_socket
from app.hub.services import doors

WEBHOOK = {"content-type": "application/cloudevents+json", "user-agent": "bench/1"}
_AT = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
_STAMP = "2026-11-25T04:04:05Z"
# The same vehicles come by again, and close their first hit.
_VEHICLES = 500
_ALERT_EACH = 5


@dataclass(frozen=True, slots=True)
class Message:
    """A body and the door it comes to. `makes`: whether it is the first word of an incident."""

    door: str
    source: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    makes: bool = False


def messages() -> Iterator[Message]:
    """Ten that belong together, then the next ten: four or five of each ten are new incidents."""
    for group in count():
        yield from ten(group)


def ten(group: int) -> Sequence[Message]:
    """A bell with its whole life, a call to 112 that ends, one to 119 or an alert, a plate."""
    bell = f"b{group}"
    pressed = _event("bell.pressed", bell, {"bell": bell, "place": "어린이공원"}, makes=True)
    return (
        pressed,
        _call("112", Kind.OCCURRED, f"A{group}"),
        _plate(group),
        _alert(group) if group % _ALERT_EACH == 0 else _call("119", Kind.OCCURRED, f"F{group}"),
        _follow(group, "changed", place="정문 앞"),
        _follow(group, "position", latitude=35.84),
        _follow(group, "position", latitude=35.85, longitude=128.54),
        # A sender that got no answer sends the same again.
        Message(pressed.door, pressed.source, pressed.body, pressed.headers),
        _follow(group, "released"),
        _call("112", Kind.ENDED, f"A{group}"),
    )


def _event(kind: str, id_: str, data: Mapping[str, object], *, makes: bool = False) -> Message:
    event = {
        "specversion": "1.0", "id": id_, "source": "bells", "type": f"kr.gwanje.{kind}",
        "time": _STAMP, "data": {"latitude": 35.83, "longitude": 128.53, **data},
    }  # fmt: skip
    body = json.dumps(event, ensure_ascii=False).encode()
    return Message(doors.WEBHOOK, "bells", body, WEBHOOK, makes)


def _follow(group: int, state: str, **data: Any) -> Message:
    id_ = f"b{group}-{state}-{data.get('latitude', '')}"
    bell = f"b{group}"
    return _event("bell.pressed", id_, {"bell": bell, "incident": bell, "state": state, **data})


def _plate(group: int) -> Message:
    plate = f"12가{group % _VEHICLES:04d}"
    return _event("plate.hit", f"p{group}", {"plate": plate, "reason": "stolen"}, makes=True)


def _call(sender: str, kind: Kind, external: str) -> Message:
    values = {
        "external": external, "class": "폭행", "place": "대구 달서구 월성동 1", "grade": "1",
        "longitude": "128.53", "latitude": "35.83", "emd": "2729010700", "user": "1234",
    }  # fmt: skip
    body = platform_socket.write_event(sender, kind, _AT, values)
    return Message(doors.PLATFORM, sender, body, makes=kind is Kind.OCCURRED)


def _alert(group: int) -> Message:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>KMA-{group}</identifier><sender>kma@go.kr</sender>"
        "<sent>2026-11-25T13:00:00+09:00</sent><status>Actual</status><msgType>Alert</msgType>"
        "<scope>Public</scope><info><language>ko-KR</language><category>Met</category>"
        "<event>호우</event><urgency>Immediate</urgency><severity>Severe</severity>"
        "<certainty>Observed</certainty><headline>호우 경보</headline><area><areaDesc>달서구"
        "</areaDesc><polygon>35.8,128.5 35.9,128.5 35.9,128.6 35.8,128.6 35.8,128.5</polygon>"
        "</area></info></alert>"
    ).encode()
    return Message(doors.CAP, "kma", body, makes=True)
