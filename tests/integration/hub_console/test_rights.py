"""A real console's sync against the real hub: what a person may see changed while he was away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.adapters.hub_client import HttpHub
from app.domain.account import Role
from app.hub.web.server import WebServer, listen
from app.services.hub_link import LinkState
from app.wire.session import SignIn
from tests.fakes.hub_console import HubConsole, console
from tests.fakes.waiting import until
from tests.fakes.web_hub import PASSWORD, HubSite, hub_site, put

ASKED = SignIn(username="operator", password=SecretStr(PASSWORD), client="pc")


@asynccontextmanager
async def at_work(address: str, path: Path) -> AsyncIterator[HubConsole]:
    client = HttpHub(address)
    await client.sign_in(ASKED)
    made = await console(client, path)
    try:
        await made.sign_in()
        await until(lambda: made.link.link.state is LinkState.LIVE, 10)
        yield made
    finally:
        await made.close()
        await client.close()


@asynccontextmanager
async def served(hub: HubSite) -> AsyncIterator[str]:
    server = WebServer(hub.app, listen("127.0.0.1", 0), None)
    await server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        hub.services.sessions.stop()
        await server.stop()


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubSite]:
    (tmp_path / "hub").mkdir()
    async with hub_site(tmp_path / "hub") as made:
        yield made


async def cameras(desk: HubConsole) -> set[str]:
    """On the console's disk."""
    return {id_ for kind, id_ in await desk.stored() if kind == "camera"}


async def test_rows_that_went_out_of_sight_while_it_was_away_are_gone(
    hub: HubSite, tmp_path: Path
) -> None:
    operator = await hub.account(Role.OPERATOR)
    for id_, site in (("c1", "gu"), ("c2", "dong")):
        d = {"id": id_, "number": 1, "name": id_, "site": site}
        await put(hub.store, "camera", id_, d)
    path = tmp_path / "console.db"
    async with served(hub) as address:
        async with at_work(address, path) as before:
            assert await cameras(before) == {"c1"}
        # Neither camera changes: no frame of the log could tell the console.
        await hub.services.accounts.change(operator, None, site="dong")
        async with at_work(address, path) as after:
            assert await cameras(after) == {"c2"}
