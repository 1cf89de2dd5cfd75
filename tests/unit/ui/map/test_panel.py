from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from app.domain.camera import CameraId
from app.domain.geo import mercator
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.earth import distance_m
from tests.fakes.map_site import QUARTER, SCENE, MapSite, cameras
from ui.map.feed import MapFeed
from ui.map.filters import Filters
from ui.map.hand import Tool
from ui.map.live import Live, Ring
from ui.map.marks import PointLayer
from ui.map.panel import MapPanel
from ui.map.place_field import PlaceField
from ui.map.printing import paint_on


def test_a_place_is_gone_to_by_its_name_and_by_coordinates(panel: MapPanel) -> None:
    field = panel.field
    assert isinstance(field, PlaceField)
    panel.view.look_at(QUARTER.place, 8.0)
    field.setFocus()
    QTest.keyClicks(field, "sangin")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == QUARTER.whole
    assert distance_m(panel.view.viewport.middle, SCENE) < 1
    assert panel.view.viewport.zoom == 15.0
    field.setText("35.9, 128.6")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.view.viewport.middle.latitude == 35.9 or (
        abs(panel.view.viewport.middle.latitude - 35.9) < 1e-9
    )


def test_the_list_of_places_is_gone_through_with_the_arrows(panel: MapPanel) -> None:
    field = panel.field
    field._find = lambda _text: [QUARTER, QUARTER]
    field.setText("상인")
    field.look()
    assert field.list.count() == 2
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.list.currentRow() == 1
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.list.isHidden()
    field._find = lambda _text: []
    field.setText("없는 곳")
    field.look()
    assert field.list.item(0).text() == "No place is called so."
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "없는 곳"
    field.setText("")
    field.look()
    assert field.list.isHidden()


def test_layers_come_and_go(panel: MapPanel, site: MapSite) -> None:
    x, y = mercator.project(SCENE)
    layer = PointLayer("bell", np.array([x]), np.array([y]), ("벨 0355",))
    site.points = {"bell": layer}
    site.feed.follow_points()
    assert len(panel.view.canvas.content.points) == 0
    panel.layer_actions["bell"].setChecked(True)
    assert list(panel.view.canvas.content.points) == [layer]
    panel.layer_actions["cameras"].setChecked(False)
    assert not panel.view.canvas.content.with_cameras


def test_a_filter_hides_purposes_and_shows_where_it_is_dark(panel: MapPanel, site: MapSite) -> None:
    filters: Filters = panel.filter
    assert [a.text() for a in filters.purposes.actions()] == ["생활방범", "어린이보호"]
    filters.purposes.actions()[0].setChecked(False)
    shown = panel.view.filter
    assert shown is not None
    assert shown.tolist() == [n % 2 == 0 for n in range(9)]
    assert filters.active
    filters.not_live.setChecked(True)
    site.dead = frozenset({CameraId("c2"), CameraId("c3"), CameraId("not on the map")})
    site.feed.follow_states()
    shown = panel.view.filter
    assert shown is not None
    assert np.flatnonzero(shown).tolist() == [2]
    filters.everything.trigger()
    assert panel.view.filter is None
    assert not filters.active


def test_what_is_chosen_goes_to_the_wall(panel: MapPanel) -> None:
    wanted: list[object] = []
    panel.show_wanted.connect(wanted.append)
    panel.tools[Tool.RADIUS].click()
    assert str(panel.view.hand.tool) == "radius"
    panel.view.select([CameraId("c1"), CameraId("c2")])
    assert str(panel.view.hand.tool) == "pan"
    assert not panel.tools[Tool.RADIUS].isChecked()
    panel.show_chosen.click()
    assert wanted == [["c1", "c2"]]
    panel.forget.click()
    assert panel.view.selected == ()


def test_a_tool_is_put_down_by_the_button_that_took_it_up(panel: MapPanel) -> None:
    panel.tools[Tool.LASSO].click()
    panel.tools[Tool.MEASURE].click()
    assert not panel.tools[Tool.LASSO].isChecked()
    panel.tools[Tool.MEASURE].click()
    assert panel.view.hand.tool is Tool.PAN


def test_the_map_goes_to_the_clipboard_and_onto_paper(panel: MapPanel, tmp_path: Path) -> None:
    panel.copy.click()
    copied = QGuiApplication.clipboard().image()
    assert copied.width() == panel.view.width()
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "map.pdf"))
    picture = QPixmap.fromImage(QImage(400, 300, QImage.Format.Format_RGB32))
    paint_on(printer, picture)
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")


def test_another_list_of_cameras_takes_the_old_filter_away(panel: MapPanel, site: MapSite) -> None:
    panel.view.set_filter(np.zeros(9, np.bool_))
    site.cameras = CameraMap.of(cameras().cameras[:4])
    site.feed.follow_cameras()
    assert len(panel.view.cameras.x) == 4
    assert panel.view.filter is None


def test_the_feed_tells_only_what_is_new(site: MapSite) -> None:
    feed: MapFeed = site.feed
    told: list[str] = []
    feed.live_changed.connect(lambda: told.append("live"))
    feed.dead_changed.connect(lambda: told.append("dead"))
    feed.follow_live()
    feed.follow_states()
    assert told == []
    site.live, site.dead = Live(rings=(Ring(SCENE, 10),)), frozenset({CameraId("c1")})
    feed.follow_live()
    feed.follow_states()
    feed.follow_states()
    assert told == ["live", "dead"]
    assert feed.dead.tolist() == [n == 1 for n in range(9)]
