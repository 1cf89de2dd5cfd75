from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.wall import MAIN_WINDOW, WindowId
from tests.fakes.shell_site import ShellSite
from ui.shell.kiosk import Kiosk, PointerHider
from ui.shell.screens import Screens
from ui.shell.vigil import Vigil
from ui.shell.wall_frame import WallFrame
from ui.shell.wall_window import WallWindow
from ui.shell.windows import Windows

CTRL = Qt.KeyboardModifier.ControlModifier
SECOND = WindowId("2")


def second(screens: Screens) -> WallWindow:
    return screens.windows.open[SECOND]


def test_ctrl_n_opens_a_window_that_is_nothing_but_a_wall(
    screens: Screens, site: ShellSite, qtbot: QtBot
) -> None:
    QTest.keyClick(screens.main, Qt.Key.Key_N, CTRL)
    window = second(screens)
    assert window.isVisible()
    assert window.frame.view.window_id == SECOND
    assert isinstance(window.frame, WallFrame)
    assert isinstance(screens.windows, Windows)
    assert window.windowTitle() == "Wall 2"


def test_closing_it_can_be_undone(screens: Screens, site: ShellSite) -> None:
    screens.main.frame.commands.new_window()
    second(screens).close()
    assert screens.windows.open == {}
    screens.main.frame.commands.undo()
    assert SECOND in screens.windows.open


def test_ctrl_w_closes_the_wall_window_only(
    screens: Screens, quits: list[str], qtbot: QtBot
) -> None:
    screens.main.frame.commands.new_window()
    activate(second(screens), qtbot)
    QTest.keyClick(second(screens), Qt.Key.Key_W, CTRL)
    assert screens.windows.open == {}
    activate(screens.main, qtbot)
    QTest.keyClick(screens.main, Qt.Key.Key_W, CTRL)
    assert quits == []


def test_the_windows_of_the_last_time_come_back(site: ShellSite, qtbot: QtBot) -> None:
    site.console.walls.open_window()
    screens = Screens(site.desk, lambda: None)
    screens.open()
    assert SECOND in screens.windows.open
    screens.close()
    assert SECOND in site.console.walls.windows()


def test_the_first_start_opens_the_windows_of_the_workstation(
    site: ShellSite, qtbot: QtBot
) -> None:
    wanted = {MAIN_WINDOW: "1", SECOND: "7", WindowId("3"): "1"}
    site.console.config = replace(site.console.config, monitors=wanted, site="가람시")
    screens = Screens(site.desk, lambda: None)
    screens.open()
    assert screens.windows.open.keys() == {SECOND, WindowId("3")}
    assert second(screens).isVisible()
    assert "가람시" in screens.main.windowTitle()
    (notice,) = site.notices.open
    assert notice.words() == "The monitor 7 is not there: wall 2 is on the main one."
    site.console.walls.close_window(SECOND)
    screens.main.frame.placing.remember()
    screens.close()
    # Later they are as the operator left them.
    again = Screens(site.desk, lambda: None)
    again.open()
    assert again.windows.open.keys() == {WindowId("3")}
    again.close()


def test_a_closed_window_asks_for_no_pictures(screens: Screens, site: ShellSite) -> None:
    screens.main.frame.commands.new_window()
    view = second(screens).frame.view
    view.show_cameras([site.ids[5]])
    assert site.ids[5] in view.shown_cameras()
    second(screens).close()
    tiles = list(site.console.tiles())
    assert tiles.count(site.ids[5]) == 1


def test_the_screens_may_sleep_when_no_wall_is_shown(screens: Screens, site: ShellSite) -> None:
    screens.main.frame.commands.new_window()
    assert site.inhibitor.calls == ["hold"]
    screens.main.hide()
    assert site.console.awake.held
    second(screens).close()
    assert site.inhibitor.calls == ["hold", "release"]
    assert isinstance(screens._vigil, Vigil)


def activate(window: QWidget, qtbot: QtBot) -> None:
    """Shortcuts belong to the active window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def kiosk_of(site: ShellSite, stopped: list[str]) -> tuple[Screens, Kiosk]:
    site.console.preferences.set("kiosk", True)
    screens = Screens(site.desk, lambda: stopped.append("stop"))
    screens.open()
    kiosk = screens.main.frame.kiosk
    assert kiosk is not None
    return screens, kiosk


def test_a_kiosk_is_left_by_the_chord_and_a_confirmed_answer_only(
    site: ShellSite, qtbot: QtBot
) -> None:
    stopped: list[str] = []
    screens, kiosk = kiosk_of(site, stopped)
    main = screens.main
    activate(main, qtbot)
    assert main.isFullScreen()
    assert main.windowFlags() & Qt.WindowType.FramelessWindowHint
    QTest.keyClick(main, Qt.Key.Key_F11)
    QTest.keyClick(main, Qt.Key.Key_Q, CTRL)
    QTest.keyClick(main, Qt.Key.Key_N, CTRL)
    assert main.isFullScreen()
    assert stopped == []
    assert not screens.windows.open
    chord = CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(main, Qt.Key.Key_Q, chord)
    question = main.findChild(QMessageBox)
    assert isinstance(question, QMessageBox)
    assert question.defaultButton().text() == "Stay"
    question.defaultButton().click()
    assert main.isFullScreen()
    kiosk.end()
    assert not main.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert not main.isFullScreen()
    assert not main.frame.actions["kiosk.leave"].isEnabled()
    activate(main, qtbot)
    QTest.keyClick(main, Qt.Key.Key_Q, CTRL)
    assert stopped == ["stop"]
    screens.close()


def test_a_kiosk_refuses_to_be_closed_from_outside(site: ShellSite, qtbot: QtBot) -> None:
    screens, kiosk = kiosk_of(site, [])

    class Outside(QCloseEvent):
        @override
        def spontaneous(self) -> bool:
            return True

    event = Outside()
    assert kiosk.eventFilter(screens.main, event)
    assert not event.isAccepted()
    screens.close()


def test_the_pointer_hides_while_it_lies_still(screens: Screens, qtbot: QtBot) -> None:
    hider = PointerHider(screens.main)
    hider._hide()
    assert hider.hidden
    assert screens.main.cursor().shape() == Qt.CursorShape.BlankCursor
    QTest.mouseMove(screens.main, QPoint(20, 20))
    QTest.mouseMove(screens.main, QPoint(40, 40))
    hider.stop()
    assert screens.main.cursor().shape() != Qt.CursorShape.BlankCursor


def test_the_main_window_stays_where_the_profile_is(site: ShellSite, tmp_path: Path) -> None:
    """Snapshots go where the settings say."""
    site.console.preferences.set("stills_folder", str(tmp_path))
    assert site.desk.stills_folder() == tmp_path
    site.console.preferences.reset("stills_folder")


def test_the_folders_of_our_own_are_made_and_a_chosen_one_is_not(
    site: ShellSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def home(place: QStandardPaths.StandardLocation) -> str:
        return str(tmp_path / "home" / place.name)

    monkeypatch.setattr(QStandardPaths, "writableLocation", home)
    for folder in (site.desk.stills_folder(), site.desk.clips_folder()):
        assert folder.name == "Gwanje"
        assert folder.is_dir()
    site.console.preferences.set("stills_folder", str(tmp_path / "unplugged"))
    assert not site.desk.stills_folder().exists()
