"""Who is on the way, at the hub: app.hub.services.units."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.account import Role, Subject
from app.domain.unit import UNIT_KEPT
from app.hub.hub import Hub
from app.hub.services.incident_json import stamp
from app.hub.services.units import Units
from app.hub.store import check, queries
from app.hub.store.schema import log, raw_intake
from tests.fakes.hub_site import Clock, cloud_event, incidents, tell
from tests.fakes.incidents import NOON, receiver, subject

KIND = "kr.gwanje.unit.position"


def moved(id_: str, longitude: float, seconds: float = 0, **data: Any) -> bytes:
    body = cloud_event(id_, {"unit": "12", "latitude": 35.83, "longitude": longitude, **data}, KIND)
    return body.replace(stamp(NOON).encode(), stamp(NOON + timedelta(seconds=seconds)).encode())


async def units(hub: Hub) -> list[dict[str, Any]]:
    rows = await hub.reader.read(lambda c: queries.of_kind(c, "unit"))
    return [dict(row.d) for row in rows]


async def test_the_newest_place_of_each_is_kept_and_no_incident_comes_of_it(any_hub: Hub) -> None:
    await tell(any_hub, moved("p1", 128.53, kind="patrol_car", name="순12호", heading=90))
    await tell(any_hub, moved("p2", 128.54, 6, kind="patrol_car", name="순12호", speed=36))
    (one,) = await units(any_hub)
    assert (one["longitude"], one["name"], one["speed_kmh"]) == (128.54, "순12호", 36.0)
    assert one["heading"] is None
    assert await incidents(any_hub) == []
    assert await any_hub.reader.read(check.problems) == ()


async def test_only_one_that_has_moved_is_news_and_old_news_is_none(any_hub: Hub) -> None:
    steps = [("p1", 128.53, 0), ("p2", 128.54, 2), ("p3", 128.53001, 30), ("p4", 128.55, -60)]
    for id_, longitude, seconds in steps:
        await tell(any_hub, moved(id_, longitude, seconds))
    (one,) = await units(any_hub)
    assert (one["longitude"], one["at"]) == (128.53, stamp(NOON))
    # One that stands is heard of now and then: it is not silent.
    await tell(any_hub, moved("p5", 128.53, 150))
    (one,) = await units(any_hub)
    assert one["at"] == stamp(NOON + timedelta(seconds=150))


async def test_what_the_sender_said_is_not_kept(any_hub: Hub) -> None:
    await tell(any_hub, moved("p1", 128.53))
    bad = cloud_event("p2", {"unit": "12"}, KIND)
    await tell(any_hub, bad)
    raws = await any_hub.reader.read(lambda c: list(c.execute(select(raw_intake.c.body))))
    assert sorted(body for (body,) in raws) == sorted([b"", bad])


async def test_two_senders_with_the_same_number_have_two_cars(any_hub: Hub) -> None:
    await tell(any_hub, moved("p1", 128.53))
    await tell(any_hub, moved("p1", 128.54), source="feed-2")
    assert len(await units(any_hub)) == 2


@pytest.mark.parametrize(
    ("who", "sees"),
    [(subject(), True), (subject(Role.AUDITOR), True), (receiver(), False)],
)
async def test_staff_sees_them_and_receivers_do_not(any_hub: Hub, who: Subject, sees: bool) -> None:
    await tell(any_hub, moved("p1", 128.53))
    (row,) = await any_hub.reader.read(lambda c: queries.of_kind(c, "unit"))
    here = {**row.d, "site": str(who.site)}
    assert (any_hub.visibility.row(who, "unit", row.id, here) is not None) is sees


async def test_where_one_was_an_hour_ago_is_forgotten(any_hub: Hub, clock: Clock) -> None:
    await tell(any_hub, moved("p1", 128.53))
    await any_hub.rounds.go()
    assert len(await units(any_hub)) == 1
    clock.pass_(minutes=UNIT_KEPT.total_seconds() / 60 + 1)
    for _ in range(2):
        await any_hub.rounds.go()
        clock.pass_(minutes=2)
    assert await units(any_hub) == []
    places = await any_hub.reader.read(
        lambda c: [d for (d,) in c.execute(select(log.c.d).where(log.c.t == "unit"))]
    )
    assert places == [{}, {}], "nor in the log"
    assert await any_hub.reader.read(check.problems) == ()
    assert isinstance(any_hub.units, Units)
