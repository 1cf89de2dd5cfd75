"""An incident marks the tiles that see it; tile and map light each other up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.geo.earth import Place, destination
from app.services.catalog import CameraSet
from app.services.hub_port import HubClient
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import Desk, tell
from tests.fakes.waiting import until
from ui.shell.marker_desk import MarkerDesk

SCENE = Place(35.8189, 128.5376)


def test_the_tiles_of_an_incident_are_marked_until_it_ends(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    put_incident(hub.model, latitude=SCENE.latitude, longitude=SCENE.longitude)

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        catalog, view = desk.site.console.catalog, desk.screens.main.view
        where = destination(SCENE, 180, 60)
        first, *others = catalog.cameras
        seeing = replace(
            first, latitude=where.latitude, longitude=where.longitude, azimuth=0.0, fov=60.0
        )
        catalog.load(CameraSet.of([seeing, *others]))
        desk_of = desk.hub.markers
        assert isinstance(desk_of, MarkerDesk)
        await desk.sign_in()
        view.show_cameras([CameraId("c0"), CameraId("c1")], 0)
        await until(lambda: bool(view.stage.panes.everything[0].markers))
        pane = view.stage.panes.everything[0]
        assert pane.markers[0].at == 0.5
        assert desk.screens.maps is not None
        desk.screens.maps.lit.emit("i1")
        assert pane.lit
        view.hovered.emit(CameraId("c0"))
        assert desk.screens.maps.feed.live.lit == "c0"
        view.hovered.emit(None)
        put_incident(hub.model, state=91)
        await until(lambda: not view.stage.panes.everything[0].markers)

    tell(made, tmp_path, story)
