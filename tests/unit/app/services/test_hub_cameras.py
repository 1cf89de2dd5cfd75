"""Cameras of the hub: listed, addressed when opened, their state told back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from typing_extensions import override

from app.domain.camera import CameraId, Profile, ProfileName
from app.domain.stream import Fault, Want
from app.domain.tile import TileState, TileTruth
from app.services.camera_addresses import HubAddresses, ListedAddresses, _url
from app.services.camera_statuses import CameraStatuses
from app.services.catalog import Catalog
from app.services.hub_cameras import HubCameras, camera_of
from app.services.hub_port import Trouble
from app.services.hub_session import HubSession
from app.services.streams import Streams
from app.wire.access import AccessAsk, CameraAccess, ProfileAccess
from app.wire.entities import CameraRow
from app.wire.status import StatusReport
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine
from tests.fakes.hub import PASSWORD, ModelHub, trouble
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session, put_camera
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until

C1 = CameraId("c1")
SUB = Profile(ProfileName.SUB, "")
URL = "rtsp://anna%40x:camera%20secret@10.0.0.1/sub"


class AddressHub(ModelHub):
    """Knows where the camera is."""

    @override
    async def camera_access(self, camera: str, asked: AccessAsk) -> CameraAccess:
        self._gate("access")
        profiles = (ProfileAccess(name="sub", url=SecretStr("rtsp://10.0.0.1/sub")),)
        return CameraAccess(
            id=camera, profiles=profiles, username=SecretStr("anna@x"),
            password=SecretStr("camera secret"),
        )  # fmt: skip


@pytest.fixture
def hub() -> ModelHub:
    model = HubModel()
    model.put("site", "site-1", id="site-1", name="달서구", kind="centre")
    put_camera(model)
    put_camera(model, "c2", 7)
    return AddressHub(model)


@pytest.fixture
def clock() -> HandClock:
    return hand_clock()


@pytest.fixture
async def session(hub: ModelHub, clock: HandClock, tmp_path: Path) -> AsyncIterator[HubSession]:
    made = await hub_session(hub, tmp_path, clock)
    await made.start()
    await made.sign_in("anna", PASSWORD)
    await until(lambda: made.parts.link.link.up and bool(made.parts.rows.all("site")))
    yield made
    await close(made)


async def test_cameras_are_listed_by_number_and_say_once_that_they_are_others(
    session: HubSession, hub: ModelHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras: HubCameras = session.parts.cameras
    listed = await cameras.load(lambda *_: None)
    assert [camera.number for camera in listed.cameras.cameras] == [7, 1021]
    monkeypatch.setattr("app.services.hub_cameras._PAUSE_SECONDS", 0.01)
    told: list[None] = []
    touched: list[CameraId] = []
    cameras.changed.connect(told.append)
    cameras.touched.connect(touched.append)
    put_camera(hub.model, "c3", 8)
    put_camera(hub.model, "c1", 1022)
    hub.model.put("camera", "c4", name="?")
    await until(lambda: len(touched) == 3 and bool(told))
    listed = await cameras.load(lambda *_: None)
    assert [camera.number for camera in listed.cameras.cameras] == [7, 8, 1022]
    assert len(listed.problems) == 1


def test_a_row_becomes_a_camera_without_an_address() -> None:
    row = CameraRow.model_validate(
        {"id": "c", "number": 1, "name": "n", "site": "s", "profiles": [{"name": "third"}]}
    )
    camera = camera_of(row, {"s": "달서구"})
    assert camera.site == "달서구"
    assert [profile.url for profile in camera.profiles] == [""]


async def test_the_address_is_asked_once_when_the_camera_is_opened(
    session: HubSession, hub: ModelHub
) -> None:
    addresses: HubAddresses = session.parts.addresses
    arrived: list[CameraId] = []
    addresses.arrived.connect(arrived.append)
    assert addresses.truth(C1) is None
    assert addresses.url(C1, SUB) == ""
    assert addresses.truth(C1) == TileTruth(TileState.CONNECTING, None)
    await until(lambda: arrived == [C1])
    assert addresses.url(C1, SUB) == URL
    assert addresses.url(C1, Profile(ProfileName.MAIN, "")) == URL
    assert hub.calls.count("access") == 1
    addresses.only([])
    assert addresses.url(C1, SUB) == ""
    await until(lambda: hub.calls.count("access") == 2)
    await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("kind", "said", "pause"),
    [
        (Trouble.FORBIDDEN, TileTruth(TileState.UNAUTHORISED, None, Fault.FORBIDDEN), 61),
        (Trouble.BUSY, TileTruth(TileState.UNREACHABLE, None, Fault.UNREACHABLE), 6),
    ],
)
async def test_a_no_is_said_on_the_tile_and_tried_again_later(
    session: HubSession, clock: HandClock, kind: Trouble, said: TileTruth, pause: float
) -> None:
    addresses, hub = session.parts.addresses, session.parts.client
    assert isinstance(hub, ModelHub)
    hub.fails.append(trouble(kind))
    addresses.url(C1, SUB)
    await until(lambda: addresses.truth(C1) == said)
    addresses.url(C1, SUB)
    assert hub.calls.count("access") == 1
    clock.at += pause
    addresses.url(C1, SUB)
    await until(lambda: addresses.url(C1, SUB) == URL)


async def test_a_stream_begins_when_its_address_is_there(
    session: HubSession, clock: HandClock
) -> None:
    engine, catalog = FakeEngine(), Catalog()
    catalog.load((await session.parts.cameras.load(lambda *_: None)).cameras)
    streams = Streams(engine, catalog.get, clock, addresses=session.parts.addresses)
    streams.declare("test", {C1: Want(320, 180)})
    assert streams.truth(C1).state is TileState.CONNECTING
    assert C1 not in engine.plans
    await until(lambda: C1 in engine.plans)
    assert engine.plans[C1].url == URL
    assert "secret" not in repr(session.parts.addresses._asked)


def test_a_listed_camera_has_its_address() -> None:
    listed = ListedAddresses()
    assert listed.url(C1, Profile(ProfileName.SUB, "rtsp://x/")) == "rtsp://x/"
    assert listed.truth(C1) is None
    assert _url(CameraAccess(id="c1"), SUB) == ""


async def test_statuses_are_coalesced_and_wait_for_the_hub(
    session: HubSession, hub: ModelHub, clock: HandClock
) -> None:
    truth = {C1: TileState.LIVE}
    statuses = CameraStatuses(hub, clock, lambda camera: TileTruth(truth[camera], None))
    statuses.note(C1)
    truth[C1] = TileState.CONNECTING
    statuses.note(C1)
    truth[C1] = TileState.UNREACHABLE
    statuses.note(C1)
    hub.fails.append(trouble(Trouble.BUSY))
    await statuses.send()
    assert statuses.waiting == 1
    await statuses.send()
    await statuses.send()
    assert [[row.state for row in report.rows] for report in hub.reports] == [["unreachable"]]
    assert isinstance(hub.reports[0], StatusReport)
    statuses.all_again()
    assert statuses.waiting == 1
    truth[C1] = TileState.OFF
    statuses.note(C1)
    assert statuses.waiting == 0
