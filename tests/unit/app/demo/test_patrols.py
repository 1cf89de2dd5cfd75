"""The demo's patrol cars: app.demo.patrols."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

from app.demo.patrols import Car, Patrols
from app.domain.errors import Unavailable
from app.domain.geo.earth import distance_m
from app.domain.intake import IntakeEvent
from app.domain.text import Text
from app.formats.intake import webhook

NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)


class Sent:
    """In the place of the senders: keeps what was told, or is away."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away
        self.bodies: list[bytes] = []

    async def tell(self, feed: str, id_: str, body: bytes) -> None:
        if self.away:
            raise Unavailable(Text("없음", "away"))
        assert (feed, bool(id_)) == ("patrol", True)
        self.bodies.append(body)


def test_a_car_drives_from_place_to_place() -> None:
    car = Car("순12호", random.Random(1))
    before = car.at
    car.go(30.0)
    assert 29 < distance_m(before, car.at) < 31
    for _ in range(2000):
        car.go(30.0)
    assert 35.7 < car.at.latitude < 35.9


async def test_the_hub_understands_what_they_say() -> None:
    sent = Sent()
    patrols = Patrols(sent, lambda: NOW)  # type: ignore[arg-type]
    await patrols.step()
    (body,) = sent.bodies
    assert isinstance(json.loads(body), list)
    found = webhook.events(body, {}, NOW)
    assert [one.facts["name"] for one in found if isinstance(one, IntakeEvent)] == [
        car.name for car in patrols.cars
    ]


async def test_a_hub_that_is_away_does_not_stop_them() -> None:
    patrols = Patrols(Sent(away=True), lambda: NOW)  # type: ignore[arg-type]
    await patrols.step()
    patrols.start()
    await patrols.stop()
