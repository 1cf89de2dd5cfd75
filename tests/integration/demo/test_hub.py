"""The demo's hub: a real process, set up by its own interface, killed and there again."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from app.demo import cameras
from app.demo.doors import Senders
from app.demo.feed import Feed
from app.demo.hub import ADMINISTRATOR, OPERATOR, DemoHub, ask, sign_in
from app.demo.hub_process import HubProcess
from app.demo.stories import News, Stories
from app.domain.errors import Unavailable
from tests.bench.hub_lists import generated
from tests.fakes.waiting import until

PASSWORD = "파란 나무 아래 열두 고래"


def now() -> datetime:
    return datetime.now(UTC)


async def incidents(hub: DemoHub) -> dict[tuple[str, str], str]:
    """Number of each, by what its sender calls it."""
    async with httpx2.AsyncClient(base_url=hub.address, trust_env=False) as http:
        await sign_in(http, OPERATOR, PASSWORD)
        lines = (await ask(http, "GET", "/v1/changes", params={"since": await _start(http)})).json()
    rows = {f["id"]: f["d"] for f in lines["frames"] if f["t"] == "incident" and f["op"] == "put"}
    by_hand = {("", id_): d["number"] for id_, d in rows.items() if id_.startswith("hand-")}
    return by_hand | {(d["source"], d["external"]): d["number"] for d in rows.values()}


async def _start(http: httpx2.AsyncClient) -> str:
    return f"{(await ask(http, 'GET', '/v1/session')).json()['epoch']}:0"


@pytest.mark.allow_logs("app.demo.hub")
async def test_a_demo_hub_from_its_first_run_to_its_second_life(tmp_path: Path) -> None:
    hub = DemoHub(PASSWORD, folder=tmp_path, away=0.0)
    try:
        keys = await hub.start()
        report = await hub.bring_in("demo.csv", generated(12))
        assert (report["rows"], report["taken"], report["problems"]) == (12, 12, 0)
        places = [one.camera for one in cameras.generate(12)]
        senders = Senders(hub.address, lambda: hub.process.socket_port, keys, now)
        feed = Feed(Stories(places), senders, now, again=0.05)
        first = [await feed.step() for _ in range(15)]
        pid = hub.process.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        second = [await feed.step() for _ in range(15)]
        await feed.stop()
        assert hub.process.pid != pid
        opened = {(d.source, d.external) for d in (*first, *second) if d.news is News.OPENS}
        found: set[tuple[str, str]] = set()
        async with asyncio.timeout(20):
            while not opened <= found:
                found = set(await incidents(hub))
        assert found - {("박수화", "")} == opened
    finally:
        await hub.stop()


async def test_a_password_that_the_hub_does_not_take_is_told(tmp_path: Path) -> None:
    hub = DemoHub("short", folder=tmp_path)
    try:
        with pytest.raises(Unavailable, match="/v1/accounts 400"):
            await hub.start()
        with pytest.raises(Unavailable):
            await hub.bring_in("demo.csv", b"")
    finally:
        await hub.stop()


async def test_a_process_that_dies_by_itself_is_told(tmp_path: Path) -> None:
    process = HubProcess(tmp_path)
    ends: list[None] = []
    process.ended.connect(ends.append)
    try:
        running = await process.start()
        assert running.first_password is not None
        assert ADMINISTRATOR in running.first_password.read_text(encoding="utf-8")
        os.kill(running.pid, signal.SIGKILL)
        await until(lambda: bool(ends), 10)
    finally:
        await process.close()


async def test_settings_that_cannot_serve_are_told(tmp_path: Path) -> None:
    process = HubProcess(tmp_path, settings={"session_hours": "none"})
    try:
        with pytest.raises(Unavailable, match="session_hours"):
            await process.start()
    finally:
        await process.close()
