"""Two patrol cars of the demo, driving from place to place and saying where they are."""

from __future__ import annotations

import asyncio
import json
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.demo.doors import Senders
from app.demo.hub import PATROL_FEED
from app.demo.places import PLACES
from app.domain.errors import Unavailable
from app.domain.geo.earth import Place, bearing_deg, destination, distance_m
from app.tasks import cancel, spawn

_SECONDS: Final = 3.0
# 36 km/h: a car that looks around.
_METRES_A_STEP: Final = 10.0 * _SECONDS
_NAMES: Final = ("순12호", "순17호")


@dataclass
class Car:
    """On its way from place to place; `go` is one step."""

    name: str
    chance: random.Random
    at: Place = field(init=False)
    heading: float = 0.0
    _to: Place = field(init=False)

    def __post_init__(self) -> None:
        self.at, self._to = self._somewhere(), self._somewhere()

    def go(self, metres: float = _METRES_A_STEP) -> None:
        if distance_m(self.at, self._to) <= metres:
            self.at, self._to = self._to, self._somewhere()
        self.heading = bearing_deg(self.at, self._to)
        self.at = destination(self.at, self.heading, metres)

    def _somewhere(self) -> Place:
        chosen = self.chance.choice(PLACES)
        return Place(chosen.latitude, chosen.longitude)


class Patrols:
    """`start`, then `stop`. What a hub does not take is not sent again: the next place is newer."""

    def __init__(self, senders: Senders, now: Callable[[], datetime], seed: int = 53) -> None:
        chance = random.Random(seed)  # noqa: S311 - invented cars are no secret
        self.cars = [Car(name, chance) for name in _NAMES]
        self._senders, self._now = senders, now
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = spawn(self._run(), "demo patrols")

    async def stop(self) -> None:
        await cancel(self._task)

    async def step(self) -> None:
        """All of them a step further, told in one message."""
        for car in self.cars:
            car.go()
        now = self._now()
        body = json.dumps([_event(car, now) for car in self.cars]).encode()
        try:
            await self._senders.tell(PATROL_FEED, f"patrol-{now.timestamp():.3f}", body)
        except Unavailable:
            return

    async def _run(self) -> None:
        while True:
            await self.step()
            await asyncio.sleep(_SECONDS)


def _event(car: Car, now: datetime) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "source": "urn:gwanje:demo:patrol",
        "id": f"{car.name}-{now.timestamp():.3f}",
        "type": "kr.gwanje.unit.position",
        "time": now.isoformat(),
        "data": {
            "unit": car.name,
            "kind": "patrol_car",
            "name": car.name,
            "latitude": round(car.at.latitude, 6),
            "longitude": round(car.at.longitude, 6),
            "heading": round(math.fmod(car.heading + 360.0, 360.0), 1),
            "speed": 36,
        },
    }
