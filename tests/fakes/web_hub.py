"""A real hub on a file of its own, with its web side, in this process.

Time is a test's to move.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from argon2 import PasswordHasher
from fastapi import FastAPI

from app.domain.account import Role
from app.domain.site import SiteId
from app.hub.hub import Hub, HubSettings
from app.hub.program import close_services
from app.hub.services.accounts import NewAccount
from app.hub.services.feeds import NewFeed
from app.hub.services.hashing import Hashing
from app.hub.store import intake
from app.hub.store.columns import micros
from app.hub.store.intake import Raw
from app.hub.store.store import Store
from app.hub.web import api
from app.hub.web.services import Services
from app.wire.entities import SiteRow

PASSWORD = "파란 나무 아래 열두 고래"
# Cheap enough for hundreds of tests; what it is made of is the library's business.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
START = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


@dataclass
class Clock:
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def micros(self) -> int:
        return micros(self.at)

    def go(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


async def put(store: Store, kind: str, id_: str, d: Mapping[str, Any]) -> int:
    """The place in the log."""
    return (await store.writer.do(lambda tx: tx.put(kind, id_, d))).seq


async def put_many(store: Store, cameras: Mapping[str, Mapping[str, Any]]) -> list[int]:
    """Cameras by id; their places in the log."""
    return await store.writer.do(
        lambda tx: [tx.put("camera", id_, d).seq for id_, d in cameras.items()]
    )


@dataclass
class HubSite:
    hub: Hub
    store: Store
    services: Services
    clock: Clock
    app: FastAPI

    def client(self, token: str = "") -> httpx2.AsyncClient:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx2.AsyncClient(transport=transport, base_url="http://hub", headers=headers)

    async def account(self, role: Role, site: str = "gu", username: str = "") -> str:
        new = NewAccount(
            username or role.value, f"{role.value} 김", role, SiteId(site), PASSWORD, False
        )
        return await self.services.accounts.create(new)

    async def token(self, username: str, client: str = "") -> str:
        asked = {"username": username, "password": PASSWORD, "client": client or f"pc {username}"}
        async with self.client() as http:
            answer = await http.post("/v1/session", json=asked)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["token"])

    async def signed_in(self, role: Role, site: str = "gu") -> httpx2.AsyncClient:
        """A client of a new account with this role; close it."""
        await self.account(role, site)
        return self.client(await self.token(role.value))

    async def feed(self, name: str = "bells", kind: str = "webhook") -> str:
        return await self.services.feeds.save(NewFeed(name, kind, "gu"))

    async def quarantined(self) -> list[str]:
        """Why."""
        found = await self.store.reader.read(intake.quarantined)
        return [str(raw.reason) for raw in found]

    async def waiting(self) -> list[Raw]:
        """What the doors took in; nobody works on it unless a test starts the hub."""
        return await self.store.reader.read(intake.waiting)


@asynccontextmanager
async def hub_site(folder: Path) -> AsyncIterator[HubSite]:
    """Two sites that know nothing of each other, "gu" and "dong", below the province "do"."""
    clock = Clock()
    settings = HubSettings(str(folder / "hub.db"), folder / "hub.key", folder)
    hub = await Hub.open(settings, clock.micros)
    services = Services.on(hub, Hashing(CHEAP), timedelta(hours=24), 72.0)
    top = SiteRow(id="do", name="도청", kind="province")
    gu = SiteRow(id="gu", name="구 관제센터", kind="centre", parent="do")
    await hub.sites.put([top, gu, gu.model_copy(update={"id": "dong"})])
    yield HubSite(hub, hub.store, services, clock, api.create(services))
    await close_services(services)
