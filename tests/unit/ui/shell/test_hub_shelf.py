from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW, WallId, empty_wall
from app.formats.wall_json import wall_value
from app.services.hub_port import HubClient
from tests.fakes.hub import ModelHub
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import Desk, tell
from tests.fakes.waiting import until
from ui.shell.hub_shelf import HubShelf
from ui.widgets.name_dialog import NameDialog

WALL = rule.fill(empty_wall(WallId("w"), name="야간"), [CameraId("c1")])


def opened(desk: Desk) -> HubShelf:
    desk.screens.main.frame.actions["wall.hub"].trigger()
    return desk.screens.main.findChildren(HubShelf)[-1]


def named(shelf: HubShelf, name: str) -> None:
    dialog = shelf.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog.field.setText(name)
    dialog.save.click()


def test_walls_of_the_hub_are_opened_saved_and_shown_elsewhere(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = ModelHub(HubModel())
    hub.model.put("wall", "w1", name="야간", owner=None, wall=wall_value(WALL))
    hub.model.put("console", "other", name="이관제", workstation="PC-2")

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        outbox = desk.session.parts.outbox
        await desk.sign_in()
        await until(lambda: bool(desk.session.parts.rows.all("console")))
        shelf = opened(desk)
        assert shelf.list.count() == 1
        assert shelf.consoles.currentText() == "이관제 · PC-2"
        hub.down = True
        shelf.over.click()
        shelf.new.click()
        named(shelf, "아침")
        await until(lambda: outbox.waiting == 2)
        assert [act.target == "w1" for act in outbox.acts()] == [True, False]
        shelf.send.click()
        await until(lambda: outbox.waiting == 3)

        again = opened(desk)
        assert again.back.isEnabled()
        again.show_here()
        assert desk.site.console.walls.wall(MAIN_WINDOW).name == "야간"

    tell(made, tmp_path, story)


def test_a_wall_of_another_says_whose_it_is_and_goes_with_one_key(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = ModelHub(HubModel())

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        walls, actions = desk.site.console.hub_walls, desk.screens.main.frame.actions
        assert walls is not None
        assert not actions["wall.own"].isEnabled()
        walls._told({"event": "wall", "by": "이관제", "sent": "s", "wall": wall_value(WALL)})
        said = [notice.words() for notice in desk.site.notices.open]
        assert any(words.startswith("이관제 shows a wall here") for words in said)
        assert desk.site.console.walls.covered(MAIN_WINDOW)
        actions["wall.own"].trigger()
        assert not desk.site.console.walls.covered(MAIN_WINDOW)
        assert not actions["wall.own"].isEnabled()

    tell(made, tmp_path, story)
