"""Messages as the senders of a city write them: bodies for the doors of the hub.

Every person, number and plate is invented; telephone numbers begin with a digit that none has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind
from app.domain.korea import KST
from app.formats.intake import its_incidents, platform_socket
from app.formats.intake.cap import NAMESPACES

CAP_SENDER = "daegu.dalseo@cap.example"
_WEBHOOK_TYPES = {
    TypeKey.EMERGENCY_BELL: "kr.gwanje.bell.pressed",
    TypeKey.MARKET_FIRE: "kr.gwanje.market-fire.detected",
    TypeKey.WANTED_VEHICLE: "kr.gwanje.plate.hit",
    TypeKey.ANKLET: "kr.gwanje.anklet.violation",
    TypeKey.CITIZEN_APP: "kr.gwanje.citizen.call",
    TypeKey.PRIVATE_SECURITY: "kr.gwanje.security.alarm",
}
_CAP_KINDS = {Kind.OCCURRED: "Alert", Kind.CHANGED: "Update", Kind.ENDED: "Cancel"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it happens; `camera` is the one that stands there. WGS84 degrees."""

    place: str
    dong: str
    latitude: float
    longitude: float
    camera: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One message about an incident: its sender's number, what has come of it, the words."""

    external: str
    kind: Kind
    scene: Scene
    values: Mapping[str, str]


def platform(sender: str, told: Telling, now: datetime) -> bytes:
    """112, 119 or WP1 over the platform socket; one frame."""
    scene = told.scene
    place = {
        "external": told.external,
        "longitude": f"{scene.longitude:.6f}",
        "latitude": f"{scene.latitude:.6f}",
        "place": scene.place,
        "emd": scene.dong,
    }
    return platform_socket.write_event(sender, told.kind, now, place | dict(told.values))


def webhook(source: str, type_: TypeKey, id_: str, told: Telling, now: datetime) -> bytes:
    """One CloudEvent; `id_` is the event's own, `told.external` the incident's."""
    scene = told.scene
    data = {
        "state": told.kind.value,
        "incident": told.external,
        "place": scene.place,
        "location": {"type": "Point", "coordinates": [scene.longitude, scene.latitude]},
        **({"camera": scene.camera} if scene.camera else {}),
        **told.values,
    }
    event = {
        "specversion": "1.0",
        "id": id_,
        "source": source,
        "type": _WEBHOOK_TYPES.get(type_, f"kr.gwanje.analytics.{type_}"),
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False).encode()


def cap(id_: str, told: Telling, now: datetime) -> bytes:
    """An alert of CAP 1.2, what changes it, or what ends it."""
    scene, at = told.scene, now.astimezone(KST).isoformat(timespec="seconds")
    first = f"<references>{CAP_SENDER},{told.external},{at}</references>"
    head = {
        "identifier": id_, "sender": CAP_SENDER, "sent": at, "status": "Actual",
        "msgType": _CAP_KINDS[told.kind], "scope": "Public",
    }  # fmt: skip
    info = {
        "language": "ko-KR", "category": "Met", "urgency": "Immediate", "severity": "Severe",
        "certainty": "Likely", **told.values,
    }  # fmt: skip
    circle = f"{scene.latitude:.5f},{scene.longitude:.5f} 0.3"
    area = f"<area>{_elements({'areaDesc': scene.place, 'circle': circle})}</area>"
    references = "" if told.kind is Kind.OCCURRED else first
    order = ("language", "category", "event", "urgency", "severity", "certainty", "headline",
             "description", "instruction")  # fmt: skip
    ordered = {name: info[name] for name in order if name in info}
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alert xmlns="{NAMESPACES[0]}">'
        f"{_elements(head)}{references}<info>{_elements(ordered)}{area}</info></alert>"
    ).encode()


def disaster(told: Telling, now: datetime) -> bytes:
    """An answer of the disaster messages' interface with one message."""
    at = now.astimezone(KST)
    row = {
        "SN": told.external,
        "CRT_DT": at.strftime("%Y/%m/%d %H:%M:%S"),
        "RCPTN_RGN_NM": "대구광역시 달서구",
        "REG_YMD": at.strftime("%Y/%m/%d"),
        **told.values,
    }
    header = {"resultCode": "00", "resultMsg": "NORMAL SERVICE"}
    return json.dumps({"header": header, "body": [row]}, ensure_ascii=False).encode()


def by_hand(type_: TypeKey, id_: str, told: Telling) -> bytes:
    """What an operator types in: a command without its number. `id_`: of the new incident."""
    scene = told.scene
    args = {
        "type": type_.value, "place": scene.place, "latitude": scene.latitude,
        "longitude": scene.longitude, "camera": scene.camera or None, **told.values,
    }  # fmt: skip
    command = {"cmd_id": f"{id_}-create", "type": "incident.create", "target": id_, "args": args}
    return json.dumps(command, ensure_ascii=False).encode()


def traffic(told: Telling, begun: datetime, now: datetime) -> bytes:
    """An answer of the traffic incidents' interface with one row.

    Rows have no number of their own: `told.external` is the link's, `begun` must stay.
    """
    ended = told.kind is Kind.ENDED
    row = {
        "linkId": told.external,
        "startDate": _compact(begun),
        "endDate": _compact(now - timedelta(seconds=1)) if ended else "",
        "coordX": f"{told.scene.longitude:.6f}",
        "coordY": f"{told.scene.latitude:.6f}",
        "roadName": told.scene.place,
        **told.values,
    }
    answer = {"header": {"resultCode": 0}, "body": {"totalCount": 1, "items": [row]}}
    return json.dumps(answer, ensure_ascii=False).encode()


def traffic_number(body: bytes, now: datetime) -> str:
    """What the hub calls the one incident of such an answer."""
    return next(
        one.external for one in its_incidents.events(body, now) if isinstance(one, IntakeEvent)
    )


def _compact(at: datetime) -> str:
    return at.astimezone(KST).strftime("%Y%m%d%H%M%S")


def _elements(values: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in values.items())
