"""The console's whole side of the hub over real HTTP, through a network that misbehaves."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.adapters.hub_client import HttpHub
from app.domain.text import Text
from app.services.hub_link import LinkState
from app.wire.session import SignIn
from tests.fakes.fault_proxy import FaultProxy, fault_proxy
from tests.fakes.hub import PASSWORD
from tests.fakes.hub_console import QUICK, HubConsole, console
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_server import HubServer, event, hub_server, problem
from tests.fakes.waiting import until


@dataclass
class World:
    model: HubModel
    server: HubServer
    proxy: FaultProxy
    hub: HttpHub
    site: HubConsole

    async def sign_in(self) -> None:
        line = await self.site.outbox.take_line("anna")
        asked = SignIn(username="anna", password=SecretStr(PASSWORD), client=line.client)
        await self.hub.sign_in(asked)
        await self.site.sign_in()

    async def agree(self) -> None:
        await self.site.settled(self.model)
        assert await self.site.stored() == self.model.memory.rows


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    model = HubModel()
    for number in range(10):
        model.put("note", f"n{number}", text="메모 " * 20)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(hub_server(model))
        proxy = await stack.enter_async_context(fault_proxy(server.port))
        hub = HttpHub(f"http://127.0.0.1:{proxy.port}")
        stack.push_async_callback(hub.close)
        site = await console(hub, tmp_path / "hub.db")
        stack.push_async_callback(site.close)
        yield World(model, server, proxy, hub, site)


async def test_a_day_at_the_console(world: World) -> None:
    await world.sign_in()
    await world.agree()
    act = await world.site.outbox.act("incident.note", "i", 0, {"text": "확인"})
    await world.agree()
    assert world.model.memory.rows["note", act.cmd_id].d == {"text": "확인"}
    world.proxy.refuse = True
    world.proxy.cut()
    await until(lambda: world.site.link.link.state is LinkState.OFFLINE)
    offline = [await world.site.outbox.act("incident.note", "i", 0) for _ in range(5)]
    world.model.put("note", "meanwhile")
    assert world.site.outbox.waiting == 5
    world.proxy.refuse = False
    await world.agree()
    assert [world.model.effects[act.cmd_id] for act in offline] == [1] * 5


@pytest.mark.parametrize("piece", [1, 7])
async def test_a_proxy_that_passes_every_byte_alone(world: World, piece: int) -> None:
    world.proxy.piece = piece
    await world.sign_in()
    await world.agree()
    world.model.put("note", "n1", text="가나다")
    await world.agree()


@pytest.mark.parametrize("reset", [False, True])
async def test_a_proxy_that_cuts_at_every_byte(world: World, reset: bool) -> None:
    """Each connection lives one step longer than the one before."""
    await world.sign_in()
    await world.agree()
    world.proxy.reset = reset
    acts = []
    for cut_after in range(1, 700, 23):
        world.proxy.cut_after = cut_after
        world.proxy.cut()
        before = world.proxy.connections
        acts.append(await world.site.outbox.act("incident.note", "i", 0))
        world.model.put("note", f"n{cut_after % 10}", text=str(cut_after))
        await until(lambda before=before: world.proxy.connections > before + 1)  # type: ignore[misc]
    world.proxy.cut_after = None
    world.proxy.cut()
    await world.agree()
    assert sorted(world.model.effects) == sorted(act.cmd_id for act in acts)
    assert set(world.model.effects.values()) == {1}


async def test_a_snapshot_through_cuts_comes_to_an_end(world: World) -> None:
    world.server.page = 1
    await world.sign_in()
    world.proxy.cut_after = 1200
    world.proxy.cut()
    await world.agree()
    assert world.proxy.connections > 3


@pytest.mark.parametrize(
    "raw",
    [
        event("frame", "{"),
        event("frame", '{"seq": 99}'),
        b"data: \xff\xff\n\n",
        event("resync", "?"),
        b"event: frame\ndata: " + b"x" * 5_000_000 + b"\n\n",
    ],
    ids=["cut", "poor", "no UTF-8", "resync", "endless"],
)
async def test_malformed_frames_are_not_believed(world: World, raw: bytes) -> None:
    world.server.stream_raw.append(raw)
    await world.sign_in()
    await world.agree()
    assert world.server.paths().count("/v1/stream") >= 2


async def test_a_gap_and_a_repeated_seq(world: World) -> None:
    await world.sign_in()
    await world.agree()
    known = world.model.memory.log[4]
    for _ in range(3):
        world.model.put("note", "n1", text="later")
    last = world.model.memory.log[-1]
    world.server.stream_raw.append(
        b"".join(
            event("frame", frame.model_dump_json(), f"epoch-1:{frame.seq}")
            for frame in (known, last, known, last)
        )
    )
    world.server.hang_up()
    await world.agree()


async def test_401_in_the_middle(world: World) -> None:
    await world.sign_in()
    await world.agree()
    ended: list[Text] = []
    world.site.sync.ended.connect(ended.append)
    act = await world.site.outbox.act("incident.note", "i", 0)
    await world.agree()
    world.server.tokens.clear()
    waiting = await world.site.outbox.act("incident.note", "i", 0)
    await until(lambda: bool(ended))
    assert ended[0].en == "Sign in again."
    assert world.site.link.link.state is LinkState.SIGNED_OUT
    assert world.site.outbox.waiting == 1
    await world.sign_in()
    await world.agree()
    assert list(world.model.effects) == [act.cmd_id, waiting.cmd_id]


async def test_410_takes_a_snapshot_and_keeps_the_outbox(world: World) -> None:
    await world.sign_in()
    await world.agree()
    world.proxy.refuse = True
    world.proxy.cut()
    await until(lambda: world.site.link.link.state is LinkState.OFFLINE)
    act = await world.site.outbox.act("incident.note", "i", 0)
    world.model.delete("note", "n0")
    world.model.trim()
    snapshots = world.server.paths().count("/v1/snapshot")
    world.proxy.refuse = False
    await world.agree()
    assert world.server.paths().count("/v1/snapshot") > snapshots
    assert world.model.effects[act.cmd_id] == 1


async def test_a_storm_of_5xx(world: World) -> None:
    await world.sign_in()
    await world.agree()
    storm = [problem(500), problem(502), problem(503, retry_after="0"), problem(504), None] * 3
    for path in ("/v1/session", "/v1/commands", "/v1/stream"):
        world.server.raw[path] = deque(storm)
    act = await world.site.outbox.act("incident.note", "i", 0)
    world.server.hang_up()
    await world.agree()
    assert world.model.effects[act.cmd_id] == 1
    assert not any(world.server.raw.values())


async def test_a_restored_hub(world: World) -> None:
    await world.sign_in()
    first = await world.site.outbox.act("incident.note", "i", 0)
    await world.agree()
    backup = world.model.backup()
    second = await world.site.outbox.act("incident.note", "i", 0)
    await world.agree()
    world.model.restore(backup)
    await world.agree()
    assert world.model.memory.outcomes.keys() == {first.cmd_id, second.cmd_id}


async def test_a_proxy_that_holds_streams_back_is_passed_by_polling(world: World) -> None:
    world.site.sync._pace = replace(QUICK, first=0.1, wait=0.2)
    world.server.mute = True
    await world.sign_in()
    await until(lambda: world.site.link.link.polling)
    await world.agree()
    world.model.put("note", "seen all the same")
    await world.agree()
    act = await world.site.outbox.act("incident.note", "i", 0)
    await world.agree()
    assert world.model.effects[act.cmd_id] == 1
    assert world.server.paths().count("/v1/stream") == 1


async def test_a_clock_that_jumps_is_told_and_changes_nothing_else(world: World) -> None:
    await world.sign_in()
    await world.agree()
    said: list[Text] = []
    world.site.link.notices.connect(said.append)
    for hours in (30, -60):
        world.site.clock.base += hours * 3600
        world.model.put("note", "n1", text=str(hours))
        await world.agree()
        world.model.put("note", "n2", text=str(hours))
        await world.agree()
        act = await world.site.outbox.act("incident.note", "i", 0)
        await world.agree()
        assert world.model.effects[act.cmd_id] == 1
    assert len(said) == 1
    assert "h" in said[0].en
    world.model.at += timedelta(seconds=1)
