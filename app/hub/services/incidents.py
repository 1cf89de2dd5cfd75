"""Incidents in the store: found, kept, numbered; every change tells those who want to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select

from app.domain.errors import Refused
from app.domain.ids import incident_number
from app.domain.incident import Incident, IncidentId
from app.domain.text import Text
from app.hub.services import incident_keys
from app.hub.services.ids import Ids
from app.hub.services.incident_json import incident_of, json_of
from app.hub.store import queries, settings
from app.hub.store.columns import moment
from app.hub.store.rows import Entry
from app.hub.store.schema import incident_key, setting
from app.hub.store.transaction import Transaction

KIND = "incident"
# The feed of what the hub finds out by itself.
HUB_FEED = "hub"
_NUMBERS = "incident_numbers/"
_NOT_THERE = Text("그런 사건이 없습니다", "there is no such incident")
_COUNT = select(setting.c.value).where(setting.c.name == bindparam("name_"))

# Told inside the transaction of each change: what the incident was before (None: new), and is now.
Told = Callable[[Transaction, Incident | None, Incident], None]
# What follows from where it is; what it was before (None: new), and is now.
Settle = Callable[[Incident | None, Incident], Incident]


class Incidents:
    """Everything takes the transaction or connection in which it happens."""

    def __init__(
        self,
        ids: Ids,
        tell: Told = lambda _tx, _before, _after: None,
        settle: Settle = lambda _before, after: after,
    ) -> None:
        self._ids = ids
        self.told = tell
        self.settled = settle

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
        incident = self.settled(None, incident)
        incident_keys.keep(tx.connection, [incident_keys.keys_of(incident, feed)])
        entry = tx.put(KIND, incident.id, json_of(incident))
        self.told(tx, None, incident)
        return entry

    def change(self, tx: Transaction, before: Incident, after: Incident) -> Entry | None:
        """Keeps what it became; None where nothing changed."""
        if after == before:
            return None
        after = self.settled(before, after)
        incident_keys.keep(tx.connection, [incident_keys.keys_of(after)])
        entry = tx.put(KIND, after.id, json_of(after))
        self.told(tx, before, after)
        return entry

    def tell(self, tx: Transaction, incident: Incident, event: str, **d: Any) -> Entry:
        """Something that happened to it and does not change it. Never anything personal."""
        return tx.event(KIND, incident.id, about(incident, event, **d))

    def next_number(self, tx: Transaction) -> str:
        """The next one of the day in Korea, without a gap: undone with the job that took it."""
        count = self.numbered(tx) + 1
        self.save_numbered(tx, count)
        return incident_number(moment(tx.at), count)

    def numbered(self, tx: Transaction) -> int:
        """How many numbers of this day are taken."""
        found = tx.connection.execute(_COUNT, {"name_": _day(tx)}).scalar_one_or_none()
        return int(found or 0)

    def save_numbered(self, tx: Transaction, count: int) -> None:
        settings.save(tx, _day(tx), count)

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


def about(incident: Incident, event: str, **d: Any) -> dict[str, Any]:
    """What tells of `event`."""
    return {"event": event, "site": incident.site, "type": str(incident.type), **d}


def _day(tx: Transaction) -> str:
    return f"{_NUMBERS}{incident_number(moment(tx.at), 1)[:8]}"


def followed(incident: Incident, get: Callable[[str], Incident | None]) -> Incident:
    """The one that it has become a part of by merging, over several steps; itself if none."""
    seen = {incident.id}
    while incident.merged_into is not None and incident.merged_into not in seen:
        seen.add(incident.merged_into)
        further = get(incident.merged_into)
        if further is None:
            break
        incident = further
    return incident
