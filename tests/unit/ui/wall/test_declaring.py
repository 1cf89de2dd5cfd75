"""What the streams are asked for, and when nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain import wall as rule
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.layout import layout_named
from app.domain.stream import Importance, Want
from app.domain.tour import CameraStop, Tour, TourId
from app.domain.wall import MAIN_WINDOW
from tests.fakes.wall_site import LABEL, WallSite
from ui.wall.declaring import TOUR_LEAD_SECONDS, main_size
from ui.wall.wants import ASSUMED_MAIN, HIDDEN_SECONDS

MakeSite = Callable[..., WallSite]


class Asked:
    """The last wants that each viewer declared."""

    def __init__(self, site: WallSite, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wants: dict[str, Mapping[CameraId, Want]] = {}
        self.count = 0
        declare, withdraw = site.streams.declare, site.streams.withdraw

        def declared(viewer: str, wants: Mapping[CameraId, Want]) -> None:
            self.wants[viewer] = dict(wants)
            self.count += 1
            declare(viewer, wants)

        def withdrawn(viewer: str) -> None:
            self.wants.pop(viewer, None)
            withdraw(viewer)

        monkeypatch.setattr(site.streams, "declare", declared)
        monkeypatch.setattr(site.streams, "withdraw", withdrawn)

    @property
    def main(self) -> Mapping[CameraId, Want]:
        return self.wants.get("wall main", {})


@pytest.fixture
def asked(site: WallSite, monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(site, monkeypatch)


def c(index: int) -> CameraId:
    return CameraId(f"c{index}")


def test_every_shown_camera_is_asked_for_in_the_tiles_pixels(site: WallSite, asked: Asked) -> None:
    site.view()
    assert asked.main == {c(n): Want(320, 180, Importance.SHOWN) for n in range(16)}


def test_only_a_touched_tile_is_focused(site: WallSite, asked: Asked, qtbot: QtBot) -> None:
    view = site.view()
    assert {want.importance for want in asked.main.values()} == {Importance.SHOWN}
    view.set_focus(4)
    qtbot.waitUntil(lambda: asked.main[c(4)].importance is Importance.FOCUSED)
    assert not asked.main[c(4)].sharp
    assert asked.main[c(5)].importance is Importance.SHOWN


def test_enlarging_asks_for_main_and_keeps_the_others_for_a_while(
    site: WallSite, asked: Asked, qtbot: QtBot
) -> None:
    view = site.view()
    view.enlarge(4)
    qtbot.waitUntil(lambda: asked.main[c(4)].sharp)
    assert asked.main[c(4)] == Want(1286, 726, Importance.FOCUSED, sharp=True)
    assert asked.main[c(5)] == Want(320, 180, Importance.HIDDEN)
    site.passes(HIDDEN_SECONDS)
    assert list(asked.main) == [c(4)]
    view.restore()
    qtbot.waitUntil(lambda: len(asked.main) == 16)
    assert not asked.main[c(4)].sharp


def test_zooming_asks_for_sharper_pictures(site: WallSite, asked: Asked, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, (1, 2, 3))
    view.stage.poll()
    view.set_focus(5)
    view.zoom_in()
    qtbot.waitUntil(lambda: asked.main[c(5)].sharp)
    assert asked.main[c(5)].width == 400


def test_another_size_is_asked_for_once_it_has_settled(
    site: WallSite, asked: Asked, qtbot: QtBot
) -> None:
    view = site.view()
    before = asked.count
    for width in range(1000, 1040):
        view.resize(width, 726)
    assert asked.count == before
    qtbot.waitUntil(lambda: asked.count > before)
    assert asked.count == before + 1
    assert asked.main[c(0)].width == (1039 - 6) // 4


def test_a_hidden_window_asks_for_nothing_and_polls_nothing(
    site: WallSite, asked: Asked, qtbot: QtBot
) -> None:
    view = site.view()
    assert len(view.shown_cameras()) == 16
    view.hide()
    assert asked.main == {}
    assert not view.stage.on
    assert view.shown_cameras() == ()
    assert not view.stage._poll.isActive()
    view.show()
    qtbot.waitUntil(lambda: len(asked.main) == 16)
    assert view.stage._poll.isActive()


def test_a_minimised_window_asks_for_nothing(site: WallSite, asked: Asked, qtbot: QtBot) -> None:
    view = site.view()
    view.showMinimized()
    qtbot.waitUntil(lambda: asked.main == {})
    view.showNormal()
    qtbot.waitUntil(lambda: len(asked.main) == 16)


def test_an_empty_wall_is_not_polled(site: WallSite, asked: Asked, qtbot: QtBot) -> None:
    view = site.view()
    site.walls.apply(MAIN_WINDOW, rule.cleared(site.wall), LABEL)
    qtbot.waitUntil(lambda: asked.main == {})
    assert not view.stage._poll.isActive()


def test_another_layout_asks_anew(site: WallSite, asked: Asked, qtbot: QtBot) -> None:
    site.view()
    site.walls.apply(MAIN_WINDOW, rule.with_layout(site.wall, layout_named("4")), LABEL)
    qtbot.waitUntil(lambda: len(asked.main) == 4)
    assert asked.main[c(0)] == Want(642, 362, Importance.SHOWN)


def test_a_closed_window_hears_nothing_any_more(site: WallSite, asked: Asked) -> None:
    view = site.view()
    before = len(site.walls.changed)
    view.shut()
    assert asked.main == {}
    assert len(site.walls.changed) == before - 1
    assert len(site.streams.truth_changed) == 0


def test_a_tours_next_camera_is_connected_in_time(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tour = Tour(TourId("t"), "day", (CameraStop(c(1), 10.0), CameraStop(c(9), 10.0)))
    site = make_site("4", 4, (tour,))
    asked = Asked(site, monkeypatch)
    view = site.view()
    view.put_tour(tour.id, 3)
    qtbot.waitUntil(lambda: c(3) not in asked.main)
    assert c(9) not in asked.main
    site.clock.at += 10.0 - TOUR_LEAD_SECONDS
    view.stage.second()
    assert asked.main[c(9)].importance is Importance.WARM
    site.clock.at += TOUR_LEAD_SECONDS
    site.tours.tick()
    qtbot.waitUntil(lambda: asked.main[c(9)].importance is Importance.SHOWN)


def test_a_hot_spot_shows_what_was_touched_last_sharply(
    site: WallSite, asked: Asked, qtbot: QtBot
) -> None:
    view = site.view()
    view.toggle_hot_spot(0)
    QTest.mouseClick(
        view, Qt.MouseButton.LeftButton, pos=view.stage.panes.everything[6].area.center()
    )
    assert view.stage.panes.everything[0].camera == c(6)
    qtbot.waitUntil(lambda: c(6) in asked.main and asked.main[c(6)].sharp)
    view.set_focus(0)
    assert view.stage.panes.everything[0].camera == c(6)


def test_a_hot_spot_follows_another_window(site: WallSite) -> None:
    view = site.view()
    view.toggle_hot_spot(0)
    other = site.view(site.walls.open_window())
    other.show_cameras([c(20)], 0)
    other.set_focus(0)
    assert view.stage.panes.everything[0].camera == c(20)


def test_the_size_of_a_main_stream_comes_from_the_list() -> None:
    bare = Camera(c(0), 1, "a", "", "")
    known = Camera(c(0), 1, "a", "", "", (Profile(ProfileName.MAIN, "rtsp://h", 1280, 720),))
    assert main_size(None) == ASSUMED_MAIN
    assert main_size(bare) == ASSUMED_MAIN
    assert main_size(known) == (1280, 720)
