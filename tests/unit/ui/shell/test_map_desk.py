"""The map beside the wall and on a monitor of its own; what its menu offers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.geo.earth import Place, destination, distance_m
from app.domain.wall import MAIN_WINDOW, cameras
from app.services.catalog import CameraSet
from tests.fakes.map_site import QUARTER, SCENE
from tests.fakes.shell_site import ShellSite
from ui.cameras.details import CameraDetails
from ui.shell.map_desk import MapDesk
from ui.shell.map_window import MAP_WINDOW, MapWindow
from ui.shell.screens import Screens


@pytest.fixture
def maps(site: ShellSite, screens: Screens) -> MapDesk:
    catalog = site.console.catalog
    placed = []
    for number, one in enumerate(catalog.cameras):
        where = destination(SCENE, number * 40.0, 15.0 + 10 * number)
        placed.append(replace(one, latitude=where.latitude, longitude=where.longitude))
    catalog.load(CameraSet.of(placed))
    assert screens.maps is not None
    return screens.maps


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_the_map_is_a_part_beside_the_wall(screens: Screens, maps: MapDesk) -> None:
    screens.main.frame.actions["section.map"].trigger()
    assert maps.panel.isVisible()
    assert screens.main.view.isVisible()
    assert len(maps.panel.view.cameras.x) == 16
    assert "section.map" in screens.main.rail.buttons


def test_a_double_click_puts_the_camera_onto_the_wall(
    site: ShellSite, screens: Screens, maps: MapDesk
) -> None:
    screens.main.view.set_focus(0)
    maps.panel.view.camera_activated.emit(CameraId("c9"))
    assert cameras(site.console.walls.wall(MAIN_WINDOW))[0] == "c9"


def test_it_opens_on_a_monitor_of_its_own_and_comes_back_there(
    qtbot: QtBot, site: ShellSite, screens: Screens, maps: MapDesk
) -> None:
    action = screens.main.frame.actions["map.window"]
    action.trigger()
    window = maps.window
    assert isinstance(window, MapWindow)
    assert window.isVisible()
    maps.look_at(QUARTER.place, 16.0)
    assert all(panel.view.viewport.zoom == 16.0 for panel in maps.panels)
    window.setGeometry(40, 50, 700, 500)
    window._placing.remember()
    placement = site.console.walls.placement(MAP_WINDOW)
    assert placement is not None
    assert placement.width == 700
    action.trigger()
    assert maps.window is None
    assert len(maps.panels) == 1


def test_the_menu_names_the_cameras_that_see_the_place(maps: MapDesk, site: ShellSite) -> None:
    menu = maps.menu(maps.panel, SCENE, [], "")
    seeing = next(a.menu() for a in menu.actions() if a.menu() is not None)
    assert isinstance(seeing, QMenu)
    names = entries(seeing)
    assert names[0].startswith("1001 ")
    assert len(names) == 9
    assert "may see it" in names[0]
    seeing.actions()[-1].trigger()
    shown = cameras(site.console.walls.wall(MAIN_WINDOW))
    assert shown[:3] == ("c0", "c1", "c2")
    menu.deleteLater()


def test_the_menu_of_a_camera_and_of_a_cluster(
    qtbot: QtBot, maps: MapDesk, screens: Screens
) -> None:
    one = maps.menu(maps.panel, SCENE, [CameraId("c3")], "")
    next(a for a in one.actions() if a.text().startswith("Details")).trigger()
    details = screens.main.findChild(CameraDetails)
    assert details is not None
    details.close()
    many = maps.menu(maps.panel, SCENE, [CameraId("c3"), CameraId("c4")], "")
    assert "Show all 2 on the wall" in entries(many)
    for menu in (one, many):
        menu.deleteLater()


def test_an_incident_is_opened_and_made_from_the_menu(maps: MapDesk) -> None:
    chosen: list[str] = []
    new: list[Place] = []
    maps.incident_chosen.connect(chosen.append)
    maps.new_wanted.connect(new.append)
    assert not any("incident" in text for text in entries(maps.menu(maps.panel, SCENE, [], "")))
    maps.takes_incidents = True
    menu = maps.menu(maps.panel, SCENE, [], "i1")
    for action in menu.actions():
        if "incident" in action.text():
            action.trigger()
    assert chosen == ["i1"]
    assert distance_m(new[0], SCENE) < 1
    menu.actions()[-1].trigger()
    assert QGuiApplication.clipboard().text() == "35.818900, 128.537600"
    menu.deleteLater()


def test_the_menu_opens_where_the_right_click_was(
    qtbot: QtBot, screens: Screens, maps: MapDesk
) -> None:
    screens.main.frame.actions["section.map"].trigger()
    maps.panel.view.context_requested.emit(SCENE, [], "", QPoint(50, 50))
    menus = [menu for menu in maps.panel.window().findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    menus[0].close()


def test_what_gives_no_picture_is_seen_on_the_map(site: ShellSite, maps: MapDesk) -> None:
    maps.feed.follow_states()
    watched = site.console.streams.watched()
    dark = {c for c in watched if not site.console.streams.is_live(c)}
    assert maps.feed.dead.sum() == len(dark) > 0


def test_a_base_map_that_cannot_be_read_is_told(
    site: ShellSite, maps: MapDesk, tmp_path: Path
) -> None:
    site.console.preferences.set("base_map", str(tmp_path / "gone.mbtiles"))
    assert any("gone.mbtiles" in notice.words() for notice in site.notices.open)
    folder = tmp_path / "tiles" / "12" / "3"
    folder.mkdir(parents=True)
    site.console.preferences.set("base_map", str(tmp_path / "tiles"))
    assert maps.panel.view.canvas.content.tiles is not None
    site.console.preferences.set("base_map", "")
    assert maps.panel.view.canvas.content.tiles is None


def test_a_camera_under_the_pointer_is_shown_small(maps: MapDesk) -> None:
    lit: list[str] = []
    maps.lit.connect(lit.append)
    maps.panel.view.camera_hovered.emit(CameraId("c3"))
    assert str(maps.preview.camera) == "c3"
    maps.panel.view.camera_hovered.emit(None)
    assert maps.preview.camera is None
    maps.leave()
    assert lit == ["c3", ""]
    assert [place.name for place in maps.find("상인")] == ["상인동"]
