"""The console's side of the hub, built on a store in the test's folder or in memory."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from app.adapters.hub_store import LocalHubStore
from app.services.hub_link import HubLink, LinkState
from app.services.hub_port import HubClient
from app.services.hub_rows import HubRows
from app.services.hub_store_port import HubStore, Scope
from app.services.outbox import Outbox
from app.services.sending import Pace
from app.services.sync import Sync, SyncParts
from app.wire.stream import Row
from tests.fakes.clock import HandClock
from tests.fakes.hub_model import ANNA, NOW, HubModel
from tests.fakes.waiting import until

SCOPE = Scope(ANNA.id, ANNA.role, ANNA.site)
QUICK = Pace(first=5.0, dead=5.0, wait=1.0, jitter=lambda: 0.01)

_numbers = itertools.count(1)


def new_id() -> str:
    return f"id-{next(_numbers):06d}"


def hand_clock() -> HandClock:
    """Shows what the fake hub's clock shows."""
    return HandClock(at=1000.0, base=NOW.timestamp() - 1000.0)


@dataclass
class HubConsole:
    hub: HubClient
    store: HubStore
    clock: HandClock
    rows: HubRows
    outbox: Outbox
    link: HubLink
    sync: Sync

    async def sign_in(self) -> None:
        await self.outbox.take_line(ANNA.username)
        await self.sync.start(SCOPE, self.hub.session)

    async def close(self) -> None:
        await self.sync.stop()
        await self.store.close()

    async def stored(self) -> dict[tuple[str, str], Row]:
        kinds = await self.store.kinds()
        return {
            (row.t, row.id): row for kind in kinds for row in (await self.store.rows(kind)).value
        }

    def mirrored(self, kind: str = "note") -> dict[str, Row]:
        return dict(self.rows.all(kind))

    def current(self, model: HubModel) -> bool:
        """Live at the hub's newest place, and nothing waits."""
        place = self.sync.place
        return (
            self.link.link.state is LinkState.LIVE
            and place is not None
            and (place.epoch, place.seq) == (model.epoch, model.memory.head)
            and not self.outbox.waiting
        )

    async def settled(self, model: HubModel) -> None:
        await until(lambda: self.current(model), 10)


async def console(
    hub: HubClient, path: Path | None = None, pace: Pace = QUICK, clock: HandClock | None = None
) -> HubConsole:
    clock = clock or hand_clock()
    key = bytes(32)
    store: HubStore
    if path is None:
        store = await LocalHubStore.in_memory(key)
    else:
        store = await LocalHubStore.open(path, clock, key)
    outbox = Outbox(store, clock, new_id)
    await outbox.start()
    rows, link = HubRows(store), HubLink(clock)
    sync = Sync(SyncParts(hub, store, rows, outbox, link, clock), pace)
    return HubConsole(hub, store, clock, rows, outbox, link, sync)
