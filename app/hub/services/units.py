"""Rows of who is on the way: the newest place of each, and none that is old."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any, Final

from app.domain.intake import IntakeEvent
from app.domain.site import SiteId
from app.domain.unit import UNIT, UNIT_KEPT, UNIT_STEP
from app.hub.services.incident_json import stamp
from app.hub.store import queries
from app.hub.store.columns import moment
from app.hub.store.rows import Entry
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.wire.entities import UnitRow

_LOOK_EVERY: Final = 60 * 1_000_000


class Units:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked = 0

    def take(self, tx: Transaction, feed: str, event: IntakeEvent, site: SiteId) -> Entry | None:
        """On the writer's thread. None: nothing newer, or too soon after the last."""
        at = event.occurred_at or moment(tx.at)
        id_ = _id(feed, event)
        known = tx.get(UNIT, id_)
        if known is not None and at - _row(id_, known.d).at < UNIT_STEP:
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
        rows = await self._store.reader.read(lambda c: queries.of_kind(c, UNIT))
        before = moment(now) - UNIT_KEPT
        old = [row.id for row in rows if _row(row.id, row.d).at < before]
        if old:
            await self._store.writer.do(lambda tx: [tx.delete(UNIT, id_) for id_ in old])


def _row(id_: str, d: Mapping[str, Any]) -> UnitRow:
    return UnitRow.model_validate({**d, "id": id_})


def _id(feed: str, event: IntakeEvent) -> str:
    """Short, whatever a sender calls it, and its own for each sender."""
    named = f"{feed}\0{event.source}\0{event.external}"
    return blake2s(named.encode(), digest_size=12).hexdigest()


def _number(event: IntakeEvent, name: str) -> float | None:
    text = event.facts.get(name)
    return None if text is None else float(text)
