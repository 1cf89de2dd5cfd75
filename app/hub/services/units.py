"""Rows of who is on the way: the newest place of each, and none that is old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2s
from typing import Any, Final

from sqlalchemy import and_, update

from app.domain.geo.earth import Place, distance_m
from app.domain.intake import IntakeEvent
from app.domain.site import SiteId
from app.domain.unit import UNIT, UNIT_KEPT, UNIT_MOVED_M, UNIT_STANDING, UNIT_STEP
from app.hub.services.incident_json import stamp
from app.hub.store import queries
from app.hub.store.columns import micros, moment
from app.hub.store.rows import Entry
from app.hub.store.schema import log
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.wire.entities import UnitRow
from app.wire.stream import Op

_LOOK_EVERY: Final = 60 * 1_000_000


class Units:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked = 0
        self._emptied = 0

    def take(self, tx: Transaction, feed: str, event: IntakeEvent, site: SiteId) -> Entry | None:
        """On the writer's thread. None: nothing newer, or too soon after the last."""
        at = event.occurred_at or moment(tx.at)
        id_ = _id(feed, event)
        known = tx.get(UNIT, id_)
        if known is not None and not _worth(_row(id_, known.d), event, at):
            return None
        d: dict[str, Any] = {
            "site": str(site),
            "kind": event.facts["kind"],
            "name": event.facts["name"],
            "latitude": event.latitude,
            "longitude": event.longitude,
            "at": stamp(at),
            "heading": _number(event, "heading"),
            "speed_kmh": _number(event, "speed"),
        }
        return tx.put(UNIT, id_, d)

    async def forget_old(self, now: int) -> None:
        """Where somebody was an hour ago. `now` in microseconds."""
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        before = moment(now) - UNIT_KEPT
        await self._store.writer.do(partial(_forget, since=self._emptied, before=before))
        self._emptied = micros(before)


def _worth(before: UnitRow, event: IntakeEvent, at: datetime) -> bool:
    """Whether consoles should hear of it: newer, and somewhere else or not heard of for long."""
    since = at - before.at
    if since < UNIT_STEP or event.latitude is None or event.longitude is None:
        return False
    here = Place(event.latitude, event.longitude)
    far = distance_m(Place(before.latitude, before.longitude), here)
    return far >= UNIT_MOVED_M or since >= UNIT_STANDING


def _forget(tx: Transaction, since: int, before: datetime) -> None:
    """Out of the rows and out of the log: a console that comes back late sees none of them."""
    for row in queries.of_kind(tx.connection, UNIT):
        if _row(row.id, row.d).at < before:
            tx.delete(UNIT, row.id)
    put = and_(log.c.t == UNIT, log.c.op == Op.PUT.value)
    old = and_(put, log.c.at >= since, log.c.at < micros(before))
    tx.connection.execute(update(log).where(old).values(d={}))


def _row(id_: str, d: Mapping[str, Any]) -> UnitRow:
    return UnitRow.model_validate({**d, "id": id_})


def _id(feed: str, event: IntakeEvent) -> str:
    """Short, whatever a sender calls it, and its own for each sender."""
    named = f"{feed}\0{event.source}\0{event.external}"
    return blake2s(named.encode(), digest_size=12).hexdigest()


def _number(event: IntakeEvent, name: str) -> float | None:
    text = event.facts.get(name)
    return None if text is None else float(text)
