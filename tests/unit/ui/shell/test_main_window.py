from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.wall import MAIN_WINDOW
from tests.fakes.shell_site import ShellSite
from ui.shell.key_overlay import KeyOverlay
from ui.shell.main_window import MainWindow
from ui.shell.screens import Screens

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_wall_has_the_keyboard_at_the_start(screens: Screens) -> None:
    assert isinstance(screens.main, MainWindow)
    assert screens.main.focusWidget() is screens.main.view


def test_the_rail_shows_only_what_works(screens: Screens) -> None:
    main = screens.main
    for name, button in main.rail.buttons.items():
        assert name in main.frame.actions
        assert button.text()
    assert {"section.wall", "section.map", "section.settings"} <= main.rail.buttons.keys()
    assert "section.incidents" not in main.rail.buttons, "there is no hub"


def test_ctrl_b_hides_the_cameras_and_gives_the_wall_the_room(
    screens: Screens, qtbot: QtBot
) -> None:
    main, before = screens.main, screens.main.view.width()
    QTest.keyClick(main, Key.Key_B, CTRL)
    assert main.side.isHidden()
    qtbot.waitUntil(lambda: main.view.width() > before)
    QTest.keyClick(main, Key.Key_B, CTRL)
    assert main.side.page == "panel.cameras"


def test_ctrl_f_puts_the_keyboard_into_the_search(screens: Screens, qtbot: QtBot) -> None:
    QTest.keyClick(screens.main, Key.Key_F, CTRL)
    assert screens.main.focusWidget() is screens.main.cameras.search


def test_a_camera_of_the_list_goes_to_the_focused_tile(
    screens: Screens, site: ShellSite, qtbot: QtBot
) -> None:
    screens.main.view.set_focus(3)
    screens.main.cameras.camera_chosen.emit("c0")
    wall = site.console.walls.wall(MAIN_WINDOW)
    assert wall.tiles[3] == wall.tiles[0]


def test_settings_open_beside_the_wall(screens: Screens, qtbot: QtBot) -> None:
    main = screens.main
    main.frame.actions["section.settings"].trigger()
    assert main.settings.isVisible()
    assert main.view.isVisible()
    assert main.rail.buttons["section.settings"].isChecked()
    main.frame.actions["section.settings"].trigger()
    assert main.side.isHidden()


def test_full_screen_leaves_nothing_but_the_wall(screens: Screens, qtbot: QtBot) -> None:
    main = screens.main
    QTest.keyClick(main, Key.Key_F11)
    qtbot.waitUntil(main.isFullScreen)
    assert main.rail.isHidden()
    assert main.status.isHidden()
    assert main.side.isHidden()
    QTest.keyClick(main, Key.Key_F11)
    qtbot.waitUntil(lambda: not main.isFullScreen())
    assert main.rail.isVisible()
    assert main.side.isVisible()


def test_the_status_line_counts_the_pictures(screens: Screens, site: ShellSite) -> None:
    site.console.figures.tick()
    site.console.figures.tick()
    screens.main.follow_status()
    assert "0/16" in screens.main.status.words()
    assert "test list" in screens.main.status.words()


def test_the_panel_s_width_is_remembered(screens: Screens, site: ShellSite, qtbot: QtBot) -> None:
    screens.main.split.setSizes([0, 800, 0, 420])
    screens.main.split.splitterMoved.emit(800, 1)
    assert site.console.preferences.values.side_panel_width == screens.main.side.width()


def test_the_panel_is_as_wide_as_before_after_another_part(screens: Screens, qtbot: QtBot) -> None:
    main = screens.main
    main.resize(1440, 810)
    main.show_part("replay")
    main.show_wall()
    width = main.side.width()
    main.split.setSizes([0, main.split.width() - 400, 0, 400])
    main.split.splitterMoved.emit(800, 1)
    main.show_part("replay")
    main.show_wall()
    qtbot.waitUntil(lambda: main.side.width() == 400)
    assert width != 400


def test_closing_asks_to_quit_and_keeps_the_window(screens: Screens, quits: list[str]) -> None:
    screens.main.close()
    assert quits == ["quit"]
    assert screens.main.isVisible()


def test_the_question_mark_shows_the_keys_until_any_key(screens: Screens, qtbot: QtBot) -> None:
    main = screens.main
    main.frame.actions["program.keys"].trigger()
    overlay = main.findChild(KeyOverlay)
    assert isinstance(overlay, KeyOverlay)
    assert overlay.isVisible()
    QTest.keyClick(overlay, Key.Key_Shift)
    assert overlay.isVisible()
    with qtbot.waitSignal(overlay.destroyed):
        QTest.keyClick(overlay, Key.Key_S)
    assert main.focusWidget() is main.view
    assert site_has_no_notice(screens)


def site_has_no_notice(screens: Screens) -> bool:
    """The key that closed the overlay did nothing else."""
    return not screens.main.notices.toasts


def test_the_title_names_the_wall(screens: Screens, site: ShellSite) -> None:
    screens.main.frame.commands._save("North gate")
    assert screens.main.windowTitle().startswith("North gate")


def test_the_screen_stays_on_while_the_wall_is_shown(screens: Screens, site: ShellSite) -> None:
    assert site.inhibitor.calls == ["hold"]
    site.console.preferences.set("keep_awake", False)
    assert site.inhibitor.calls == ["hold", "release"]
