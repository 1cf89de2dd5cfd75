"""A shift at a console with a hub: real HTTP, real store, real screens, on Qt's loop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.adapters.hub_client import HttpHub
from app.domain.incident_state import Move
from app.services.hub_link import LinkState
from app.services.hub_port import HubClient
from tests.fakes.fault_proxy import FaultProxy, fault_proxy
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_server import hub_server
from tests.fakes.hub_story import Desk, tell
from tests.fakes.waiting import until


class World:
    """The hub behind a network that can be cut."""

    def __init__(self) -> None:
        self.model = HubModel()
        self.proxy: FaultProxy | None = None

    @asynccontextmanager
    async def hub(self) -> AsyncIterator[HubClient]:
        async with hub_server(self.model) as server, fault_proxy(server.port) as proxy:
            self.proxy = proxy
            yield HttpHub(f"http://127.0.0.1:{proxy.port}")

    def cut(self) -> None:
        assert self.proxy is not None
        self.proxy.refuse = True
        self.proxy.cut()

    def mend(self) -> None:
        assert self.proxy is not None
        self.proxy.refuse = False


def state(desk: Desk) -> LinkState:
    return desk.session.parts.link.link.state


def test_a_shift_with_the_hub_going_away_and_coming_back(qtbot: QtBot, tmp_path: Path) -> None:
    world = World()
    put_incident(world.model)

    async def story(desk: Desk) -> None:
        await desk.sign_in("wrong")
        assert desk.hub.dialog.isVisible()
        assert desk.hub.dialog.form.problem.text() == "User name or password is wrong."
        await desk.sign_in()
        await until(lambda: state(desk) is LinkState.LIVE)
        assert not desk.hub.dialog.isVisible()

        main, panel = desk.screens.main, desk.hub.incidents
        main.frame.actions["section.incidents"].trigger()
        await until(lambda: panel.model.rowCount() == 1)
        panel.table.choose(0)
        assert panel.detail.item is not None

        world.cut()
        await until(lambda: state(desk) is LinkState.OFFLINE)
        assert "not reachable" in main.status.words()
        panel.detail.moves[Move.ACKNOWLEDGE].click()
        await until(lambda: desk.session.parts.outbox.waiting == 1)
        await until(lambda: "waiting to be sent" in panel.model.index(0, 0).data())
        assert panel.model.index(0, 0).data().startswith("acknowledged")
        assert "Acts waiting 1" in main.status.words()
        main.status.clicked.emit()
        assert desk.hub.acts.isVisible()
        assert desk.hub.acts.model.index(0, 0).data() == "waiting to be sent"

        world.mend()
        await until(lambda: desk.session.parts.outbox.waiting == 0, 10)
        assert len(world.model.effects) == 1
        assert desk.hub.acts.model.rowCount() == 0

    tell(world.hub, tmp_path, story)


@pytest.mark.allow_logs("app.console")
def test_the_cameras_come_from_the_hub_and_go_with_the_session(
    qtbot: QtBot, tmp_path: Path
) -> None:
    world = World()

    async def story(desk: Desk) -> None:
        console = desk.site.console
        desk.session.parts.cameras.changed.connect(lambda _: console.relist())
        world.model.put(
            "camera", "c/1", id="c/1", number=7, name="네거리", site="s",
            profiles=[{"name": "main"}],
        )  # fmt: skip
        await desk.sign_in()
        await until(lambda: [camera.number for camera in console.catalog.cameras] == [7])
        desk.screens.main.frame.actions["section.acts"].trigger()
        await desk.session.sign_out()
        await until(lambda: console.catalog.cameras == ())
        assert desk.hub.dialog.isVisible()
        assert not desk.hub.acts.isVisible()

    tell(world.hub, tmp_path, story)
