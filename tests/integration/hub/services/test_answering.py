"""Requests that answer themselves: app.hub.services.answering, .camera_index, .checkpoints."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.domain.intake import Kind
from app.domain.ledger.entry import Deed
from app.domain.ledger.entry import Kind as Entered
from app.domain.share import ShareState
from app.domain.site import SiteKind
from app.formats.intake import platform_socket
from app.hub.hub import Hub
from app.hub.services.answering import TYPES
from app.hub.services.camera_index import CameraIndex, camera_of
from app.hub.services.checkpoints import ENTRIES
from app.hub.services.doors import PLATFORM
from app.hub.services.share_json import share_of
from app.hub.store import ledger as rows
from app.hub.store import queries
from app.hub.store.rows import Entity
from app.hub.store.transaction import Transaction
from app.wire.entities import PresetRow, SiteRow
from tests.fakes.hub_site import Clock, Console, administrator, camera, incidents, tell
from tests.fakes.incidents import DALSEO, NOON
from tests.fakes.waiting import until_it

ROOM = "police-room"


@pytest.fixture
async def centre(hub: Hub) -> AsyncIterator[Hub]:
    await hub.sites.put([SiteRow(id=ROOM, name="대구 112상황실", kind="police_room")])
    await hub.registry.put_cameras(
        administrator(hub),
        [camera(f"C-{n}", n, latitude=35.82 + n / 5_000, longitude=128.53) for n in range(1, 9)],
    )
    yield hub
    await hub.answering.stop()


async def shares(hub: Hub) -> list[Entity]:
    return await hub.reader.read(lambda c: queries.of_kind(c, "share"))


async def asked_for(hub: Hub, number: str = "112-0001") -> None:
    """The 112 room asks for video, over its socket."""
    values = {
        "external": number, "place": "대구 달서구", "emd": "2729010700", "grade": "10",
        "latitude": "35.82", "longitude": "128.53",
    }  # fmt: skip
    body = platform_socket.write_event("112", Kind.OCCURRED, NOON, values)
    await hub.intake.accept(PLATFORM, "112", {}, body)
    await hub.intake.work_off()


async def test_the_112_rooms_request_is_answered_and_says_so(centre: Hub) -> None:
    await centre.answering.start()
    await asked_for(centre)

    async def answered() -> bool:
        return bool(await shares(centre))

    await until_it(answered)
    (row,) = await shares(centre)
    share = share_of(row.d)
    assert (share.state, share.receiver, share.by_itself) == (ShareState.ACTIVE, ROOM, True)
    assert len(share.cameras) == 5
    assert share.cameras[0] == "C-1"
    (incident,) = await incidents(centre)
    assert "자동으로" in incident.history[-1].words.ko
    assert incident.shared == {ROOM: share.ends_at}


async def test_what_came_while_the_hub_was_down_is_answered_at_its_start_and_once(
    centre: Hub, clock: Clock
) -> None:
    await asked_for(centre)
    await centre.answering.catch_up()
    await centre.answering.catch_up()
    (row,) = await shares(centre)
    await Console(centre, clock).do("share.end", row.id)
    # Whoever ended it meant it.
    await centre.answering.catch_up()
    assert len(await shares(centre)) == 1


async def test_what_is_not_answered(centre: Hub, clock: Clock) -> None:
    console = Console(centre, clock)
    await console.do(
        "incident.create", "i1", type="emergency_video", latitude=35.82, longitude=128.53
    )
    await tell(centre, b"{}")
    await centre.answering.catch_up()
    assert await shares(centre) == []
    assert {"emergency_video"} == TYPES
    assert SiteKind("police_room").service is SiteKind.POLICE


async def test_cameras_are_read_once_and_kept_up(centre: Hub, clock: Clock) -> None:
    index = CameraIndex(centre.store)
    first = await index.field()
    assert len(first.cameras) == 8
    assert await index.field() is first
    console = Console(centre, clock)
    await console.do("incident.create", "i1", type="emergency_bell")
    await console.do(
        "share.propose", "s1", receiver="dalseo-police", incident="i1", cameras=["C-1"]
    )
    # The row has changed, the camera has not.
    assert await index.field() is first
    preset = PresetRow(number=1, name="정문", azimuth=90.0)
    moved = camera("C-1", 1, latitude=35.9, longitude=128.6, presets=(preset,))
    await centre.registry.put_cameras(administrator(centre), [moved])
    await centre.registry.remove(administrator(centre), "camera", "C-2")
    second = await index.field()
    assert len(second.cameras) == 7
    assert second.by_id[camera_of(moved.model_dump()).id].latitude == 35.9
    assert second.by_id[camera_of(moved.model_dump()).id].presets[0].name == "정문"
    assert camera_of(moved.model_dump()).site == DALSEO


async def write(hub: Hub, count: int) -> None:
    def work(tx: Transaction) -> None:
        for _ in range(count):
            hub.ledger.write(tx, Deed(Entered.VIEW, NOON, camera="C-1"))

    await hub.writer.do(work)


async def test_a_checkpoint_each_minute_or_each_thousand(hub: Hub, clock: Clock) -> None:
    async def signed() -> int:
        found = await hub.reader.read(rows.newest_checkpoint)
        return 0 if found is None else found[0]

    console = Console(hub, clock)
    await console.do("incident.create", "i1", type="nonsense")
    await hub.checkpoints.go()
    assert await signed() == 0
    await write(hub, 1)
    await hub.checkpoints.go()
    assert await signed() == 1
    await write(hub, 1)
    await hub.checkpoints.go()
    assert await signed() == 1
    clock.pass_(seconds=61)
    await hub.checkpoints.go()
    assert await signed() == 2
    await write(hub, ENTRIES)
    await hub.checkpoints.go()
    assert await signed() == 2 + ENTRIES
    await hub.checkpoints.start()
    await write(hub, 1)
    await hub.checkpoints.stop()
    assert await signed() == 3 + ENTRIES
