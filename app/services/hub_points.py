"""Bells, police boxes, schools of the hub: where they are, by kind, for the map."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import Failure
from app.domain.text import Text
from app.services.hub_rows import HubRows
from app.services.hub_store_port import HubCache
from app.signals import Signal
from app.tasks import cancel, spawn
from app.wire.stream import Frame

# A list that is being loaded into the hub comes in by thousands a second.
_PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees. `kind`: bell, police_box, other."""

    id: str
    kind: str
    name: str
    latitude: float
    longitude: float
    address: str = ""
    phone: str = ""


class HubPoints:
    """On the loop's thread. Those without a position are not here.

    changed  others than before
    """

    def __init__(self, cache: HubCache, rows: HubRows, allowed: Callable[[], bool]) -> None:
        self.changed: Signal[None] = Signal("hub points changed")
        self.notices: Signal[Text] = Signal("notices of the hub's points")
        self._cache, self._allowed = cache, allowed
        self._points: dict[str, tuple[Point, ...]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._again = False
        self._disconnect = (
            rows.changed.connect(self._heard),
            rows.replaced.connect(lambda _: self._read(0.0)),
        )

    def all(self) -> Mapping[str, tuple[Point, ...]]:
        """By kind."""
        return self._points

    async def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        await cancel(self._reading)

    def _heard(self, frames: Sequence[Frame]) -> None:
        if any(frame.t == "point" for frame in frames):
            self._read(_PAUSE_SECONDS)

    def _read(self, pause: float) -> None:
        if self._reading is not None and not self._reading.done():
            self._again = True
            return
        self._reading = spawn(self._reread(pause), "hub points")

    async def _reread(self, pause: float) -> None:
        await asyncio.sleep(pause)
        while True:
            self._again = False
            found: dict[str, list[Point]] = {}
            try:
                await self._pages(found)
            except Failure as failure:
                self.notices.emit(failure.text)
                return
            if not self._again:
                break
        self._points = {kind: tuple(points) for kind, points in found.items()}
        self.changed.emit(None)

    async def _pages(self, found: dict[str, list[Point]]) -> None:
        after = ""
        while self._allowed():
            loaded = await self._cache.rows("point", after)
            if not loaded.value:
                return
            after = loaded.value[-1].id
            for row in loaded.value:
                point = _point(row.id, row.d)
                if point is not None:
                    found.setdefault(point.kind, []).append(point)


def _point(id_: str, d: Mapping[str, object]) -> Point | None:
    latitude, longitude = d.get("latitude"), d.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    kind, name, address, phone = (str(d.get(k, "")) for k in ("kind", "name", "address", "phone"))
    return Point(id_, kind, name, float(latitude), float(longitude), address, phone)
