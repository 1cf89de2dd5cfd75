"""D in the list of incidents: the cameras around it stand on the wall; F9: all is as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.geo.earth import Place, destination
from app.domain.stream import Importance
from app.domain.wall import MAIN_WINDOW, cameras
from app.services.catalog import CameraSet
from app.services.hub_port import HubClient
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import Desk, tell
from tests.fakes.waiting import until
from ui.shell.dragnet_desk import NO_INCIDENT, DragnetDesk
from ui.translations import words

SCENE = Place(35.8189, 128.5376)


def put_around(desk: Desk) -> None:
    """The cameras of the desk, one further from the scene than the other."""
    catalog = desk.site.console.catalog
    placed = []
    for number, one in enumerate(catalog.cameras):
        where = destination(SCENE, number * 40.0, 15.0 + 10 * number)
        placed.append(replace(one, latitude=where.latitude, longitude=where.longitude))
    catalog.load(CameraSet.of(placed))


def told(desk: Desk) -> list[str]:
    return [notice.words() for notice in desk.site.notices.open]


def look_closely(desk: Desk) -> None:
    """The operator has one tile large, and zooms into it."""
    view = desk.screens.main.view
    view.show_cameras([one.id for one in desk.site.console.catalog.cameras][-2:], 0)
    view.enlarge(1)
    pane = view.control.pane(1)
    assert pane is not None
    view.control.set_zoom(pane, pane.zoom.steps(3))


async def press_d_on_the_incident(desk: Desk) -> None:
    panel = desk.hub.incidents
    desk.screens.main.frame.actions["section.incidents"].trigger()
    await until(lambda: panel.model.rowCount() == 1)
    panel.table.choose(0)
    QTest.keyClick(panel.table, Qt.Key.Key_D)


def test_one_key_opens_it_and_one_key_leads_back(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    put_incident(hub.model, latitude=SCENE.latitude, longitude=SCENE.longitude)

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        main, actions = desk.screens.main, desk.screens.main.frame.actions
        walls = desk.site.console.walls
        assert not actions["dragnet.close"].isEnabled()
        await desk.sign_in()
        put_around(desk)
        everything = [one.id for one in desk.site.console.catalog.cameras]
        look_closely(desk)
        own, state = walls.wall(MAIN_WINDOW), main.view.keep()
        await press_d_on_the_incident(desk)
        assert cameras(walls.wall(MAIN_WINDOW))[:3] == tuple(everything[:3])
        assert main.view.enlarged_index is None
        assert main.parts.isHidden()
        assert any("cameras. N the next candidate" in said for said in told(desk))
        third = cameras(walls.wall(MAIN_WINDOW))[2]
        main.view.set_focus(2)
        if actions["dragnet.next"].isEnabled():
            actions["dragnet.next"].trigger()
        shown = cameras(walls.wall(MAIN_WINDOW))
        assert len(set(shown)) == len(shown)
        assert third not in shown or len(everything) <= len(shown)

        actions["dragnet.close"].trigger()
        assert walls.wall(MAIN_WINDOW) == own
        assert main.view.keep() == state
        assert not actions["dragnet.close"].isEnabled()

    tell(made, tmp_path, story)


def test_the_most_urgent_one_where_none_is_chosen_and_warm_before(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = ModelHub(HubModel())

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        keys, console = desk.hub.dragnets, desk.site.console
        assert isinstance(keys, DragnetDesk)
        assert console.dragnets is not None
        await desk.sign_in()
        keys.open_chosen()
        assert told(desk)[-1] == words(NO_INCIDENT)
        put_around(desk)
        for id_, grade in (("i1", 20), ("i2", 10)):
            place = {"latitude": SCENE.latitude, "longitude": SCENE.longitude}
            put_incident(hub.model, id_, grade=grade, title=id_, **place)
        incidents = desk.session.parts.incidents
        await until(lambda: len(incidents.all()) == 2)
        keys.keep_warm()
        warm = [
            camera
            for wants in console.streams._wants.values()
            for camera, want in wants.items()
            if want.importance is Importance.WARM
        ]
        assert console.catalog.cameras[0].id in warm
        desk.screens.main.frame.actions["incident.dragnet"].trigger()
        opened = console.dragnets.at(MAIN_WINDOW)
        assert opened is not None
        assert opened.incident == "i2"
        keys.open("i-unknown")
        await desk.session.sign_out()
        await until(
            lambda: console.dragnets is not None and console.dragnets.at(MAIN_WINDOW) is None
        )
        assert CameraId("c0") == console.catalog.cameras[0].id

    tell(made, tmp_path, story)


def test_the_dragnet_of_a_chosen_type_opens_by_itself_and_takes_nothing_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = ModelHub(HubModel())
    put_incident(hub.model, "old", latitude=SCENE.latitude, longitude=SCENE.longitude)

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        put_around(desk)
        desk.site.console.preferences.set("auto_dragnet", "fall,fire")
        dragnets, keys = desk.site.console.dragnets, desk.hub.dragnets
        assert dragnets is not None
        assert keys is not None
        await desk.sign_in()
        incidents = desk.session.parts.incidents
        await until(lambda: len(incidents.all()) == 1)
        keys.keep_warm()
        assert dragnets.all() == (), "what lay there already is not new"
        for id_, type_ in (("bell", "emergency_bell"), ("fall", "fall")):
            put_incident(
                hub.model, id_, type=type_, latitude=SCENE.latitude, longitude=SCENE.longitude
            )
        await until(lambda: len(incidents.all()) == 3)
        keys.keep_warm()
        assert [one.incident for one in dragnets.all()] == ["fall"]
        put_incident(
            hub.model, "fire", type="fire", latitude=SCENE.latitude, longitude=SCENE.longitude
        )
        await until(lambda: len(incidents.all()) == 4)
        keys.keep_warm()
        assert [one.incident for one in dragnets.all()] == ["fall"], "somebody may be using it"

    tell(made, tmp_path, story)
