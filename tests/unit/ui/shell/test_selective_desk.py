"""V puts what video analytics picked out onto the wall; Y and X judge it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW, cameras
from app.services.selective import NOTHING, Selective
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import Desk, tell, there
from tests.fakes.waiting import until
from ui.shell.selective_desk import SelectiveDesk
from ui.translations import words


def analytics() -> ModelHub:
    hub = ModelHub(HubModel())
    for n in range(3):
        put_incident(hub.model, f"i{n}", type="fall", camera=f"c{n}", facts={"rule": "쓰러짐"})
    put_incident(hub.model, "bell", camera="c9")
    return hub


def on_wall(desk: Desk) -> set[str]:
    return set(cameras(desk.site.console.walls.wall(MAIN_WINDOW)))


def told(desk: Desk) -> list[str]:
    return [notice.words() for notice in desk.site.notices.open]


def test_events_stand_on_the_wall_until_they_are_judged(qtbot: QtBot, tmp_path: Path) -> None:
    hub = analytics()

    async def story(desk: Desk) -> None:
        actions, view = desk.screens.main.frame.actions, desk.screens.main.view
        selective = desk.site.console.selective
        assert isinstance(desk.hub.selective, SelectiveDesk)
        assert isinstance(selective, Selective)
        await desk.sign_in()
        view.show_cameras([CameraId("c5")], 0)
        await until(lambda: len(desk.session.parts.incidents.all()) == 4)
        actions["selective.wall"].trigger()
        assert on_wall(desk) == {"c0", "c1", "c2"}
        hub.down = True
        first = cameras(desk.site.console.walls.wall(MAIN_WINDOW))[0]
        view.set_focus(0)
        actions["selective.false"].trigger()
        await until(lambda: first not in on_wall(desk))
        await until(lambda: any(said.startswith("False alarm at") for said in told(desk)))
        view.set_focus(1)
        second = view.focused_camera
        actions["selective.real"].trigger()
        await until(lambda: second not in on_wall(desk))
        acts = [act.type for act in desk.session.parts.outbox.acts()]
        assert acts == ["incident.cancel", "incident.acknowledge"]
        actions["selective.wall"].trigger()
        assert "c5" in on_wall(desk)
        view.set_focus(0)
        actions["selective.real"].trigger()
        await until(lambda: words(NOTHING) in told(desk))

    tell(lambda: there(hub), tmp_path, story)


def test_a_dragnet_over_it_gives_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    hub = analytics()

    async def story(desk: Desk) -> None:
        actions, selective = desk.screens.main.frame.actions, desk.site.console.selective
        assert selective is not None
        await desk.sign_in()
        await until(lambda: len(desk.session.parts.incidents.all()) == 4)
        actions["selective.wall"].trigger()
        desk.hub.incidents.choose("i1")
        actions["incident.dragnet"].trigger()
        assert selective.window is None
        actions["dragnet.close"].trigger()
        assert str(selective.window) == MAIN_WINDOW
        assert on_wall(desk) == {"c0", "c1", "c2"}

    tell(lambda: there(hub), tmp_path, story)
