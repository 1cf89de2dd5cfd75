"""A real hub, a feed through its doors and consoles without a screen; killed again and again.

What must hold after every round: each console's copy equals a fresh snapshot, and every act that a
console acknowledged is there once.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from app.demo import cameras
from app.demo.doors import Senders
from app.demo.feed import Feed
from app.demo.hub import OPERATOR, DemoHub, ask, sign_in
from app.demo.stories import Delivery, News, Stories
from tests.bench.desks import Desk

PASSWORD = "파란 나무 아래 열두 고래"
# Presence is nobody's data: it is written by every sign-in, also by the one that looks.
_PRESENCE = frozenset({"console"})
_SETTLE_SECONDS = 20.0
_LOOK_SECONDS = 0.2

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """`id` of the incident that was made by hand; `text` of the note on it."""

    incident: str
    text: str = ""
    move: str = ""


@dataclass
class Rounds:
    """`opened`: what must be one incident each, and the second at which it was handed over."""

    hub: DemoHub
    feed: Feed
    desks: list[Desk]
    http: httpx2.AsyncClient
    opened: dict[Key, float] = field(default_factory=dict)
    sent: int = 0
    acts: list[Act] = field(default_factory=list)
    offline: list[Act] = field(default_factory=list)
    kills: int = 0
    _feeding: asyncio.Task[None] | None = None

    # the feed

    async def step(self) -> Delivery:
        begun = time.monotonic()
        one = await self.feed.step()
        self.sent += 1
        if one.news is News.OPENS:
            self.opened[one.source, one.external] = begun
        return one

    def start_feed(self, pause: float) -> None:
        async def run() -> None:
            while True:
                await self.step()
                await asyncio.sleep(pause)

        self._feeding = asyncio.create_task(run())

    async def stop_feed(self) -> None:
        """The message in hand is delivered first: its answer may be on the way."""
        feeding, self._feeding = self._feeding, None
        if feeding is not None:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)

    # acts

    async def act(self, desk: Desk, name: str) -> list[Act]:
        """An incident by hand, acknowledged, with a note: on the console's disk when it returns."""
        made = await desk.ask(do="create", type="police_dispatch", title=f"전화 신고 {name}")
        incident = str(made["act"]["target"])
        await desk.ask(do="move", incident=incident, move="acknowledge")
        await desk.ask(do="note", incident=incident, text=f"메모 {name}")
        done = [Act(incident), Act(incident, move="acknowledge"), Act(incident, f"메모 {name}")]
        self.acts += done
        return done

    # rounds

    async def round(self, number: int, acts: int, *, desk_too: bool) -> None:
        """The hub dies in the middle of the feed; acts meanwhile; then everything comes back."""
        desk = self.desks[number % len(self.desks)]
        self.start_feed(0.01)
        await asyncio.sleep(0.3)
        await self.hub.process.kill()
        self.kills += 1
        for place in range(acts):
            self.offline += await self.act(desk, f"{number}-{place}")
        if desk_too:
            await desk.kill()
            self.kills += 1
            await desk.start()
        await self.hub.process.start()
        await asyncio.sleep(0.3)
        await self.stop_feed()

    async def settled(self) -> list[str]:
        """What is wrong once nothing waits any more; empty: every console equals a snapshot."""
        end = time.monotonic() + _SETTLE_SECONDS
        while wrong := await self._wrong():
            if time.monotonic() > end:
                return wrong
            await asyncio.sleep(_LOOK_SECONDS)
        return []

    async def _wrong(self) -> list[str]:
        for place, desk in enumerate(self.desks):
            state = await desk.ask(do="state")
            if state["link"] != "live" or state["waiting"] or state["troubled"]:
                return [f"console {place}: {state}"]
        fresh = await self.snapshot()
        wrong = []
        for place, desk in enumerate(self.desks):
            own = {(t, id_): (ver, d) for t, id_, ver, d in (await desk.ask(do="rows"))["rows"]}
            wrong += [f"console {place}: {one}" for one in _differences(own, fresh)]
        return wrong

    async def snapshot(self) -> dict[Key, tuple[int, Any]]:
        """Taken by somebody who knows nothing yet."""
        if "Authorization" not in self.http.headers:
            await sign_in(self.http, OPERATOR, PASSWORD)
        rows: dict[Key, tuple[int, Any]] = {}
        after: str | None = ""
        while after is not None:
            where = {"after": after} if after else {}
            answer = await ask(self.http, "GET", "/v1/snapshot", params=where)
            _, *lines, tail = answer.text.splitlines()
            for line in lines:
                row = json.loads(line)
                rows[row["t"], row["id"]] = row["ver"], row["d"]
            after = json.loads(tail)["after"]
        return rows

    # counting

    async def verdict(self) -> Verdict:
        rows = await self.snapshot()
        incidents = {id_: d for (t, id_), (_, d) in rows.items() if t == "incident"}
        texts = Counter(d["text"] for (t, _), (_, d) in rows.items() if t == "note")
        found = Counter(_key(id_, d) for id_, d in incidents.items())
        missing = [key for key in self.opened if not found[key]]
        doubled = [key for key in self.opened if found[key] > 1]
        counts = {one: _times(one, incidents, texts) for one in self.acts}
        return Verdict(
            sent=len(self.opened),
            on_console=len(self.opened) - len(missing),
            doubled=len(doubled) + sum(count > 1 for count in counts.values()),
            lost=len(missing) + sum(count == 0 for count in counts.values()),
            delivered=sum(counts[one] == 1 for one in self.offline),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    sent: int
    on_console: int
    doubled: int
    lost: int
    delivered: int


@asynccontextmanager
async def rounds(folder: Path, desks: int) -> AsyncIterator[Rounds]:
    """A set-up hub and signed-in consoles; nothing has happened yet."""
    hub = DemoHub(PASSWORD, folder=folder / "hub")
    async with httpx2.AsyncClient(timeout=60.0, trust_env=False) as http:
        try:
            keys = await hub.start()
            http.base_url = httpx2.URL(hub.address)
            places = [one.camera for one in cameras.generate(cameras.MOST_CAMERAS, plain=True)]
            senders = Senders(hub.address, lambda: hub.process.socket_port, keys, _now)
            feed = Feed(Stories(places), senders, _now, again=_LOOK_SECONDS)
            found = [
                Desk(hub.address, folder / f"desk-{n}", OPERATOR, PASSWORD) for n in range(desks)
            ]
            running = Rounds(hub, feed, found, http)
            try:
                for desk in found:
                    await desk.start()
                yield running
            finally:
                await running.stop_feed()
                await feed.stop()
                for desk in found:
                    await desk.stop()
        finally:
            await hub.stop()


def delays_ms(opened: dict[Key, float], desk: Desk) -> list[float]:
    """From the moment a message was handed over until its incident stood at the console."""
    seen = {(one.source, one.external): one.at for one in desk.seen.values()}
    seen |= {("", one.id): one.at for one in desk.seen.values()}
    return [(seen[key] - begun) * 1000 for key, begun in opened.items() if key in seen]


def _key(id_: str, d: dict[str, Any]) -> Key:
    return ("", id_) if id_.startswith("hand-") else (d["source"], d["external"])


def _times(one: Act, incidents: dict[str, Any], texts: Counter[str]) -> int:
    """How often it is there."""
    if one.text:
        return texts[one.text]
    incident = incidents.get(one.incident)
    if incident is None or not one.move:
        return int(incident is not None)
    return sum(line["kind"] == one.move for line in incident["history"])


def _differences(own: dict[Key, Any], fresh: dict[Key, Any]) -> Sequence[str]:
    return [
        f"{key}: {own.get(key)} is not {fresh.get(key)}"
        for key in own.keys() | fresh.keys()
        if key[0] not in _PRESENCE and own.get(key) != fresh.get(key)
    ][:5]


def _now() -> datetime:
    return datetime.now(UTC)
