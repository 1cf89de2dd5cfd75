"""Incidents in the store: found, kept, numbered; every change tells those who want to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select

from app.domain.camera import CameraId
from app.domain.duplicates import DEVICE_FACTS, PLATE
from app.domain.errors import Refused
from app.domain.ids import incident_number
from app.domain.incident import Incident, IncidentId
from app.domain.intake import IntakeEvent
from app.domain.plate import plate
from app.domain.text import Text
from app.hub.services.ids import Ids
from app.hub.services.incident_json import incident_of, json_of
from app.hub.store import queries, settings
from app.hub.store.columns import micros, moment
from app.hub.store.engines import POSTGRESQL, SQLITE
from app.hub.store.rows import Entry
from app.hub.store.schema import incident_key, setting
from app.hub.store.transaction import Transaction, insert_into

KIND = "incident"
# The feed of what the hub finds out by itself.
HUB_FEED = "hub"
_NUMBERS = "incident_numbers/"
_NOT_THERE = Text("그런 사건이 없습니다", "there is no such incident")
_KEY = incident_key.c
# Made once: every event asks.
_OF_NUMBER = (
    select(_KEY.id)
    .where(
        _KEY.feed == bindparam("feed_"),
        _KEY.source == bindparam("source_"),
        _KEY.external == bindparam("external_"),
    )
    .order_by(_KEY.id)
    .limit(100)
)
_OF_DEVICE = (
    select(_KEY.id)
    .where(
        _KEY.device == bindparam("device_"),
        _KEY.open.is_(True),
        _KEY.feed == bindparam("feed_"),
        _KEY.type == bindparam("type_"),
    )
    .order_by(_KEY.id.desc())
    .limit(100)
)
_COUNT = select(setting.c.value).where(setting.c.name == bindparam("name_"))

# Told inside the transaction of each change: what the incident was before (None: new), and is now.
Told = Callable[[Transaction, Incident | None, Incident], None]


class Incidents:
    """Everything takes the transaction or connection in which it happens."""

    def __init__(self, ids: Ids, tell: Told = lambda _tx, _before, _after: None) -> None:
        self._ids = ids
        self._tell = tell

    def new_id(self) -> IncidentId:
        return IncidentId(self._ids.new())

    def get(self, connection: Connection, id_: str) -> Incident | None:
        found = queries.get(connection, KIND, id_)
        return None if found is None else incident_of(found.d)

    def need(self, connection: Connection, id_: str) -> Incident:
        """Raises Refused where there is none."""
        found = self.get(connection, id_)
        if found is None:
            raise Refused(_NOT_THERE)
        return found

    def open(self, tx: Transaction, incident: Incident, feed: str) -> Entry:
        """Keeps a new one."""
        _keep_key(tx, incident, feed)
        entry = tx.put(KIND, incident.id, json_of(incident))
        self._tell(tx, None, incident)
        return entry

    def change(self, tx: Transaction, before: Incident, after: Incident) -> Entry | None:
        """Keeps what it became; None where nothing changed."""
        if after == before:
            return None
        _keep_key(tx, after)
        entry = tx.put(KIND, after.id, json_of(after))
        self._tell(tx, before, after)
        return entry

    def tell(self, tx: Transaction, incident: Incident, event: str, **d: Any) -> Entry:
        """Something that happened to it and does not change it. Never anything personal."""
        about = {"event": event, "site": incident.site, "type": str(incident.type)}
        return tx.event(KIND, incident.id, {**about, **d})

    def next_number(self, tx: Transaction) -> str:
        """The next one of the day in Korea, without a gap: undone with the job that took it."""
        day = incident_number(moment(tx.at), 1)[:8]
        name = f"{_NUMBERS}{day}"
        count = (tx.connection.execute(_COUNT, {"name_": name}).scalar_one_or_none() or 0) + 1
        settings.save(tx, name, count)
        return incident_number(moment(tx.at), count)

    def followed(self, connection: Connection, incident: Incident) -> Incident:
        """The one that it has become a part of by merging, over several steps; itself if none."""
        seen = {incident.id}
        while incident.merged_into is not None and incident.merged_into not in seen:
            seen.add(incident.merged_into)
            further = self.get(connection, incident.merged_into)
            if further is None:
                break
            incident = further
        return incident

    def like(self, connection: Connection, feed: str, event: IntakeEvent) -> list[Incident]:
        """Those that the event may be about: of its number, and open ones of its device."""
        ids: list[str] = []
        given = {"feed_": feed, "source_": event.source, "external_": event.external}
        if event.external:
            ids += connection.execute(_OF_NUMBER, given).scalars()
        if device := _device(CameraId(event.camera), event.facts):
            told = {"feed_": feed, "device_": device, "type_": str(event.type)}
            ids += connection.execute(_OF_DEVICE, told).scalars()
        known = (self.get(connection, id_) for id_ in dict.fromkeys(ids))
        return [one for one in known if one is not None]

    def of_plate(self, connection: Connection, event: IntakeEvent) -> list[Incident]:
        """The open ones of the vehicle that the event names, whoever saw it."""
        number = plate(event.facts.get(PLATE, ""))
        if number is None:
            return []
        key = incident_key.c
        return self._where(connection, key.plate == number, key.open.is_(True))

    def open_of(
        self, connection: Connection, kinds: Sequence[str], unchanged_since: int | None = None
    ) -> list[Incident]:
        """The open ones of these types, at most 500; without a change since then (microseconds)."""
        key = incident_key.c
        wanted: list[ColumnElement[bool]] = [
            key.open.is_(True),
            key.type.in_([str(kind) for kind in kinds]),
        ]
        if unchanged_since is not None:
            wanted.append(key.changed <= unchanged_since)
        return self._where(connection, *wanted)

    def _where(self, connection: Connection, *wanted: ColumnElement[bool]) -> list[Incident]:
        query = select(incident_key.c.id).where(*wanted).order_by(incident_key.c.id).limit(500)
        ids = list(connection.execute(query).scalars())
        return [one for id_ in ids if (one := self.get(connection, id_)) is not None]


def _keep_key(tx: Transaction, incident: Incident, feed: str = "") -> None:
    values = {
        "id": incident.id,
        "feed": feed,
        "source": incident.source,
        "external": incident.external,
        "type": str(incident.type),
        "open": incident.state.open,
        "plate": plate(str(incident.facts.get(PLATE, ""))) or "",
        "device": _device(incident.camera, incident.facts),
        "changed": micros(incident.changed_at),
    }
    tx.connection.execute(_KEEP[tx.connection.dialect.name], values)


def _device(camera: CameraId | None, facts: Mapping[str, Any]) -> str:
    names = (camera or "", *(str(facts.get(name, "")) for name in DEVICE_FACTS))
    return "\x1f".join(names) if any(names) else ""


def _keep(dialect: str) -> Any:
    made = insert_into(incident_key, dialect)
    follows = ("type", "open", "plate", "device", "changed")
    return made.on_conflict_do_update(
        index_elements=[incident_key.c.id], set_={name: made.excluded[name] for name in follows}
    )


_KEEP = {dialect: _keep(dialect) for dialect in (SQLITE, POSTGRESQL)}
