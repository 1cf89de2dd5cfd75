"""Walls at the hub: app.hub.services.wall_acts, .consoles."""

from __future__ import annotations

import pytest

from app.domain.account import AccountId
from app.hub.hub import Hub
from app.hub.services import consoles, wall_acts
from app.hub.store import queries
from app.hub.store.rows import Entity
from app.wire.commands import Status
from app.wire.entities import ConsoleRow
from tests.fakes.hub_site import Clock, Console
from tests.fakes.incidents import DALSEO, subject

WALL = {"layout": "9", "tiles": ["C-1"]}


async def walls(hub: Hub) -> list[Entity]:
    return await hub.reader.read(lambda c: queries.of_kind(c, wall_acts.KIND))


@pytest.fixture
def console(hub: Hub, clock: Clock) -> Console:
    return Console(hub, clock)


async def test_a_shared_wall_is_saved_only_over_what_was_seen(any_hub: Hub, clock: Clock) -> None:
    console = Console(any_hub, clock)
    other = Console(any_hub, clock, subject(account=AccountId("lee")), "c2")
    first = await console.do("wall.save", "w1", name="정문", wall=WALL, shared=True)
    assert (first.status, first.ver) == (Status.APPLIED, 1)
    mine = await console.do("wall.save", "w1", base_ver=1, name="정문", wall={}, shared=True)
    assert mine.ver == 2
    late = await other.do("wall.save", "w1", base_ver=1, name="후문", wall=WALL, shared=True)
    assert late.status is Status.CONFLICT
    assert late.current is not None
    assert (late.current["name"], late.current["wall"]) == ("정문", {})
    assert (await other.do("wall.save", "w1", base_ver=1, name="내 것", wall={})).current


async def test_of_two_saves_of_an_own_wall_the_last_wins_and_the_loser_is_kept(
    hub: Hub, console: Console
) -> None:
    await console.do("wall.save", "w1", name="내 배치", wall={"a": 1})
    await console.do("wall.save", "w1", base_ver=1, name="내 배치", wall={"a": 2})
    late = await console.do("wall.save", "w1", base_ver=1, name="내 배치", wall={"a": 3})
    assert late.status is Status.APPLIED
    kept = {row.d["name"]: row.d["wall"] for row in await walls(hub)}
    assert kept.pop("내 배치") == {"a": 3}
    ((name, wall),) = kept.items()
    assert name.startswith("내 배치 (11-25 ")
    assert wall == {"a": 2}


async def test_a_wall_is_deleted_by_who_may(hub: Hub, console: Console) -> None:
    await console.do("wall.save", "w1", name="내 배치", wall=WALL)
    other = Console(hub, console.clock, subject(account=AccountId("lee")), "c2")
    assert (await other.do("wall.delete", "w1")).status is Status.REFUSED
    assert (await other.do("wall.save", "w1", name="x", wall=WALL)).status is Status.REFUSED
    assert (await console.do("wall.delete", "w1")).status is Status.APPLIED
    assert (await console.do("wall.delete", "w1")).status is Status.APPLIED
    assert await walls(hub) == []


@pytest.mark.parametrize("wall", [{"x": float("nan")}, {"x": "가" * 300_000}])
async def test_a_wall_that_cannot_be_kept_is_refused(
    console: Console, wall: dict[str, object]
) -> None:
    outcome = await console.do("wall.save", "w1", name="x", wall=wall)
    assert outcome.status is Status.REFUSED


async def test_a_wall_is_shown_on_another_console_and_taken_back(
    hub: Hub, console: Console
) -> None:
    assert (await console.do("wall.send", "desk2", wall=WALL)).status is Status.REFUSED
    desk = ConsoleRow(
        id="desk2", workstation="2번 관제석", account="lee", name="이관제", site=DALSEO
    )
    await hub.consoles.signed_in(desk)
    head = hub.tail.head
    await hub.consoles.signed_in(desk)
    assert hub.tail.head == head
    sent = await console.do("wall.send", "desk2", name="정문", wall=WALL)
    await console.do("wall.take_back", "desk2", sent=sent.cmd_id)
    entries = hub.tail.since(head, 10)
    assert entries is not None
    shown, back = entries
    assert (shown.op, shown.d["event"], shown.d["wall"]) == ("evt", "wall", WALL)
    assert (shown.d["by"], shown.pri) == ("김관제", 1)
    assert (back.d["event"], back.d["sent"]) == ("take_back", shown.d["sent"])
    await hub.consoles.clear()
    rows = await hub.reader.read(lambda c: queries.of_kind(c, consoles.KIND))
    assert rows == []
