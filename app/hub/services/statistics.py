"""What the centre's work looks like in figures. So far: what video analytics got wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.account import Subject
from app.domain.camera import CameraId
from app.domain.incident import Incident
from app.domain.selective import TYPES, Seen, false_alarms
from app.hub.services.incident_json import incident_of
from app.hub.services.incidents import KIND
from app.hub.services.visibility import Visibility
from app.hub.store.columns import micros
from app.hub.store.schema import entity, incident_key
from app.hub.store.store import Store
from app.wire.statistics import FalseAlarmRow, FalseAlarms

_MOST: Final = 20_000
_ANALYTICS = (
    select(entity.c.id, entity.c.d)
    .join(incident_key, incident_key.c.id == entity.c.id)
    .where(entity.c.t == KIND, entity.c.deleted.is_(False), incident_key.c.type.in_(sorted(TYPES)))
    .order_by(incident_key.c.changed.desc())
    .limit(_MOST)
)


class Statistics:
    def __init__(self, store: Store, visibility: Visibility) -> None:
        self._store = store
        self._visibility = visibility

    async def false_alarms(self, subject: Subject, since: datetime) -> FalseAlarms:
        """By camera and rule, of the events since then that the subject may see."""
        rows = await self._store.reader.read(partial(_events, since=micros(since)))
        seen = [
            _seen(incident_of(d))
            for id_, d in rows
            if self._visibility.row(subject, KIND, id_, d) is not None
        ]
        events: dict[tuple[CameraId, str], int] = {}
        for one in seen:
            key = one.camera, one.rule
            events[key] = events.get(key, 0) + 1
        wrong = false_alarms(seen)
        found = [
            FalseAlarmRow(
                camera=camera, rule=rule, events=count, false_alarms=wrong.get((camera, rule), 0)
            )
            for (camera, rule), count in events.items()
        ]
        found.sort(key=lambda row: (-row.false_alarms, -row.events, row.camera, row.rule))
        return FalseAlarms(since=since, rows=tuple(found))


def _events(connection: Connection, since: int) -> list[tuple[str, Mapping[str, Any]]]:
    rows = connection.execute(_ANALYTICS.where(incident_key.c.changed >= since))
    return [(str(id_), d) for id_, d in rows]


def _seen(incident: Incident) -> Seen:
    rule = incident.facts.get("rule", "")
    return Seen(
        incident.id, incident.type, incident.camera or CameraId(""), incident.state,
        incident.received_at, str(rule),
    )  # fmt: skip
