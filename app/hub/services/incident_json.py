"""An incident as JSON: whole for the store, as `IncidentRow` for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.incident import Incident, IncidentId, Line
from app.domain.incident_state import State
from app.domain.incident_type import Grade
from app.domain.site import SiteId
from app.domain.text import Text

# What the wire does not know; personal facts go out among the facts.
_KEPT_BACK = ("person", "emd_code", "before_merge", "shares_ended_at", "shared")


def stamp(moment: datetime) -> str:
    """RFC 3339 with milliseconds, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def words_of(text: Text) -> dict[str, str]:
    return {"ko": text.ko, "en": text.en}


def text_of(words: Mapping[str, str]) -> Text:
    return Text(words["ko"], words["en"])


def json_of(incident: Incident) -> dict[str, Any]:
    """The whole of it, for the store only."""
    ended = incident.shares_ended_at
    return {
        "id": incident.id,
        "number": incident.number,
        "type": incident.type,
        "grade": int(incident.grade),
        "state": int(incident.state),
        "title": incident.title,
        "place": incident.place,
        "latitude": incident.latitude,
        "longitude": incident.longitude,
        "approximate": incident.approximate,
        "site": incident.site,
        "source": incident.source,
        "external": incident.external,
        "occurred_at": stamp(incident.occurred_at),
        "received_at": stamp(incident.received_at),
        "changed_at": stamp(incident.changed_at),
        "assignee": incident.assignee,
        "assignee_name": incident.assignee_name,
        "merged_into": incident.merged_into,
        "camera": incident.camera,
        "cameras": list(incident.cameras),
        "facts": dict(incident.facts),
        "notes": incident.notes,
        "attachments": incident.attachments,
        "history": [_line_json(line) for line in incident.history],
        "person": dict(incident.person),
        "emd_code": incident.emd_code,
        "before_merge": None if incident.before_merge is None else int(incident.before_merge),
        "shares_ended_at": None if ended is None else stamp(ended),
        "shared": {site: stamp(until) for site, until in incident.shared.items()},
    }


def row_of(incident: Incident) -> dict[str, Any]:
    """`IncidentRow` of what `app.domain.visible` left of an incident."""
    row = json_of(incident)
    for name in _KEPT_BACK:
        del row[name]
    row["facts"] |= incident.person
    row["personal"] = sorted(incident.person)
    return row


def incident_of(d: Mapping[str, Any]) -> Incident:
    """Of `json_of`."""
    before, ended = d["before_merge"], d["shares_ended_at"]
    assignee, merged, camera = d["assignee"], d["merged_into"], d["camera"]
    return Incident(
        id=IncidentId(d["id"]),
        number=d["number"],
        type=d["type"],
        grade=Grade(d["grade"]),
        state=State(d["state"]),
        title=d["title"],
        site=SiteId(d["site"]),
        source=d["source"],
        occurred_at=datetime.fromisoformat(d["occurred_at"]),
        received_at=datetime.fromisoformat(d["received_at"]),
        changed_at=datetime.fromisoformat(d["changed_at"]),
        external=d["external"],
        place=d["place"],
        emd_code=d["emd_code"],
        latitude=d["latitude"],
        longitude=d["longitude"],
        approximate=d["approximate"],
        assignee=None if assignee is None else AccountId(assignee),
        assignee_name=d["assignee_name"],
        merged_into=None if merged is None else IncidentId(merged),
        before_merge=None if before is None else State(before),
        shares_ended_at=None if ended is None else datetime.fromisoformat(ended),
        camera=None if camera is None else CameraId(camera),
        cameras=tuple(map(CameraId, d["cameras"])),
        facts=d["facts"],
        person=d["person"],
        notes=d["notes"],
        attachments=d["attachments"],
        history=tuple(_line_of(line) for line in d["history"]),
        shared=shared_of(d),
    )


def shared_of(d: Mapping[str, Any]) -> dict[SiteId, datetime]:
    """Of an incident or a camera: the sites that it is shared with, each until then."""
    # Rows that an older hub wrote know nothing of shares.
    given = d.get("shared") or {}
    return {SiteId(site): datetime.fromisoformat(until) for site, until in given.items()}


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "at": stamp(line.at),
        "by": line.by,
        "account": line.account,
        "kind": str(line.kind),
        "words": words_of(line.words),
        "facts": dict(line.facts),
    }


def _line_of(d: Mapping[str, Any]) -> Line:
    account = d["account"]
    return Line(
        datetime.fromisoformat(d["at"]),
        d["by"],
        d["kind"],
        text_of(d["words"]),
        None if account is None else AccountId(account),
        d["facts"],
    )
