"""The map under the hand: what is moved, chosen, pointed at, followed."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.camera import CameraId
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.earth import Place, destination, distance_m
from app.domain.geo.viewport import Viewport
from tests.fakes.map_site import SCENE, MapSite
from ui.map.hand import Tool
from ui.map.live import IncidentMark, Live, Track
from ui.map.view import MapView

RED = QColor("#ff5d52")
LEFT = Qt.MouseButton.LeftButton


def at(view: MapView, place: Place) -> QPoint:
    x, y = view.viewport.place_on_screen(place)
    return QPoint(round(x), round(y))


def drag(view: MapView, *points: QPoint) -> None:
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, points[0])
    for before, point in itertools.pairwise(points):
        QTest.mouseMove(view, (before + point) / 2)
        QTest.mouseMove(view, point)
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, points[-1])


def wheel(view: MapView, place: QPoint, notches: int) -> None:
    none, no = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        none,
        no,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def heard(signal: Any) -> list[Any]:
    found: list[Any] = []
    signal.connect(found.append)
    return found


def test_the_hand_takes_the_map_along(view: MapView, site: MapSite) -> None:
    before = view.viewport.place_at(300, 200)
    drag(view, QPoint(300, 200), QPoint(420, 260))
    assert distance_m(view.viewport.place_at(420, 260), before) < 1
    site.painted(view)


def test_the_wheel_zooms_where_the_pointer_is(view: MapView, site: MapSite) -> None:
    place = view.viewport.place_at(500, 100)
    wheel(view, QPoint(500, 100), 2)
    assert view.viewport.zoom == 18.0
    assert distance_m(view.viewport.place_at(500, 100), place) < 0.5
    site.painted(view)


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        (Qt.Key.Key_Left, (-160, 0)),
        (Qt.Key.Key_Down, (0, 120)),
        (Qt.Key.Key_Plus, None),
        (Qt.Key.Key_Minus, None),
    ],
)
def test_keys_move_and_zoom(view: MapView, key: Qt.Key, moved: tuple[int, int] | None) -> None:
    before = view.viewport
    QTest.keyClick(view, key)
    if moved is not None:
        assert view.viewport == before.panned(*moved)
    else:
        assert abs(view.viewport.zoom - before.zoom) == 1


def test_home_shows_all_cameras(view: MapView) -> None:
    view.look_at(Place(33.4, 126.5), 8.0)
    QTest.keyClick(view, Qt.Key.Key_Home)
    for number in range(9):
        x, y = view.viewport.place_on_screen(view.cameras.place(number))
        assert 0 < x < 800
        assert 0 < y < 600


def test_shift_zooms_to_a_box(view: MapView) -> None:
    left, right = view.viewport.place_at(300, 200), view.viewport.place_at(500, 300)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(view, LEFT, shift, QPoint(300, 200))
    QTest.mouseMove(view, QPoint(400, 250))
    QTest.mouseMove(view, QPoint(500, 300))
    QTest.mouseRelease(view, LEFT, shift, QPoint(500, 300))
    assert view.viewport.zoom > 18
    for place in (left, right):
        assert view.rect().contains(at(view, place))


def test_a_click_chooses_a_camera_and_a_double_click_opens_it(view: MapView) -> None:
    chosen, opened = heard(view.selection_changed), heard(view.camera_activated)
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.NoModifier, at(view, SCENE))
    assert chosen == [(CameraId("c0"),)]
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(view, LEFT, control, at(view, view.cameras.place(2)))
    assert chosen[-1] == (CameraId("c0"), CameraId("c2"))
    QTest.mouseDClick(view, LEFT, Qt.KeyboardModifier.NoModifier, at(view, SCENE))
    assert opened == [CameraId("c0")]
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    assert view.selected == ()


def test_a_radius_chooses_the_nearest_first(view: MapView) -> None:
    view.set_tool(Tool.RADIUS)
    drag(view, at(view, SCENE), at(view, destination(SCENE, 90, 160)))
    assert view.selected[0] == "c0"
    assert len(view.selected) == 9


def test_a_lasso_chooses_what_it_goes_around(view: MapView) -> None:
    view.set_tool(Tool.LASSO)
    corners = [destination(SCENE, bearing, 60) for bearing in (45, 135, 225, 315)]
    drag(view, *(at(view, corner) for corner in corners))
    assert view.selected == (CameraId("c0"),)


def test_a_filter_keeps_the_hidden_from_being_chosen(view: MapView, site: MapSite) -> None:
    view.set_filter(view.cameras.purpose.shown({"생활방범"}))
    site.painted(view)
    assert view.cameras_at(QPointF(at(view, SCENE))) == []
    view.set_tool(Tool.RADIUS)
    drag(view, at(view, SCENE), at(view, destination(SCENE, 90, 160)))
    assert set(view.selected) == {"c1", "c3", "c5", "c7"}


def test_escape_gives_a_tool_up(view: MapView) -> None:
    view.set_tool(Tool.MEASURE)
    drag(view, QPoint(100, 100), QPoint(200, 200))
    assert view.hand.busy
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.hand.busy


def test_incidents_and_tracks_are_above_the_cameras(view: MapView) -> None:
    incidents, tracks = heard(view.incident_activated), heard(view.track_activated)
    lit = heard(view.incident_hovered)
    mark = IncidentMark("i1", SCENE, "diamond", RED, "112 긴급영상")
    way = (SCENE, destination(SCENE, 20, 90))
    view.set_live(Live(tracks=(Track("t1", way, "순찰 12", RED),), incidents=(mark,)))
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.NoModifier, at(view, SCENE))
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.NoModifier, at(view, way[1]))
    assert (incidents, tracks) == (["i1"], ["t1"])
    for point in (QPoint(5, 5), at(view, SCENE), QPoint(5, 5)):
        QTest.mouseMove(view, point)
    assert lit == ["i1", ""]


def test_a_camera_under_the_pointer_is_told(view: MapView) -> None:
    hovered = heard(view.camera_hovered)
    QTest.mouseMove(view, at(view, SCENE))
    view.hide()
    assert hovered == [CameraId("c0"), None]


def test_a_track_is_followed_until_the_hand_moves_the_map(view: MapView) -> None:
    lost: list[bool] = []
    view.follow_lost.connect(lambda: lost.append(True))

    def moved(metres: float) -> Live:
        way = (SCENE, destination(SCENE, 90, metres))
        return Live(tracks=(Track("t1", way, "", RED),))

    view.set_live(moved(10))
    view.follow("t1")
    middle = view.viewport.middle
    view.set_live(moved(20))
    assert view.viewport.middle == middle, "it stays while the target is in the middle third"
    view.set_live(moved(900))
    assert distance_m(view.viewport.middle, destination(SCENE, 90, 900)) < 1
    drag(view, QPoint(100, 100), QPoint(200, 100))
    assert lost == [True]
    assert view.followed == ""


def test_it_pulses_only_while_there_is_something_new_to_see(view: MapView) -> None:
    new = IncidentMark("i1", SCENE, "circle", RED, "", new=True)
    view.set_live(Live(incidents=(new,)))
    assert view._pulse.isActive()
    view.hide()
    assert not view._pulse.isActive()
    view.show()
    assert view._pulse.isActive()
    view.set_live(Live(incidents=(IncidentMark("i1", SCENE, "circle", RED, ""),)))
    assert not view._pulse.isActive()


def test_where_it_looks_is_told_ten_times_a_second_at_most(view: MapView, site: MapSite) -> None:
    told: list[Viewport] = []
    view.viewport_changed.connect(told.append)
    for _ in range(50):
        view.set_viewport(view.viewport.panned(3, 0))
    site.qtbot.waitUntil(lambda: bool(told))
    assert told == [view.viewport]


def test_a_right_click_says_where_and_what(view: MapView) -> None:
    asked: list[tuple[object, ...]] = []
    view.context_requested.connect(lambda *what: asked.append(what))
    mark = IncidentMark("i1", SCENE, "square", RED, "")
    view.set_live(Live(incidents=(mark,)))
    point = at(view, SCENE)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.mapToGlobal(point))
    QApplication.sendEvent(view, event)
    place, cameras, incident, _ = asked[0]
    assert isinstance(place, Place)
    assert distance_m(place, SCENE) < 2
    assert (cameras, incident) == ([CameraId("c0")], "i1")


def test_without_cameras_it_shows_the_country(site: MapSite) -> None:
    site.cameras = CameraMap.of(())
    view = site.view()
    view.fit_cameras()
    assert 5 < view.viewport.zoom < 8
    assert view.cameras_at(QPointF(400, 300)) == []
    view.set_dead(np.zeros(0, np.bool_))
    view.shut()
    view.deleteLater()


def test_what_was_brought_into_view_stays_in_view_until_a_hand_moves_the_map(
    view: MapView,
) -> None:
    places = [destination(SCENE, bearing, 900) for bearing in (0, 90, 180, 270)]
    view.fit(places)
    view.resize(420, 300)
    for place in places:
        assert view.rect().contains(at(view, place))
    drag(view, QPoint(200, 150), QPoint(100, 150))
    moved = view.viewport.middle
    view.resize(800, 600)
    assert distance_m(view.viewport.middle, moved) < 1
