"""The hub on the whole screen; a shift is in tests/integration/hub_screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.services.hub_link import Link, LinkState
from app.services.hub_port import HubClient
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import Desk, tell
from tests.fakes.waiting import until
from ui.shell.hub_desk import HubDesk
from ui.shell.status_words import StatusState, parts


def test_the_status_line_says_how_it_stands_with_the_hub() -> None:
    state = StatusState(None, link=Link(LinkState.OFFLINE), waiting=3, troubled=1)
    assert [f"{part.name} {part.value}" for part in parts(state)] == [
        "Hub not reachable, trying again", "Acts waiting 3", "Acts not taken 1",
    ]  # fmt: skip


def test_lock_notices_and_names(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    put_incident(hub.model)

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        actions, shell = desk.screens.main.frame.actions, desk.hub
        assert isinstance(shell, HubDesk)
        assert not actions["session.lock"].isEnabled()
        await desk.sign_in()
        link = desk.session.parts.link
        await until(lambda: link.link.state is LinkState.LIVE)
        assert desk.site.desk.operator == "안나"
        assert {"section.incidents", "section.acts"} <= desk.screens.main.rail.buttons.keys()

        await desk.session.parts.outbox.act("conflict", "i1", 1)
        await until(lambda: desk.session.parts.outbox.troubled == 1)
        said = [notice.words() for notice in desk.site.notices.open]
        assert any("did not take" in words for words in said)
        act = desk.session.parts.outbox.acts()[0]
        assert shell._about(act) == "20260302-0001 비상벨"
        assert shell._version(act) == 1

        actions["section.incidents"].trigger()
        assert shell.incidents.isVisible()
        actions["session.lock"].trigger()
        assert shell.dialog.isVisible()
        assert not shell.incidents.isVisible()
        hub.down = True
        await until(lambda: link.link.state is LinkState.OFFLINE)
        assert any("away" in notice.words() for notice in desk.site.notices.open)

    tell(made, tmp_path, story)
