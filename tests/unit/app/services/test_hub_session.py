from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.hub_link import LinkState
from app.services.hub_port import Trouble
from app.services.hub_session import HubSession
from tests.fakes.clock import HandClock
from tests.fakes.hub import PASSWORD, ModelHub, trouble
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session, put_camera, put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until


@pytest.fixture
def hub() -> ModelHub:
    model = HubModel()
    model.put("site", "site-1", id="site-1", name="달서구", kind="centre")
    put_incident(model)
    put_camera(model)
    return ModelHub(model)


@pytest.fixture
def clock() -> HandClock:
    return hand_clock()


@pytest.fixture
async def session(hub: ModelHub, clock: HandClock, tmp_path: Path) -> AsyncIterator[HubSession]:
    made = await hub_session(hub, tmp_path, clock, tick=0.01)
    await made.start()
    yield made
    await close(made)


def state(session: HubSession) -> LinkState:
    return session.parts.link.link.state


async def live(session: HubSession) -> None:
    await session.sign_in("anna", PASSWORD)
    await until(lambda: state(session) is LinkState.LIVE)


async def test_signing_in_brings_the_rows_and_signing_out_takes_them_away(
    session: HubSession,
) -> None:
    await live(session)
    assert session.parts.incidents.get("i1") is not None
    listed = await session.parts.cameras.load(lambda *_: None)
    assert [camera.site for camera in listed.cameras.cameras] == ["달서구"]
    await session.sign_out()
    assert session.now is None
    assert session.parts.incidents.all() == []
    assert (await session.parts.cameras.load(lambda *_: None)).cameras.cameras == ()
    assert state(session) is LinkState.SIGNED_OUT


async def test_a_wrong_password_leaves_nothing_running(session: HubSession) -> None:
    with pytest.raises(Failure):
        await session.sign_in("anna", "wrong")
    assert session.now is None
    assert state(session) is LinkState.SIGNED_OUT


async def test_a_session_that_the_hub_revokes_is_over_and_says_why(
    session: HubSession, hub: ModelHub
) -> None:
    told: list[Text] = []
    session.over.connect(told.append)
    await live(session)
    hub.revoke()
    await until(lambda: bool(told))
    assert session.now is None
    await live(session)  # and can be begun again


async def test_nobody_there_for_an_hour_is_signed_off(
    session: HubSession, clock: HandClock
) -> None:
    told: list[Text] = []
    session.over.connect(told.append)
    await live(session)
    clock.at += 700
    await until(lambda: session.now is not None and session.now.locked)
    await session.parts.sign_ins.unlock(PASSWORD)
    clock.at += 3700
    await until(lambda: bool(told))
    assert session.now is None
    assert session.parts.incidents.all() == []


async def test_the_shift_goes_on_without_the_hub(session: HubSession, hub: ModelHub) -> None:
    await live(session)
    await session.sign_out()
    hub.down = True
    signed_in = await session.sign_in("anna", PASSWORD)
    assert not signed_in.online
    assert session.parts.incidents.get("i1") is not None
    hub.down = False
    await until(lambda: state(session) is LinkState.LIVE)
    assert session.now is not None
    assert session.now.online


async def test_what_the_console_sees_of_its_cameras_reaches_the_hub(
    session: HubSession, hub: ModelHub
) -> None:
    await live(session)
    session.status_changed(CameraId("c1"))
    await until(lambda: bool(hub.reports))
    assert [(row.id, row.state) for row in hub.reports[0].rows] == [("c1", "live")]


async def test_a_disk_that_fails_at_the_sign_in_leaves_nobody_signed_in(
    session: HubSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_scope: object) -> None:
        raise trouble(Trouble.SERVER)

    monkeypatch.setattr(session.parts.store, "take_over", full)
    with pytest.raises(Failure):
        await session.sign_in("anna", PASSWORD)
    assert session.now is None
