"""The mouse on the wall, with real mouse events."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.camera import CameraId
from app.domain.tour import CameraStop, Tour, TourId
from app.domain.wall import MAIN_WINDOW
from app.services.tours import TourPlace
from tests.fakes.wall_site import (
    BLUE,
    GREEN,
    RED,
    WallSite,
    centre,
    colour_at,
    grabbed,
    inside,
)
from ui.wall.marks import map_rect
from ui.wall.pane import Pane
from ui.wall.pointer import Pointer
from ui.wall.view import WallView

Button = Qt.MouseButton
MakeSite = Callable[..., WallSite]


def at(index: int) -> QPoint:
    return QPoint(*centre(index))


def click(view: WallView, index: int, button: Qt.MouseButton = Button.LeftButton) -> None:
    QTest.mouseClick(view, button, pos=at(index))


def wheel(view: WallView, where: QPoint, notches: float) -> None:
    event = QWheelEvent(
        QPointF(where),
        QPointF(view.mapToGlobal(where)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Button.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view: WallView, start: QPoint, *way: QPoint) -> None:
    QTest.mousePress(view, Button.LeftButton, pos=start)
    for point in way:
        QTest.mouseMove(view, point)
    QTest.mouseRelease(view, Button.LeftButton, pos=way[-1])


def test_a_click_focuses(site: WallSite) -> None:
    view = site.view()
    click(view, 6)
    assert view.focused_index == 6
    assert view.focused_camera == "c6"


def test_a_click_between_the_tiles_does_nothing(site: WallSite) -> None:
    view = site.view()
    QTest.mouseClick(view, Button.LeftButton, pos=QPoint(321, 90))
    assert view.focused_index is None


def test_a_double_click_enlarges_and_another_returns(site: WallSite) -> None:
    view = site.view()
    QTest.mouseDClick(view, Button.LeftButton, pos=at(6))
    assert view.enlarged_index == 6
    QTest.mouseDClick(view, Button.LeftButton, pos=at(1))
    assert view.enlarged_index is None


def test_the_middle_button_clears_and_undo_brings_it_back(site: WallSite) -> None:
    view = site.view()
    click(view, 6, Button.MiddleButton)
    assert site.cameras()[6] is None
    site.walls.undo()
    assert site.cameras()[6] == "c6"


def test_the_wheel_zooms_at_the_pointer(site: WallSite) -> None:
    view = site.view()
    pixels = np.zeros((180, 320, 4), np.uint8)
    pixels[:, :160] = (*RED[::-1], 255)
    pixels[:, 160:] = (*BLUE[::-1], 255)
    site.shows(5, pixels)
    view.stage.poll()
    grabbed(view)
    left = QPoint(*inside(5, 80, 90))
    assert colour_at(grabbed(view), *inside(5, 300, 140)) == BLUE
    wheel(view, left, 20)
    pane = view.stage.panes.everything[5]
    assert pane.zoom.factor == 8.0
    image = grabbed(view)
    assert colour_at(image, *inside(5, 10, 140)) == RED
    assert colour_at(image, *inside(5, 300, 140)) == RED
    wheel(view, left, -40)
    assert not pane.zoom.active


def test_a_touch_pad_zooms_in_small_steps(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    for _ in range(8):
        wheel(view, at(5), 0.125)
    assert view.stage.panes.everything[5].zoom.factor == pytest.approx(1.25)


def test_a_map_shows_which_part_is_seen(site: WallSite) -> None:
    view = site.view()
    pixels = np.zeros((180, 320, 4), np.uint8)
    pixels[:90] = (*GREEN[::-1], 255)
    pixels[90:] = (*BLUE[::-1], 255)
    site.shows(5, pixels)
    view.stage.poll()
    grabbed(view)
    wheel(view, QPoint(*inside(5, 0, 179)), 3.2)
    image = grabbed(view)
    pane = view.stage.panes.everything[5]
    box = map_rect(pane, 1.0)
    assert colour_at(image, *inside(5, 20, 60)) == BLUE
    # The lower left of the map is what is seen and has its own colour, the upper right is dark.
    assert colour_at(image, box.x + 5, box.bottom - 5) == BLUE
    assert max(colour_at(image, box.right - 5, box.y + 5)) < max(GREEN)


def test_dragging_a_zoomed_picture_pans_it(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    grabbed(view)
    wheel(view, QPoint(*inside(5, 0, 0)), 5)
    pane = view.stage.panes.everything[5]
    assert (pane.zoom.left, pane.zoom.top) == (0.0, 0.0)
    start = at(5)
    drag(view, start, start - QPoint(30, 20), start - QPoint(60, 30))
    assert pane.zoom.left == pytest.approx(60 / 320 / pane.zoom.factor, rel=0.01)
    assert pane.zoom.top == pytest.approx(30 / 180 / pane.zoom.factor, rel=0.01)
    assert site.cameras()[5] == "c5"


def test_dragging_a_tile_takes_it_along(site: WallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    view = site.view()
    dragged: list[int] = []

    def begin(pane: Pane) -> None:
        dragged.append(pane.index)

    monkeypatch.setattr(view, "drag_tile", begin)
    view.clear(7)
    drag(view, at(6), at(6) + QPoint(2, 0))
    assert dragged == []
    drag(view, at(6), at(6) + QPoint(30, 0), at(6) + QPoint(60, 0))
    assert dragged == [6]
    drag(view, at(7), at(7) + QPoint(30, 0))
    assert dragged == [6]
    assert isinstance(view._pointer, Pointer)


def test_a_right_click_opens_the_menu_of_its_tile(site: WallSite) -> None:
    view = site.view()
    click(view, 9, Button.RightButton)
    assert view.focused_index == 9


def test_a_touch_pauses_the_tour_in_the_tile(make_site: MakeSite) -> None:
    stops = tuple(CameraStop(CameraId(name), 10.0) for name in ("c1", "c2"))
    tour = Tour(TourId("t"), "day", stops)
    site = make_site("4", 4, (tour,))
    view = site.view()
    view.put_tour(tour.id, 0)
    place = TourPlace(MAIN_WINDOW, 0)
    run = site.tours.run_at(place)
    assert run is not None
    assert not run.paused
    QTest.mouseClick(view, Button.LeftButton, pos=QPoint(50, 50))
    run = site.tours.run_at(place)
    assert run is not None
    assert run.paused
