"""The stream over a real server: frames in order, an end within a second, TLS."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.domain.account import Role
from app.hub import tls
from app.hub.store.errors import Resync
from app.hub.web import stream as stream_module
from app.hub.web.following import Place
from app.hub.web.frames import Frames, json_of
from app.hub.web.server import WebServer, listen
from app.wire.entities import SiteRow
from app.wire.stream import Changes, Frame
from tests.fakes.web_hub import START, HubSite, put, put_many


@asynccontextmanager
async def served(hub: HubSite, material: tls.Material | None = None) -> AsyncIterator[str]:
    """The address."""
    server = WebServer(hub.app, listen("127.0.0.1", 0), material)
    await server.start()
    try:
        yield f"{'https' if material else 'http'}://127.0.0.1:{server.port}"
    finally:
        hub.services.sessions.stop()
        await server.stop()


class Listener:
    """One console's stream: events as (name, data)."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._lines = answer.aiter_lines()

    async def next(self) -> tuple[str, Any]:
        name = ""
        async for line in self._lines:
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                return name, json.loads(value)
        return "closed", None

    async def last(self) -> Any:
        """What the hub says before it ends the stream."""
        while (event := await self.next())[0] in {"hb", "frame"}:
            pass
        assert event[0] in {"end", "resync"}
        return event[1]

    async def frame(self) -> Frame:
        while (event := await self.next())[0] != "frame":
            assert event[0] == "hb", event
        return Frame.model_validate(event[1])


@asynccontextmanager
async def listening(address: str, token: str, **params: str) -> AsyncIterator[Listener]:
    async with (
        httpx2.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {token}"}) as http,
        http.stream("GET", "/v1/stream", params=params) as answer,
    ):
        assert answer.status_code == 200
        yield Listener(answer)


def camera(site: str, name: str = "") -> dict[str, Any]:
    return {"id": "c", "number": 1, "name": name, "site": site}


async def test_frames_come_down_as_they_are_committed(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    async with served(hub) as address, listening(address, token) as console:
        name, beat = await console.next()
        assert (name, beat["head"]) == ("hb", hub.store.tail.head)
        first = await put(hub.store, "camera", "c1", camera("gu"))
        await put(hub.store, "camera", "d1", camera("dong"))
        last = await put(hub.store, "camera", "c1", camera("gu", "새 이름"))
        one, two = await console.frame(), await console.frame()
    assert (one.seq, one.prev, one.id, one.ver) == (first, beat["prev"], "c1", 1)
    assert (two.seq, two.prev, two.ver, two.d["name"]) == (last, first, 2, "새 이름")


async def test_a_stream_goes_on_where_it_was_cut(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    seqs = await put_many(hub.store, {f"c{n}": camera("gu") for n in range(1_200)})
    place = f"{hub.services.epoch}:{seqs[0]}"
    async with served(hub) as address, listening(address, token, since=place) as console:
        frames = [await console.frame() for _ in seqs[1:]]
    assert [frame.seq for frame in frames] == seqs[1:]
    assert [frame.prev for frame in frames] == seqs[:-1]


async def _place(http: httpx2.AsyncClient) -> str:
    head = json.loads((await http.get("/v1/snapshot")).text.splitlines()[0])
    return f"{head['epoch']}:{head['snap_seq']}:{head['view']}"


@pytest.mark.parametrize("route", ["/v1/changes", "/v1/stream"])
async def test_rights_that_changed_while_a_console_was_away_ask_for_a_snapshot(
    hub: HubSite, route: str
) -> None:
    operator = await hub.account(Role.OPERATOR)
    async with hub.client(await hub.token("operator")) as http:
        place = await _place(http)
        assert (await http.get("/v1/changes", params={"since": place})).status_code == 200
        await hub.services.accounts.change(operator, None, site="dong")
        answer = await http.get(route, params={"since": place})
        assert (answer.status_code, answer.json()["code"]) == (410, "resync")
        assert await _place(http) != place


async def test_a_site_that_moved_while_a_console_was_away_asks_for_a_snapshot(
    hub: HubSite,
) -> None:
    await hub.account(Role.OPERATOR, "do")
    async with hub.client(await hub.token("operator")) as http:
        place = await _place(http)
        new = SiteRow(id="new", name="새 센터", kind="centre", parent="do")
        await hub.hub.sites.put([new])
        assert (await http.get("/v1/changes", params={"since": place})).status_code == 410


async def test_a_revoked_session_ends_its_stream_within_a_second(hub: HubSite) -> None:
    operator = await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    async with served(hub) as address, listening(address, token) as console:
        await console.next()
        async with asyncio.timeout(1.0):
            await hub.services.sessions.sign_out_all(operator)
            assert (await console.last())["code"] == "signed-out"
            assert (await console.next())[0] == "closed"
    assert hub.services.sessions.streams == 0


async def test_other_rights_begin_the_stream_anew(hub: HubSite) -> None:
    operator = await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    async with served(hub) as address, listening(address, token) as console:
        await console.next()
        await hub.services.accounts.change(operator, None, role="receiver")
        hub.services.sessions.rights_changed(operator)
        assert (await console.last())["code"] == "rights-changed"


async def test_an_expired_session_ends_its_stream(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    async with served(hub) as address, listening(address, token) as console:
        await console.next()
        hub.clock.go(24 * 3600)
        assert (await console.last())["code"] == "signed-out"


async def test_a_heartbeat_tells_that_the_hub_lives(
    hub: HubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_module, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(stream_module, "LOOK_SECONDS", 0.05)
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    async with served(hub) as address, listening(address, token) as console:
        assert [(await console.next())[0] for _ in range(3)] == ["hb"] * 3


async def test_who_goes_away_is_forgotten(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    async with served(hub) as address:
        async with listening(address, token) as console:
            await console.next()
            assert hub.services.sessions.streams == 1
        async with asyncio.timeout(5):
            while hub.services.sessions.streams:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)


async def test_a_long_poll_ends_when_something_comes(hub: HubSite) -> None:
    await hub.account(Role.OPERATOR)
    token = await hub.token("operator")
    http = hub.client(token)
    place = f"{hub.services.epoch}:{hub.store.tail.head}"
    asking = asyncio.ensure_future(http.get("/v1/changes", params={"since": place, "wait": 20}))
    seq = await put(hub.store, "camera", "c1", camera("gu"))
    async with asyncio.timeout(5):
        changes = Changes.model_validate_json((await asking).text)
    assert [frame.seq for frame in changes.frames] == [seq]
    await http.aclose()


async def test_consoles_trust_the_private_authority(hub: HubSite, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    names = tls.names_of("127.0.0.1", ["hub.example"])
    material = tls.prepare(tmp_path / "tls", names, datetime.now(UTC))
    assert material.ca is not None
    trust = ssl.create_default_context(cafile=str(material.ca))
    async with served(hub, material) as address:
        async with httpx2.AsyncClient(base_url=address, verify=trust) as http:
            assert (await http.get("/healthz")).json() == {"ok": True}
        stranger = ssl.create_default_context()
        async with httpx2.AsyncClient(base_url=address, verify=stranger) as http:
            with pytest.raises(httpx2.ConnectError):
                await http.get("/healthz")


def test_places_and_rows_as_text() -> None:
    assert Place.of("e:7", "e", "0a") == Place.of("e:7:0a", "e", "0a") == Place("e", 7)
    for other in ("e:7:0b", "d:7:0a", "e:x", "e", ""):
        with pytest.raises(Resync):
            Place.of(other, "e", "0a")
    assert json_of({"이름": 1}) == '{"이름":1}'
    assert Frames.__doc__
    assert START.tzinfo is not None
