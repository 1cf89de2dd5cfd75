from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.layout import Layout, grid, layout_named
from app.domain.tour import CameraStop, Tour, TourId
from app.domain.wall import MAIN_WINDOW, HotSpotTile, TourTile
from app.services.tours import TourPlace
from tests.fakes.shell_site import ShellSite
from ui.shell.screens import Screens
from ui.shell.tour_commands import TourCommands
from ui.shell.tour_editor import TourEditor
from ui.shell.wall_commands import MENU, WallCommands
from ui.shell.wall_shelf import WallShelf
from ui.wall.layout_bar import LayoutBar
from ui.widgets.name_dialog import NameDialog


@pytest.fixture
def commands(screens: Screens) -> WallCommands:
    return screens.main.frame.commands


def words(site: ShellSite) -> list[str]:
    return [notice.words() for notice in site.notices.open]


def layout(site: ShellSite) -> Layout:
    return site.console.walls.wall(MAIN_WINDOW).layout


def dialog(screens: Screens, kind: type[QDialog]) -> QDialog:
    found = screens.main.findChild(kind)
    assert isinstance(found, QDialog)
    assert found.isVisible()
    return found


def test_a_function_key_changes_the_layout_and_tells_what_it_left_out(
    screens: Screens, site: ShellSite
) -> None:
    QTest.keyClick(screens.main, Qt.Key.Key_F2)
    assert layout(site).name == "4"
    assert "12 tiles" in words(site)[-1]
    QTest.keyClick(screens.main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert layout(site).name == "16"
    assert words(site)[-1] == "Undone: Layout 4"


def test_l_shows_the_layouts(screens: Screens, commands: WallCommands, site: ShellSite) -> None:
    commands.choose_layout()
    bar = screens.main.findChild(LayoutBar)
    assert isinstance(bar, LayoutBar)
    next(button for button in bar.buttons if button.layout_shown.name == "1+5").click()
    assert layout(site).name == "1+5"


def test_an_own_layout_is_kept_and_used(commands: WallCommands, site: ShellSite) -> None:
    own = Layout("Gate", 2, 1, grid("x", 2, 1).cells)
    commands._keep_layout(own)
    assert layout(site) == own
    assert own in site.console.walls.layouts()
    commands._keep_layout(own)
    assert "taken" in words(site)[-1]
    commands._drop_layout("Gate")
    assert own not in site.console.walls.layouts()


def test_the_first_save_asks_for_a_name_the_next_does_not(
    screens: Screens, commands: WallCommands, site: ShellSite
) -> None:
    commands.save()
    asked = dialog(screens, NameDialog)
    assert isinstance(asked, NameDialog)
    asked.field.setText(" Night ")
    asked.save.click()
    assert [saved.name for saved in site.console.walls.saved()] == ["Night"]
    commands.apply_layout(layout_named("25"))
    commands.save()
    assert [saved.layout for saved in site.console.walls.saved()] == ["25"]
    assert words(site)[-1] == "Saved: Night"


def test_alt_and_a_digit_show_a_saved_wall(
    screens: Screens, commands: WallCommands, site: ShellSite
) -> None:
    commands._save("Night")
    commands.apply_layout(layout_named("4"))
    QTest.keyClick(screens.main, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert layout(site).name == "16"
    QTest.keyClick(screens.main, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert words(site)[-1] == "There is no saved wall 7."


def test_the_shelf_opens_without_blocking(screens: Screens, commands: WallCommands) -> None:
    commands.open_shelf()
    dialog(screens, WallShelf).close()


def test_a_snapshot_is_saved_and_told(
    commands: WallCommands, site: ShellSite, tmp_path: Path
) -> None:
    site.console.preferences.set("stills_folder", str(tmp_path))
    site.feed(site.ids[0], (200, 10, 10))
    commands.snapshot(site.ids[0])
    (file,) = tmp_path.glob("*.png")
    assert words(site)[-1] == f"Snapshot saved: {file}"


def test_without_a_picture_the_snapshot_says_why(commands: WallCommands, site: ShellSite) -> None:
    commands.snapshot(site.ids[0])
    assert "no picture" in words(site)[-1]


def test_the_menu_offers_what_the_wall_can_do(commands: WallCommands) -> None:
    offered = {entry.text().split("\t")[0] for entry in commands.menu().actions()}
    assert {"Save a snapshot", "Clear the tile", "Saved walls…"} <= offered
    assert "Close this wall window" not in offered
    assert "tile.clear" in MENU


def test_h_makes_the_tile_the_hot_spot(screens: Screens, site: ShellSite) -> None:
    screens.main.view.set_focus(2)
    QTest.keyClick(screens.main, Qt.Key.Key_H)
    assert isinstance(site.console.walls.wall(MAIN_WINDOW).tiles[2], HotSpotTile)


def test_a_tour_of_cameras_goes_to_the_focused_tile(
    screens: Screens, commands: WallCommands, site: ShellSite
) -> None:
    tour = Tour(TourId("t"), "Round", tuple(CameraStop(c, 5.0) for c in site.ids[:3]))
    site.notices.attempt(site.console.tours.save(tour), "save")
    screens.main.view.set_focus(1)
    commands.tours.start(tour)
    assert isinstance(commands.tours, TourCommands)
    assert site.console.walls.wall(MAIN_WINDOW).tiles[1] == TourTile(TourId("t"))
    assert site.console.tours.run_at(TourPlace(MAIN_WINDOW, 1)) is not None
    entries = [action.text() for action in commands.tours.menu([tour]).actions()]
    assert entries[0].startswith("Round")


def test_without_a_tour_t_opens_the_editor(screens: Screens, qtbot: QtBot) -> None:
    QTest.keyClick(screens.main, Qt.Key.Key_T)
    dialog(screens, TourEditor).close()


def test_the_wall_s_words_become_notices(commands: WallCommands, site: ShellSite) -> None:
    assert not commands._view.call_camera(9)
    assert "no camera 9" in words(site)[-1]


def test_popups_stay_on_the_screen(screens: Screens, site: ShellSite, qtbot: QtBot) -> None:
    bar = LayoutBar(site.console.walls.layouts(), layout(site), site.theme)
    qtbot.addWidget(bar)
    bar.popup(QPoint(100_000, 100_000))
    assert QWidget.screen(bar).availableGeometry().contains(bar.geometry())
    bar.close()
