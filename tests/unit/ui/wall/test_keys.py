"""The keyboard on the wall, with real key events."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.text import Text
from tests.fakes.wall_site import RED, WallSite, centre, colour_at, grabbed, inside
from ui.wall.keys import Keys
from ui.wall.number_entry import PATIENCE_SECONDS
from ui.wall.view import WallView

Key = Qt.Key


def press(view: WallView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view, key)


def enlarged(view: WallView) -> int | None:
    return view.enlarged_index


def messages(view: WallView) -> list[Text]:
    heard: list[Text] = []
    view.message.connect(heard.append)
    return heard


def test_there_is_no_focus_before_a_hand_touches_the_wall(site: WallSite) -> None:
    view = site.view()
    assert view.focused_index is None
    press(view, Key.Key_Right)
    assert view.focused_index == 0


def test_arrows_move_the_focus_and_stop_at_the_edge(site: WallSite) -> None:
    view = site.view()
    heard: list[CameraId | None] = []
    view.focus_changed.connect(heard.append)
    press(view, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_Up)
    assert heard == ["c0", "c1", "c5", "c4", "c0"]
    assert view.focused_camera == "c0"


def test_the_focus_has_a_frame_in_the_focus_colour(site: WallSite) -> None:
    view = site.view()
    site.feed(1, RED)
    view.stage.poll()
    press(view, Key.Key_Right, Key.Key_Right)
    colour = site.services.theme.on_wall("focus")
    frame = (colour.red(), colour.green(), colour.blue())
    image = grabbed(view)
    assert colour_at(image, *inside(1, 0, 90)) == frame
    assert colour_at(image, *inside(1, 319, 90)) == frame
    assert colour_at(image, *centre(1)) == RED
    assert colour_at(image, *inside(0, 0, 90)) != frame


def test_enter_enlarges_and_escape_returns(site: WallSite) -> None:
    view = site.view()
    view.set_focus(6)
    press(view, Key.Key_Return)
    assert enlarged(view) == 6
    site.feed(6, RED, (1286, 723))
    view.stage.poll()
    assert colour_at(grabbed(view), 20, 20) == RED
    press(view, Key.Key_Escape)
    assert enlarged(view) is None
    assert view.focused_index == 6


def test_arrows_walk_through_enlarged_tiles_that_hold_something(site: WallSite) -> None:
    view = site.view()
    view.clear(7)
    view.set_focus(5)
    press(view, Key.Key_Return, Key.Key_Right)
    assert view.enlarged_index == 6
    press(view, Key.Key_Right)
    assert view.enlarged_index == 6


def test_an_empty_tile_is_not_enlarged(site: WallSite) -> None:
    view = site.view()
    view.clear(7)
    view.set_focus(7)
    press(view, Key.Key_Return)
    assert view.enlarged_index is None


def test_delete_clears_and_undo_brings_it_back(site: WallSite) -> None:
    view = site.view()
    view.set_focus(3)
    press(view, Key.Key_Delete)
    assert site.cameras()[3] is None
    site.walls.undo()
    assert site.cameras()[3] == "c3"
    assert view.stage.panes.everything[3].camera == "c3"
    assert view.focused_index == 3


def test_a_number_and_enter_call_a_camera_into_the_focused_tile(site: WallSite) -> None:
    view = site.view()
    view.set_focus(2)
    QTest.keyClicks(view, "1020")
    assert view.entry.digits == "1020"
    assert site.cameras()[2] == "c2"
    press(view, Key.Key_Return)
    assert not view.entry.active
    assert site.cameras()[2] == "c19"
    site.walls.undo()
    assert site.cameras()[2] == "c2"


def test_without_a_focus_the_first_free_tile_takes_it(site: WallSite) -> None:
    view = site.view()
    view.clear(9)
    QTest.keyClicks(view, "1020")
    press(view, Key.Key_Enter)
    assert site.cameras()[9] == "c19"
    assert view.focused_index == 9


def test_a_full_wall_without_a_focus_asks_for_a_tile(site: WallSite) -> None:
    view = site.view()
    heard = messages(view)
    QTest.keyClicks(view, "1020")
    press(view, Key.Key_Enter)
    assert "c19" not in site.cameras()
    assert [text.en for text in heard] == ["There is no free tile. Choose a tile first."]


def test_an_unknown_number_says_so_and_changes_nothing(site: WallSite) -> None:
    view = site.view()
    heard = messages(view)
    view.set_focus(2)
    QTest.keyClicks(view, "77")
    press(view, Key.Key_Return)
    assert view.entry.unknown
    assert [text.en for text in heard] == ["There is no camera 77."]
    assert site.cameras()[2] == "c2"


def test_the_pad_is_on_the_wall_while_a_number_is_typed(site: WallSite) -> None:
    view = site.view()
    site.feed(5, (255, 255, 255))
    view.stage.poll()
    view.set_focus(5)
    assert colour_at(grabbed(view), *inside(5, 40, 130)) == (255, 255, 255)
    QTest.keyClicks(view, "1")
    assert max(colour_at(grabbed(view), *inside(5, 40, 130))) < 80
    press(view, Key.Key_Escape)
    assert colour_at(grabbed(view), *inside(5, 40, 130)) == (255, 255, 255)
    assert view.enlarged_index is None


def test_backspace_takes_a_digit_back(site: WallSite) -> None:
    view = site.view()
    QTest.keyClicks(view, "12")
    press(view, Key.Key_Backspace)
    assert view.entry.digits == "1"
    press(view, Key.Key_Backspace)
    assert not view.entry.active


def test_a_forgotten_number_goes_away(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    QTest.keyClicks(view, "12")
    site.clock.at += PATIENCE_SECONDS - 0.1
    view.control.forget_stale_entry()
    assert view.entry.active
    site.clock.at += 0.1
    qtbot.waitUntil(lambda: not view.entry.active)


def test_digits_and_enter_belong_to_the_number_before_any_shortcut(site: WallSite) -> None:
    view = site.view()
    keys = Keys(view)

    def event(key: Qt.Key, text: str = "") -> QKeyEvent:
        return QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)

    def taken(key: Qt.Key, text: str = "") -> bool:
        override = event(key, text)
        override.ignore()
        QApplication.sendEvent(view, override)
        assert override.isAccepted() == keys.wants(event(key, text))
        return override.isAccepted()

    assert taken(Key.Key_4, "4")
    assert not taken(Key.Key_Return)
    assert not taken(Key.Key_S, "s")
    QTest.keyClicks(view, "4")
    assert taken(Key.Key_Return)
    assert taken(Key.Key_Escape)
    assert not taken(Key.Key_S, "s")


def test_plus_minus_and_zero_zoom(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    view.set_focus(5)
    pane = view.stage.panes.everything[5]
    press(view, Key.Key_Plus, Key.Key_Plus, Key.Key_Minus)
    assert pane.zoom.factor == 1.25
    press(view, Key.Key_0)
    assert not pane.zoom.active
    assert not view.entry.active


def test_escape_shows_the_whole_picture_of_a_zoomed_tile(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    view.set_focus(5)
    press(view, Key.Key_Plus, Key.Key_Escape)
    assert not view.stage.panes.everything[5].zoom.active


def test_the_details_follow_the_focus(site: WallSite) -> None:
    view = site.view()
    for index in (0, 1):
        site.feed(index, RED)
    view.stage.poll()
    view.set_focus(0)
    press(view, Key.Key_I)
    panes = view.stage.panes.everything
    assert ("Size", "640 × 360") in panes[0].rows
    press(view, Key.Key_Right)
    assert panes[0].rows == ()
    assert panes[1].rows != ()
    press(view, Key.Key_I)
    assert panes[1].rows == ()


def test_the_menu_key_opens_the_menu_at_the_tile(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    made: list[QMenu] = []

    def menu() -> QMenu:
        made.append(QMenu(view))
        made[-1].addAction("…")
        return made[-1]

    view.set_menu(menu)
    view.set_focus(5)
    press(view, Key.Key_Menu)
    qtbot.waitUntil(made[0].isVisible)
    assert view.stage.panes.everything[5].area.contains(view.mapFromGlobal(made[0].pos()))
    made[0].close()


def test_keys_the_wall_does_not_know_go_on(site: WallSite) -> None:
    view = site.view()
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_F7, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()
