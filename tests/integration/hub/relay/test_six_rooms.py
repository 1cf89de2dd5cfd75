"""One incident, six kinds of receiver at a time, through the real hub, relay and cameras."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from app.domain.account import AccountId, Role, Subject
from app.domain.ledger.entry import Kind
from app.domain.site import SiteId, SiteKind
from app.hub.hub import Hub
from app.hub.relay.gst_engine import GstRelay, Listening
from app.hub.services.accesses import Asker
from app.hub.services.registry_rows import CameraSecret
from app.hub.store import ledger as rows
from app.hub.store.columns import now_us
from app.hub.tasks import Threads
from app.wire.access import AccessAsk
from app.wire.commands import Status
from app.wire.entities import SiteRow
from tests.fakes.hub_site import Clock, Console, a_hub, administrator, camera
from tests.fakes.incidents import subject
from tests.fakes.viewer import Viewer
from tests.fakes.waiting import until
from tests.integration.conftest import DemoServer

KINDS = (
    SiteKind.POLICE_ROOM, SiteKind.POLICE, SiteKind.PATROL, SiteKind.FIRE, SiteKind.DISASTER,
    SiteKind.PROVINCE,
)  # fmt: skip
PLACE: dict[str, Any] = {"latitude": 35.82, "longitude": 128.53}


class Now(Clock):
    """The real time: the relay ends what is over by its own clock."""

    @override
    def __call__(self) -> int:
        self.us = now_us()
        return self.us


@dataclass
class Rooms:
    hub: Hub
    centre: Console
    boss: Console
    threads: Threads

    async def share(self) -> dict[str, Asker]:
        """With each of the six, and who asks there."""
        askers = {}
        for kind in KINDS:
            share = f"share-{kind}"
            done = await self.centre.do(
                "share.propose", share, receiver=kind, incident="i1", cameras=["C-1"],
                purpose="화재 대응",
            )  # fmt: skip
            assert done.status is Status.APPLIED, done.reason
            await self.boss.do("share.approve", share)
            who = Subject(
                AccountId(kind), kind, f"{kind} 님", Role.RECEIVER, SiteId(kind),
                frozenset({SiteId(kind)}), kind,
            )  # fmt: skip
            askers[share] = Asker(who, f"pc {kind}", "127.0.0.1")
        return askers

    async def watch(self, asker: Asker, share: str) -> Viewer:
        access = await self.hub.accesses.of_share(asker, share, "C-1", AccessAsk())
        assert access.username is not None
        assert access.password is not None
        who = f"{access.username.get_secret_value()}:{access.password.get_secret_value()}"
        url = access.profiles[0].url.get_secret_value()
        return Viewer(url.replace("://", f"://{who}@"))


@pytest.fixture
async def rooms(demo_server: DemoServer, tmp_path: Path) -> AsyncIterator[Rooms]:
    """A fire at a camera, and six rooms that may be given it."""
    clock = Now()
    async with a_hub(str(tmp_path / "hub.db"), tmp_path, clock) as hub:
        await hub.sites.put(
            [
                SiteRow(id=kind, name=kind.words.ko, kind=kind, parent=hub.sites.top)
                for kind in KINDS
            ]
        )
        secret = CameraSecret({"sub": demo_server.url()}, "", "")
        near = camera("C-1", 1, **PLACE)
        await hub.registry.put_cameras(administrator(hub), [near], {"C-1": secret})
        boss = Console(hub, clock, subject(Role.SUPERVISOR, account=AccountId("lee")), "c2")
        made = Rooms(hub, Console(hub, clock), boss, Threads("viewers", 6))
        await made.centre.do("incident.create", "i1", type="fire", **PLACE)
        await hub.relaying.start(GstRelay(Listening()))
        try:
            yield made
        finally:
            await hub.relaying.stop()
            await made.threads.close()


async def test_six_kinds_see_it_at_once_and_none_of_them_afterwards(rooms: Rooms) -> None:
    askers = await rooms.share()
    viewers = [await rooms.watch(asker, share) for share, asker in askers.items()]
    tasks = [asyncio.ensure_future(rooms.threads.run(one.watch)) for one in viewers]
    try:
        await until(lambda: all(one.packets >= 5 or one.error for one in viewers), 30)
        assert [one.error for one in viewers] == [""] * len(KINDS)
        relay = rooms.hub.relaying.relay
        assert relay is not None
        # One pull, however many watch.
        assert len({one.path for one in relay.sessions()}) == 1
        assert len(relay.sessions()) == len(KINDS)
        done = await rooms.boss.do("incident.release", "i1", reason="진화 완료")
        assert done.status is Status.APPLIED, done.reason
        await until(lambda: all(one.ended for one in viewers), 10)
    finally:
        for one in viewers:
            one.stop = True
        await asyncio.gather(*tasks)
    found = await rooms.hub.reader.read(lambda c: rows.find(c, []))
    kinds = [row.kind for row in found]
    assert kinds.count(Kind.SHARE_BEGUN) == kinds.count(Kind.SHARE_ENDED) == len(KINDS)
    assert kinds.count(Kind.ADDRESS) == len(KINDS)
