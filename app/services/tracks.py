"""Where the target of an incident has been: a patrol car, a wanted vehicle, an anklet, a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.geo.earth import Place, distance_m
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from app.signals import Signal

# Older than this a place tells nothing of where the target is going.
KEPT: Final = timedelta(minutes=30)
_MOST: Final = 240
# Nobody gets from one place to the next faster than this (300 km/h): a wrong reading or another
# vehicle with the same plate. Two such places are not joined by a line.
_FASTEST_MPS: Final = 83.0
# Nearer than this is the same place, read again.
_SAME_M: Final = 3.0


@dataclass(frozen=True, slots=True)
class Trail:
    """Of an incident or a unit (`id`), oldest first.

    `jumps`: indices of places that nobody can have reached from the one before.
    """

    id: str
    places: tuple[Place, ...]
    times: tuple[datetime, ...]
    jumps: frozenset[int] = frozenset()

    @property
    def moves(self) -> bool:
        return len(self.places) > 1

    def followed_by(self, place: Place, at: datetime) -> Trail:
        """With another place; the same trail where it is none, or an old one that came late."""
        if at <= self.times[-1] or distance_m(self.places[-1], place) < _SAME_M:
            return self
        seconds = max((at - self.times[-1]).total_seconds(), 1.0)
        far = distance_m(self.places[-1], place) / seconds > _FASTEST_MPS
        jumps = self.jumps | {len(self.places)} if far else self.jumps
        grown = replace(self, places=(*self.places, place), times=(*self.times, at), jumps=jumps)
        return _shortened(grown, at)


def _shortened(trail: Trail, now: datetime) -> Trail:
    first = next(n for n, at in enumerate(trail.times) if now - at <= KEPT)
    first = max(first, len(trail.times) - _MOST)
    if not first:
        return trail
    jumps = frozenset(n - first for n in trail.jumps if n > first)
    return replace(trail, places=trail.places[first:], times=trail.times[first:], jumps=jumps)


class Tracks:
    """On the loop's thread, from what the incidents say of themselves.

    changed  a target has moved, or an incident has ended
    """

    def __init__(self, incidents: Incidents) -> None:
        self.changed: Signal[None] = Signal("tracks changed")
        self._incidents = incidents
        self._trails: dict[str, Trail] = {}
        self._disconnect = incidents.changed.connect(lambda _: self.follow())

    def close(self) -> None:
        self._disconnect()

    def all(self) -> Mapping[str, Trail]:
        """By incident; also of those that have not moved yet."""
        self._trails = tracked(self._trails, self._incidents.all())
        return self._trails

    def follow(self) -> None:
        found = tracked(self._trails, self._incidents.all())
        if found != self._trails:
            self._trails = found
            self.changed.emit(None)


def tracked(before: Mapping[str, Trail], items: Sequence[IncidentItem]) -> dict[str, Trail]:
    """Every open incident with a place of its own; one placed at its emd has none."""
    found = {}
    for item in items:
        row = item.row
        if not item.state.open or row.latitude is None or row.longitude is None or row.approximate:
            continue
        place, at = Place(row.latitude, row.longitude), row.changed_at
        known = before.get(row.id)
        trail = known.followed_by(place, at) if known else Trail(row.id, (place,), (at,))
        found[row.id] = trail
    return found
