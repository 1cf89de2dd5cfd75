"""Who is on the way: patrol cars and others that report where they are, with their trails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from app.clock import Clock
from app.domain.geo.earth import Place
from app.domain.unit import UNIT, UNIT_SILENT, UnitKind, unit_kind
from app.services.hub_rows import HubRows
from app.services.tracks import Trail
from app.signals import Signal
from app.wire.entities import UnitRow
from app.wire.stream import Frame, Row


@dataclass(frozen=True, slots=True)
class Unit:
    """`trail`: where it has been since this console has been looking, its place now the last."""

    id: str
    kind: UnitKind
    name: str
    trail: Trail


class Units:
    """On the loop's thread.

    changed  one of them has moved, came or went
    """

    def __init__(self, rows: HubRows, clock: Clock) -> None:
        self.changed: Signal[None] = Signal("units changed")
        self._rows, self._clock = rows, clock
        self._known: dict[str, Unit] = {}
        self._disconnect = (rows.changed.connect(self._heard), rows.replaced.connect(self._all))

    def all(self) -> list[Unit]:
        """Those that were heard of lately; one that is silent is nowhere."""
        after = self._clock.now() - UNIT_SILENT
        return [unit for unit in self._known.values() if unit.trail.times[-1] >= after]

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    def _heard(self, frames: Sequence[Frame]) -> None:
        moved = {frame.id for frame in frames if frame.t == UNIT}
        if moved:
            for id_ in moved:
                self._take(id_, self._rows.get(UNIT, id_))
            self.changed.emit(None)

    def _all(self, _: None) -> None:
        rows = self._rows.all(UNIT)
        for id_ in self._known.keys() - rows.keys():
            del self._known[id_]
        for id_, row in rows.items():
            self._take(id_, row)
        self.changed.emit(None)

    def _take(self, id_: str, row: Row | None) -> None:
        read = _read(row)
        if read is None:
            self._known.pop(id_, None)
            return
        place = Place(read.latitude, read.longitude)
        known = self._known.get(id_)
        trail = (
            known.trail.followed_by(place, read.at)
            if known is not None
            else Trail(id_, (place,), (read.at,))
        )
        self._known[id_] = Unit(id_, unit_kind(read.kind), read.name, trail)


def _read(row: Row | None) -> UnitRow | None:
    if row is None:
        return None
    try:
        return UnitRow.model_validate({**row.d, "id": row.id})
    except ValidationError:
        return None
