"""A hub without transport, on a clock that tests move, with the sites of the other fakes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.account import Role, Subject
from app.domain.incident import Incident
from app.domain.site import SiteId
from app.hub.hub import Hub, HubSettings
from app.hub.services.incident_json import incident_of, stamp
from app.hub.store import queries
from app.hub.store.columns import micros, moment
from app.wire.commands import Batch, Command, Outcome
from app.wire.entities import CameraRow, SiteRow
from tests.fakes.incidents import DALSEO, NOON, STATION, subject

WEBHOOK = {"Content-Type": "application/cloudevents+json", "Authorization": "Bearer secret"}


class Clock:
    """Microseconds since 1970, from noon on; a microsecond a look, as clocks do."""

    def __init__(self) -> None:
        self.us = micros(NOON)

    def __call__(self) -> int:
        self.us += 1
        return self.us

    @property
    def now(self) -> datetime:
        return moment(self.us)

    def pass_(self, **span: float) -> None:
        self.us += int(timedelta(**span) / timedelta(microseconds=1))


@asynccontextmanager
async def a_hub(database: str, folder: Path, clock: Clock) -> AsyncIterator[Hub]:
    """Nothing runs by itself: tests say when."""
    hub = await Hub.open(HubSettings(database, folder / "hub.key", folder), clock)
    try:
        await hub.sites.put(
            [
                SiteRow(id=DALSEO, name="달서구", kind="centre", parent=hub.sites.top),
                SiteRow(
                    id=STATION, name="달서경찰서", kind="police", parent=hub.sites.top,
                    jurisdiction=("2729010700",),
                ),
            ]
        )  # fmt: skip
        yield hub
    finally:
        await hub.close()


def administrator(hub: Hub) -> Subject:
    every = hub.sites.within(hub.sites.top)
    return subject(Role.ADMINISTRATOR, site=hub.sites.top, within=every)


class Console:
    """Sends commands with numbers of its own."""

    def __init__(
        self, hub: Hub, clock: Clock, who: Subject | None = None, name: str = "c1"
    ) -> None:
        self.hub = hub
        self.clock = clock
        self.who = who or subject()
        self.name = name
        self.n = 0

    def command(self, type_: str, target: str, base_ver: int = 0, **args: Any) -> Command:
        self.n += 1
        return Command(
            cmd_id=f"{self.name}-{self.n}", client=self.name, n=self.n, type=type_, target=target,
            base_ver=base_ver, at=self.clock.now, args=args,
        )  # fmt: skip

    async def do(self, type_: str, target: str, base_ver: int = 0, **args: Any) -> Outcome:
        given = Batch(commands=(self.command(type_, target, base_ver, **args),))
        (outcome,) = (await self.hub.commands.apply(self.who, given)).outcomes
        return outcome


def cloud_event(id_: str, data: dict[str, Any], kind: str = "kr.gwanje.bell.pressed") -> bytes:
    event = {
        "specversion": "1.0",
        "id": id_,
        "source": "bells",
        "type": kind,
        "time": stamp(NOON),
        "data": data,
    }
    return json.dumps(event).encode()


async def tell(hub: Hub, body: bytes, source: str = "feed-1") -> str:
    """Through the webhook's door, and understood."""
    id_ = await hub.intake.accept("webhook", source, WEBHOOK, body)
    await hub.intake.work_off()
    return id_


async def incidents(hub: Hub) -> list[Incident]:
    """All of them, by number."""
    rows = await hub.reader.read(lambda c: queries.of_kind(c, "incident"))
    return sorted((incident_of(row.d) for row in rows), key=lambda one: one.number)


def camera(id_: str = "C-1", number: int = 1, site: str = DALSEO, **values: Any) -> CameraRow:
    return CameraRow(id=id_, number=number, name=f"카메라 {number}", site=SiteId(site), **values)
