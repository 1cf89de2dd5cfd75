"""The happenings of one job: the store is asked once for all of them and written to once.

A statement costs the hub more than what it makes of an event, and each one gives the interpreter
away and waits for it. So a bundle reads everything that its events may be about, holds what becomes
of it, and writes the last state of each incident at the end of the job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, and_, bindparam, insert, select, tuple_

from app.domain.duplicates import REPEAT
from app.domain.ids import incident_number
from app.domain.incident import Incident
from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind
from app.domain.site import SiteId
from app.hub.services.incident_json import incident_of, json_of
from app.hub.services.incident_keys import device_of, keep, keys_of, plate_of
from app.hub.services.incidents import KIND, Incidents, about
from app.hub.store import queries
from app.hub.store.columns import micros, moment
from app.hub.store.rows import Entry
from app.hub.store.schema import entity, event_seen, feed, incident_key
from app.hub.store.transaction import Transaction

T = TypeVar("T")

# Of values in one question: a body may hold thousands of events, SQLite takes 32,766 values.
_MOST_ASKED: Final = 1_000

_KEY = incident_key.c
_SEEN = select(event_seen.c.key).where(event_seen.c.key.in_(bindparam("some", expanding=True)))
_REMEMBER = insert(event_seen)
_SITES = select(feed.c.name, feed.c.site)
_FOUND = select(_KEY.feed, entity.c.id, entity.c.ver, entity.c.d).join_from(
    incident_key,
    entity,
    and_(entity.c.t == KIND, entity.c.id == _KEY.id, entity.c.deleted.is_(False)),
)
_BY_ID = _FOUND.where(_KEY.id.in_(bindparam("some", expanding=True)))
_BY_NUMBER = _FOUND.where(
    tuple_(_KEY.feed, _KEY.source, _KEY.external).in_(bindparam("some", expanding=True))
)
# A device repeats what it said a moment ago; older ones of it do not count.
_BY_DEVICE = _FOUND.where(
    _KEY.device.in_(bindparam("some", expanding=True)),
    _KEY.open.is_(True),
    _KEY.changed >= bindparam("since_"),
)
_BY_PLATE = _FOUND.where(
    _KEY.plate.in_(bindparam("some", expanding=True)),
    _KEY.open.is_(True),
    _KEY.type == TypeKey.WANTED_VEHICLE.value,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as it came through the door of `feed`.

    `polled`: of a list that names what is over beside what is not.
    """

    feed: str
    key: str
    event: IntakeEvent
    polled: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    incident: Incident
    ver: int
    feed: str


class Bundle:
    """On the writer's thread, within one job, that of `tx`. `at`: its moment."""

    def __init__(
        self, tx: Transaction, incidents: Incidents, happenings: Sequence[Happening]
    ) -> None:
        self.at = moment(tx.at)
        self.tx = tx
        self._incidents = incidents
        self._known: dict[str, _Known] = {}
        # Ids by what an event may name them by: see `_names`.
        self._by: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._seen: set[str] = set()
        self._new: list[str] = []
        self._keys: dict[str, dict[str, Any]] = {}
        self._numbered: int | None = None
        self._sites: dict[str, str] | None = None
        self._read(happenings)

    def has_seen(self, key: str) -> bool:
        return key in self._seen

    def remember(self, key: str) -> None:
        self._seen.add(key)
        self._new.append(key)

    def get(self, id_: str) -> Incident | None:
        if id_ not in self._known:
            self._find(_BY_ID, [id_])
        known = self._known.get(id_)
        return None if known is None else known.incident

    def like(self, feed_: str, event: IntakeEvent) -> list[Incident]:
        """Those that the event may be about: of its number, and new ones of its device."""
        ids = sorted(self._by.get(("number", feed_, event.source, event.external), ()))
        if device := device_of(event.camera, event.facts):
            ids += sorted(self._by.get(("device", device, feed_), ()), reverse=True)
        return [self._known[id_].incident for id_ in dict.fromkeys(ids)]

    def of_plate(self, event: IntakeEvent) -> list[Incident]:
        """Those of the wanted vehicle that the event names, whoever saw it."""
        ids = self._by.get(("plate", plate_of(event.facts)), ())
        return [self._known[id_].incident for id_ in sorted(ids)]

    def site_of(self, happening: Happening) -> SiteId | None:
        """Of its feed, else of its camera."""
        if self._sites is None:
            self._sites = {str(name): str(site) for name, site in self._ask(_SITES)}
        if (site := self._sites.get(happening.feed)) is not None:
            return SiteId(site)
        camera = happening.event.camera
        found = queries.get(self.tx.connection, "camera", camera) if camera else None
        return SiteId(found.d["site"]) if found else None

    def next_number(self) -> str:
        """See `Incidents.next_number`."""
        if self._numbered is None:
            self._numbered = self._incidents.numbered(self.tx)
        self._numbered += 1
        return incident_number(self.at, self._numbered)

    def open(self, incident: Incident, feed_: str) -> Entry:
        """Holds a new one."""
        incident = self._incidents.settled(None, incident)
        return self._hold(None, _Known(incident, 0, feed_))

    def change(self, before: Incident, after: Incident) -> Entry | None:
        """Holds what it became; None where nothing changed."""
        if after == before:
            return None
        after = self._incidents.settled(before, after)
        known = self._known[before.id]
        return self._hold(before, _Known(after, known.ver, known.feed))

    def tell(self, incident: Incident, event: str, **d: Any) -> Entry:
        """See `Incidents.tell`."""
        ver = self._known[incident.id].ver
        return self.tx.event(KIND, incident.id, about(incident, event, **d), ver=ver)

    def close(self) -> None:
        """Writes what it holds."""
        if self._keys:
            keep(self.tx.connection, list(self._keys.values()))
        if self._numbered is not None:
            self._incidents.save_numbered(self.tx, self._numbered)
        if self._new:
            rows = [{"key": key, "at": self.tx.at} for key in self._new]
            self.tx.connection.execute(_REMEMBER, rows)

    def _hold(self, before: Incident | None, new: _Known) -> Entry:
        after = new.incident
        entry = self.tx.put_later(KIND, after.id, json_of(after), new.ver)
        self._keys[after.id] = keys_of(after, new.feed)
        self._know(_Known(after, entry.ver, new.feed))
        self._incidents.told(self.tx, before, after)
        return entry

    # ------------------------------------------------------------------------------ what is there

    def _read(self, happenings: Sequence[Happening]) -> None:
        for some in _parts(sorted({one.key for one in happenings})):
            self._seen.update(str(key) for (key,) in self._ask(_SEEN, some=some))
        new = [one for one in happenings if one.key not in self._seen]
        events = [one.event for one in new]
        self._find(
            _BY_NUMBER,
            [(one.feed, one.event.source, one.event.external) for one in new if one.event.external],
        )
        occurred = [one for one in events if one.kind is Kind.OCCURRED]
        devices = [device_of(one.camera, one.facts) for one in occurred]
        self._find(_BY_DEVICE, devices, since_=micros(self.at - REPEAT))
        self._find(_BY_PLATE, [plate_of(one.facts) for one in occurred])

    def _find(self, query: Select[Any], wanted: Sequence[Any], **given: Any) -> None:
        for some in _parts(sorted({one for one in wanted if one})):
            for of, id_, ver, d in self._ask(query, some=some, **given):
                if id_ not in self._known:
                    self._know(_Known(incident_of(d), ver, of))

    def _know(self, known: _Known) -> None:
        self._known[known.incident.id] = known
        for name in _names(known):
            self._by[name].add(known.incident.id)

    def _ask(self, query: Select[Any], **given: Any) -> Iterator[Any]:
        connection: Connection = self.tx.connection
        return iter(connection.execute(query, given))


def _names(known: _Known) -> Iterator[tuple[str, ...]]:
    incident = known.incident
    if incident.external:
        yield "number", known.feed, incident.source, incident.external
    if device := device_of(incident.camera, incident.facts):
        yield "device", device, known.feed
    if number := plate_of(incident.facts):
        yield "plate", number


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _MOST_ASKED):
        yield values[start : start + _MOST_ASKED]
