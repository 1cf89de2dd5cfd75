"""Statuses, outages and time-outs: app.hub.services.statuses, .rounds."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.account import Role
from app.domain.errors import Unavailable
from app.domain.incident_state import State
from app.domain.incident_type import TypeKey
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.text import Text
from app.hub.hub import Hub
from app.hub.services import rounds, statuses
from app.hub.store import queries
from app.hub.store.trimming import Keep
from app.wire.entities import CameraStatusRow
from tests.fakes.hub_site import Clock, Console, a_hub, administrator, camera, incidents
from tests.fakes.incidents import subject


async def see(hub: Hub, clock: Clock, state: str, *cameras: str, console: str = "c1") -> None:
    rows = [CameraStatusRow(id=id_, state=state, since=clock.now) for id_ in cameras]
    await hub.statuses.report(subject(), rows, console)


async def kept(hub: Hub) -> dict[str, tuple[str, int]]:
    found = await hub.reader.read(lambda c: queries.of_kind(c, statuses.KIND))
    return {row.id: (row.d["state"], row.d["seen_by"]) for row in found}


@pytest.fixture
async def switch(hub: Hub) -> list[str]:
    """Twenty-one cameras on one switch, and one elsewhere."""
    made = [camera(f"C-{n}", n, pole="S1") for n in range(1, 22)]
    await hub.registry.put_cameras(administrator(hub), [*made, camera("far", 99)])
    return [one.id for one in made]


async def test_what_consoles_see_is_kept_coalesced(
    hub: Hub, clock: Clock, switch: list[str]
) -> None:
    await see(hub, clock, "live", "C-1", "C-2", "no such camera")
    await see(hub, clock, "nonsense", "C-3")
    await see(hub, clock, "live", "C-1", console="c2")
    for state in ("late", "frozen", "live"):
        clock.pass_(seconds=1)
        await see(hub, clock, state, "C-2")
    head = hub.tail.head
    assert await hub.statuses.flush() == 2
    assert hub.tail.head == head + 2
    assert await kept(hub) == {"C-1": ("live", 2), "C-2": ("live", 1)}
    assert await hub.statuses.flush() == 0
    await hub.statuses.report(
        subject(Role.AUDITOR), [CameraStatusRow(id="C-3", state="live", since=clock.now)]
    )
    assert await hub.statuses.flush() == 0


async def test_a_camera_away_for_ten_minutes_is_an_incident_until_it_is_back(
    hub: Hub, clock: Clock, switch: list[str]
) -> None:
    await see(hub, clock, "unreachable", "far")
    for _ in range(11):
        clock.pass_(seconds=59)
        # The console tries again and again; that is no news.
        await see(hub, clock, "connecting", "far")
        await see(hub, clock, "unreachable", "far")
        await hub.rounds.go()
    (one,) = await incidents(hub)
    assert (one.type, one.cameras, one.state) == (
        TypeKey.FACILITY_FAULT, ("far",), State.RECEIVED,
    )  # fmt: skip
    clock.pass_(hours=2)
    await hub.rounds.go()
    assert len(await incidents(hub)) == 1, "that nobody looks any more does not bring it back"
    await see(hub, clock, "live", "far", console="c2")
    await hub.rounds.go()
    (one,) = await incidents(hub)
    assert one.state is State.CLOSED_AUTOMATICALLY


async def test_a_switch_that_takes_twenty_away_is_one_incident(
    hub: Hub, clock: Clock, switch: list[str]
) -> None:
    await see(hub, clock, "unreachable", *switch)
    clock.pass_(minutes=5)
    await see(hub, clock, "unreachable", *switch)
    clock.pass_(minutes=5, seconds=1)
    await hub.rounds.go()
    await hub.rounds.go()
    (one,) = await incidents(hub)
    assert set(one.cameras) == set(switch)
    assert one.facts["group"] == "pole S1"
    await see(hub, clock, "live", *switch[1:])
    await hub.rounds.go()
    assert (await incidents(hub))[0].state is State.RECEIVED
    await see(hub, clock, "live", *switch)
    await hub.rounds.go()
    assert (await incidents(hub))[0].state is State.CLOSED_AUTOMATICALLY


async def test_a_restart_ends_no_outage(tmp_path: Path, clock: Clock) -> None:
    database = str(tmp_path / "hub.db")
    async with a_hub(database, tmp_path, clock) as hub:
        await hub.registry.put_cameras(administrator(hub), [camera()])
        await see(hub, clock, "unreachable", "C-1")
        clock.pass_(minutes=5)
        await hub.rounds.go()
        assert await incidents(hub) == []
    clock.pass_(minutes=5, seconds=1)
    async with a_hub(database, tmp_path, clock) as hub:
        await hub.rounds.go()
        (one,) = await incidents(hub)
        assert one.state is State.RECEIVED
        await see(hub, clock, "live", "C-1")
        await hub.rounds.go()
        (one,) = await incidents(hub)
        assert one.state is State.CLOSED_AUTOMATICALLY


async def test_what_nobody_hears_of_any_more_closes_by_itself_if_its_type_says_so(
    hub: Hub, clock: Clock
) -> None:
    console = Console(hub, clock)
    timed = next(key for key, kind in INCIDENT_TYPES.items() if kind.time_out_s)
    limit = INCIDENT_TYPES[timed].time_out_s or 0
    never = next(key for key, kind in INCIDENT_TYPES.items() if not kind.time_out_s)
    await console.do("incident.create", "i1", type=timed)
    await console.do("incident.create", "i2", type=never)
    clock.pass_(seconds=limit / 2)
    await console.do("incident.change", "i1", title="새 소식")
    clock.pass_(seconds=limit / 2 + 1)
    await hub.rounds.go()
    assert [one.state for one in await incidents(hub)] == [State.RECEIVED, State.RECEIVED]
    clock.pass_(seconds=limit / 2)
    await hub.rounds.go()
    assert [one.state for one in await incidents(hub)] == [
        State.CLOSED_AUTOMATICALLY, State.RECEIVED,
    ]  # fmt: skip
    assert rounds._TIMED[timed] == limit


async def test_what_is_old_is_forgotten_once_an_hour(hub: Hub, clock: Clock) -> None:
    await Console(hub, clock).do("incident.create", "i1", type="fire")
    head = await hub.reader.head()
    hub.rounds._keep = Keep(log=timedelta(days=1), entries=0)
    clock.pass_(days=2)
    await hub.rounds.go()
    assert (await hub.reader.head()).min_seq == head.seq + 1
    assert len(await incidents(hub)) == 1


@pytest.mark.allow_logs("app.hub.services.rounds")
async def test_an_error_of_one_round_does_not_end_the_rounds(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = 0
    again = asyncio.Event()

    async def go() -> None:
        nonlocal gone
        gone += 1
        if gone == 1:
            raise ZeroDivisionError
        if gone == 2:
            raise Unavailable(Text("없음", "away"))
        again.set()

    monkeypatch.setattr(rounds, "_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(hub.rounds, "go", go)
    await hub.rounds.start()
    async with asyncio.timeout(5):
        await again.wait()
    await hub.rounds.stop()
