"""The hub's web side over a real store: accounts, sessions, routes; what lies below is a stand-in.

Time is a test's to move.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Connection

from app.domain.account import Role, Subject
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.site import SiteId
from app.hub.services.accounts import Accounts, NewAccount, new_id
from app.hub.services.feeds import Feeds, NewFeed
from app.hub.services.hashing import Hashing
from app.hub.services.sessions import Sessions
from app.hub.store import intake, vault
from app.hub.store.columns import micros
from app.hub.store.intake import Raw
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.hub.store.vault import Sealed
from app.hub.web import api
from app.hub.web.services import Services
from app.wire.commands import Batch, Outcome, Outcomes, Status
from app.wire.entities import CameraStatusRow, SiteRow

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


class Vault:
    def __init__(self) -> None:
        self._cipher = AESGCM(AESGCM.generate_key(256))

    def keep(self, tx: Transaction, kind: str, owner: str, secret: bytes) -> bool:
        nonce = secrets.token_bytes(12)
        text = self._cipher.encrypt(nonce, secret, f"{kind}\n{owner}".encode())
        vault.keep(tx, Sealed(kind, owner, "test", nonce, text))
        return True

    def reveal(self, connection: Connection, kind: str, owner: str) -> bytes | None:
        found = vault.get(connection, kind, owner)
        if found is None:
            return None
        return self._cipher.decrypt(found.nonce, found.ciphertext, f"{kind}\n{owner}".encode())


class Visibility:
    """By the site of the row only."""

    def __init__(self, now: Clock) -> None:
        self._clock = now

    def row(
        self, subject: Subject, t: str, id_: str, d: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        site = SiteId(id_ if t == "site" else str(d.get("site")))
        seen = permit(subject, Action.SEE, Thing(t, site), self._clock.now())
        return d if seen else None


@dataclass
class Intake:
    store: Store
    clock: Clock

    async def accept(
        self, door: str, source: str, headers: Mapping[str, str], body: bytes, received_at: datetime
    ) -> str:
        id_ = new_id(received_at)
        await self.store.writer.do(lambda tx: intake.receive(tx, id_, door, source, body, headers))
        return id_

    async def waiting(self) -> list[Raw]:
        return await self.store.reader.read(intake.waiting)

    async def quarantine(self, subject: Subject, limit: int = 100) -> Sequence[Raw]:
        return await self.store.reader.read(intake.quarantined)

    async def retry(self, id_: str, subject: Subject) -> None:
        await self.store.writer.do(lambda tx: intake.retry(tx, id_))


class Access(BaseModel):
    camera: str
    urls: dict[str, str] = {}


class Report(BaseModel):
    rows: int


@dataclass
class Below:
    """Commands, registry and statuses: remembers what it was asked."""

    store: Store
    asked: list[Any] = field(default_factory=list)

    async def apply(self, subject: Subject, batch: Batch) -> Outcomes:
        outcomes = tuple(
            Outcome(cmd_id=one.cmd_id, n=one.n, status=Status.APPLIED) for one in batch.commands
        )
        return Outcomes(epoch="e", next_n=outcomes[-1].n + 1, outcomes=outcomes)

    async def import_file(self, subject: Subject, name: str, data: bytes, site: SiteId) -> Any:
        return Report(rows=data.count(b"\n"))

    async def access(self, subject: Subject, camera_id: str) -> Any:
        return Access(camera=camera_id, urls={"main": "rtsp://192.0.2.1/main"})

    async def put_sites(self, subject: Subject, rows: Sequence[SiteRow]) -> None:
        for row in rows:
            await put(self.store, "site", row.id, row.model_dump(mode="json"))

    async def put_cameras(self, subject: Subject, rows: Sequence[Any]) -> None:
        self.asked.append(rows)

    async def report(
        self, subject: Subject, rows: Sequence[CameraStatusRow], console: str = ""
    ) -> None:
        self.asked.append((console, rows))


async def put(store: Store, kind: str, id_: str, d: Mapping[str, Any]) -> int:
    """The place in the log."""
    return (await store.writer.do(lambda tx: tx.put(kind, id_, d))).seq


@dataclass
class HubSite:
    store: Store
    services: Services
    clock: Clock
    intake: Intake
    below: Below
    app: FastAPI
    tokens: dict[str, str] = field(default_factory=dict)

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


@asynccontextmanager
async def hub_site(folder: Path) -> AsyncIterator[HubSite]:
    """Two sites that know nothing of each other, "gu" and "dong", below the province "do"."""
    clock = Clock()
    store = await Store.open(str(folder / "hub.db"), {"incident", "note", "site"}, clock.micros)
    vault_, below = Vault(), Below(store)
    accounts = Accounts(store.writer, store.reader, Hashing(CHEAP), vault_, clock.now)
    doors = Intake(store, clock)
    services = Services(
        writer=store.writer, reader=store.reader, tail=store.tail, commands=below, intake=doors,
        registry=below, statuses=below, visibility=Visibility(clock), accounts=accounts,
        sessions=Sessions(store.writer, store.reader, accounts, clock.now, timedelta(hours=24)),
        feeds=Feeds(store.writer, store.reader, vault_, clock.now), now=clock.now,
        epoch=store.opened.epoch,
    )  # fmt: skip
    for id_, parent in (("do", None), ("gu", "do"), ("dong", "do")):
        kind = "province" if parent is None else "centre"
        row = SiteRow(id=id_, name=f"{id_} 관제센터", kind=kind, parent=parent)
        await put(store, "site", id_, row.model_dump(mode="json"))
    yield HubSite(store, services, clock, doors, below, api.create(services))
    await accounts.close()
    await store.close()
