from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtWidgets import QMenu
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
from ui.shell.hub_shelf import NO_CAMERA, HubShelf
from ui.translations import words
from ui.widgets.ask import Ask
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
        walls = desk.site.console.hub_walls
        await until(lambda: walls is not None and walls.sent == 1)
        assert outbox.waiting == 3

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


def test_a_wall_is_deleted_after_a_question(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    hub.model.put("wall", "w1", name="야간", owner=None, wall=wall_value(WALL))

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        outbox = desk.session.parts.outbox
        await desk.sign_in()
        await until(lambda: bool(desk.session.parts.rows.all("wall")))
        hub.down = True
        shelf = opened(desk)
        shelf.delete.click()
        question = shelf.findChild(Ask)
        assert isinstance(question, Ask)
        assert "야간" in question.question.text()
        assert not outbox.waiting
        question.go.click()
        await until(lambda: outbox.waiting == 1)
        assert outbox.acts()[-1].type == "wall.delete"

    tell(made, tmp_path, story)


def test_the_camera_under_the_hand_is_shown_on_another_console(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = ModelHub(HubModel())

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        hub.model.put("console", "other", name="이관제", workstation="PC-2")
        rows, main = desk.session.parts.rows, desk.screens.main
        send = main.frame.actions["camera.send"]
        send.trigger()
        assert [one.words() for one in desk.site.notices.open][-1] == words(NO_CAMERA)
        camera = desk.site.console.catalog.cameras[0]
        main.view.control.show_cameras([camera.id], 0)
        main.view.control.set_focus(0)
        await until(lambda: "other" in rows.all("console"))
        hub.down = True
        walls = desk.site.console.hub_walls
        assert walls is not None
        menu = desk.hub.walls.menu(walls, camera.id, camera.name)
        menu.actions()[-1].trigger()
        await until(lambda: desk.session.parts.outbox.waiting == 1)
        assert desk.session.parts.outbox.acts()[-1].type == "wall.send"
        send.trigger()
        assert main.findChild(QMenu) is not None

    tell(made, tmp_path, story)
