"""The window as a whole: what others hear of it, languages, themes, screen readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.layout import layout_named
from app.domain.stream import Fault, Phase, StreamStatus
from app.domain.text import Text
from app.domain.tour import CameraStop, Tour, TourId
from app.domain.wall import MAIN_WINDOW
from app.services.tours import TourPlace
from tests.fakes.wall_site import HEIGHT, LABEL, RED, WIDTH, WallSite, colour_at, grabbed
from ui.theme import ThemeName
from ui.wall.announce import spoken
from ui.wall.control import Control
from ui.wall.hot_spot import HotSpot
from ui.wall.looks import Looks
from ui.wall.pad import NumberPad
from ui.wall.panes import Extent, Panes
from ui.wall.services import WallServices
from ui.wall.stage import Stage
from ui.wall.view import WallView

MakeSite = Callable[..., WallSite]


def heard_by(signal: object) -> list[object]:
    heard: list[object] = []
    signal.connect(heard.append)  # type: ignore[attr-defined]
    return heard


def test_snapshot_and_replay_name_the_focused_camera(site: WallSite) -> None:
    view = site.view()
    snapshots, replays = heard_by(view.snapshot_requested), heard_by(view.replay_requested)
    view.snapshot()
    view.replay()
    assert (snapshots, replays) == ([], [])
    view.set_focus(6)
    view.snapshot()
    view.replay(9)
    assert (snapshots, replays) == (["c6"], ["c9"])


def test_the_focus_tells_a_new_camera_in_its_tile(site: WallSite) -> None:
    view = site.view()
    heard = heard_by(view.focus_changed)
    view.set_focus(6)
    view.show_cameras([CameraId("c20")], 6)
    view.clear()
    assert heard == ["c6", "c20", None]
    assert view.focused_index == 6


def test_a_smaller_layout_takes_the_focus_away_with_its_tile(site: WallSite) -> None:
    view = site.view()
    view.set_focus(12)
    site.walls.apply(MAIN_WINDOW, rule.with_layout(site.wall, layout_named("4")), LABEL)
    assert view.focused_index is None
    assert view.focused_camera is None


def test_clearing_the_enlarged_tile_shows_the_wall_again(site: WallSite) -> None:
    view = site.view()
    view.enlarge(3)
    view.clear()
    assert view.enlarged_index is None
    assert len(view.shown_cameras()) == 15


def test_cameras_without_a_tile_fill_the_free_ones(site: WallSite) -> None:
    view = site.view()
    view.clear(2)
    view.clear(9)
    messages: list[str] = []
    view.message.connect(lambda text: messages.append(text.en))
    view.show_cameras([CameraId("c20"), CameraId("c21"), CameraId("c22")])
    assert (site.cameras()[2], site.cameras()[9]) == ("c20", "c21")
    assert messages == ["Only 2 of 3 cameras had a tile."]


def test_space_pauses_the_tour_of_the_tile(make_site: MakeSite) -> None:
    stops = tuple(CameraStop(CameraId(name), 10.0) for name in ("c1", "c2"))
    tour = Tour(TourId("t"), "day", stops)
    site = make_site("4", 4, (tour,))
    view = site.view()
    view.put_tour(tour.id, 0)
    place = TourPlace(MAIN_WINDOW, 0)

    def paused() -> bool:
        run = site.tours.run_at(place)
        assert run is not None
        return run.paused

    view.pause_tour(0)
    assert paused()
    view.pause_tour(0)
    assert not paused()
    site.clock.at += 10.0
    site.tours.tick()
    assert view.stage.panes.everything[0].camera == "c2"


def test_a_tour_shows_how_much_of_its_stop_is_over(make_site: MakeSite) -> None:
    stops = tuple(CameraStop(CameraId(name), 10.0) for name in ("c1", "c2"))
    tour = Tour(TourId("t"), "day", stops)
    site = make_site("1", 1, (tour,))
    view = site.view()
    view.put_tour(tour.id, 0)
    site.clock.at += 5.0
    image = grabbed(view)
    text = site.services.theme.on_wall("text")
    assert colour_at(image, WIDTH * 0.25, HEIGHT - 1) == (text.red(), text.green(), text.blue())
    assert colour_at(image, WIDTH * 0.75, HEIGHT - 1) == (0, 0, 0)


def test_the_words_change_with_the_language(site: WallSite, qapp: QCoreApplication) -> None:
    class Marking(QTranslator):
        @override
        def translate(
            self, _context: str, sourceText: str, _comment: str | None = None, n: int = -1
        ) -> str:
            return f"<{sourceText}>"

        @override
        def isEmpty(self) -> bool:
            return False

    view = site.view()
    site.engine.says(StreamStatus(CameraId("c0"), Phase.WAITING, fault=Fault.UNAUTHORISED))
    before = grabbed(view)
    name = view.accessibleName()
    translator = Marking()
    qapp.installTranslator(translator)
    try:
        QCoreApplication.sendPostedEvents()
        assert view.accessibleName() == f"<{name}>"
        after = grabbed(view)
        panes = view.stage.panes.everything
        assert spoken(panes[0]).endswith("<Sign-in failed>")
        assert before.copy(0, 60, 320, 60) != after.copy(0, 60, 320, 60)
    finally:
        qapp.removeTranslator(translator)


def test_the_wall_stays_dark_in_a_light_theme(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED, (240, 180))
    view.stage.poll()
    view.set_focus(9)
    before = grabbed(view)
    site.services.theme.set(ThemeName.LIGHT)
    assert grabbed(view) == before


def test_large_text_makes_the_captions_larger(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    before = view.stage.surface.badges.labels.caption_height
    site.services.theme.set(ThemeName.DARK, large=True)
    assert view.stage.surface.badges.labels.caption_height > before
    grabbed(view)
    caption = view.stage.panes.everything[5].badges.caption
    assert caption is not None
    assert caption.height() > before


def test_a_screen_reader_hears_the_focused_tile(site: WallSite) -> None:
    view = site.view()
    site.feed(6, RED)
    view.stage.poll()
    view.set_focus(6)
    assert view.accessibleName() == "Wall of cameras"
    assert view.accessibleDescription() == "Tile 7, 1007, Camera 6, live"
    site.passes(14.0)
    view.set_focus(6)
    assert "Frozen picture · 14 s ago" in view.accessibleDescription()
    view.clear()
    view.set_focus(6)
    assert view.accessibleDescription() == "Tile 7, Empty tile"


def test_the_camera_list_may_change_under_the_wall(site: WallSite) -> None:
    view = site.view()
    site.feed(6, RED)
    view.stage.poll()
    catalog = site.services.catalog
    kept = [camera for n in range(16) if (camera := catalog.get(CameraId(f"c{n}"))) and n != 6]
    catalog.load(kept)  # type: ignore[attr-defined]
    assert view.stage.panes.everything[6].look is None
    image = grabbed(view)
    assert colour_at(image, *(2 * 322 + 20, 182 + 20)) == (0, 0, 0)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_device_pixels_tile_the_window_at_every_scale(site: WallSite, ratio: float) -> None:
    """Areas never overlap, so that a picture never paints its neighbour's tile as well."""
    panes = Panes(site.services, MAIN_WINDOW)
    panes.rebuild(Extent(round(1283 * ratio), round(727 * ratio), ratio))
    for pane in panes.visible:
        others = [other for other in panes.visible if other is not pane]
        assert not any(pane.area.intersects(other.area) for other in others)
        assert pane.area.width() * ratio >= pane.rect.width
    last = panes.everything[-1].rect
    assert (last.right, last.bottom) == (round(1283 * ratio), round(727 * ratio))
    assert panes.at(1282, 726) is panes.everything[-1]


def test_the_parts_are_what_they_are_called(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    assert isinstance(view, WallView)
    assert isinstance(view.stage, Stage)
    assert isinstance(view.stage.looks, Looks)
    assert isinstance(view.stage.pad, NumberPad)
    assert isinstance(view.control, Control)
    assert isinstance(site.services.hot_spot, HotSpot)
    assert view.control.pane(99) is None
    messages: list[Text] = []
    view.message.connect(messages.append)
    assert not view.call_camera(5)
    assert messages == [Text("카메라 5번이 없습니다.", "There is no camera 5.")]


def test_each_console_has_a_hot_spot_of_its_own(site: WallSite) -> None:
    ours = site.services
    another = WallServices(
        ours.walls, ours.streams, ours.catalog, ours.tours, ours.figures, ours.theme, ours.clock
    )
    assert another.hot_spot is not ours.hot_spot
