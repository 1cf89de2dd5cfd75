from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.layout import layout_named
from app.domain.wall import MAIN_WINDOW, with_layout
from app.services.wall_edits import Edits
from tests.fakes.shell_site import ShellSite
from tests.visual.hands import compose
from ui.shell.wall_shelf import WallShelf
from ui.widgets.name_dialog import NameDialog


@pytest.fixture
def shelf(site: ShellSite, qtbot: QtBot) -> Iterator[WallShelf]:
    """Three saved walls: Day, Night, School."""
    walls = site.console.walls
    for name, layout in (("Day", "4"), ("Night", "9"), ("School", "16")):
        Edits(walls, MAIN_WINDOW, site.console.catalog.get).lay_out(layout_named(layout))
        site.notices.attempt(walls.save(MAIN_WINDOW, name), "save")
    made = WallShelf(site.desk, MAIN_WINDOW)
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    yield made
    made.close()


def names(shelf: WallShelf) -> list[str]:
    return [shelf.list.item(row).text().split("\n")[0] for row in range(shelf.list.count())]


def test_it_lists_them_with_their_keys(shelf: WallShelf) -> None:
    assert names(shelf) == ["Day", "Night", "School"]
    assert "Alt+2" in shelf.list.item(1).text()


def test_search_narrows_and_says_when_there_is_nothing(shelf: WallShelf) -> None:
    shelf.search.setText("NI")
    assert names(shelf) == ["Night"]
    assert "Alt+2" in shelf.list.item(0).text()
    shelf.search.setText("zzz")
    assert shelf.empty.isVisible()
    assert not shelf.loading.isEnabled()


def test_initial_consonants_find_a_wall_while_they_are_composed(
    shelf: WallShelf, site: ShellSite
) -> None:
    site.notices.attempt(site.console.walls.save(MAIN_WINDOW, "야간 학교"), "save")
    compose(shelf.search, "ㅇ")
    compose(shelf.search, "ㄱ", "ㅇ")
    assert names(shelf) == ["야간 학교"]


def test_arrows_in_the_search_and_enter_show_a_wall(shelf: WallShelf, site: ShellSite) -> None:
    QTest.keyClick(shelf.search, Qt.Key.Key_Down)
    QTest.keyClick(shelf.search, Qt.Key.Key_Return)
    assert site.console.walls.wall(MAIN_WINDOW).name == "Night"
    assert not shelf.isVisible()


def test_delete_can_be_undone(shelf: WallShelf, site: ShellSite) -> None:
    shelf.list.setCurrentRow(0)
    shelf.drop()
    assert names(shelf) == ["Night", "School"]
    site.console.walls.undo()
    assert names(shelf) == ["Day", "Night", "School"]


def test_rename(shelf: WallShelf, site: ShellSite) -> None:
    shelf.list.setCurrentRow(2)
    shelf.ask_name()
    asked = shelf.findChild(NameDialog)
    assert isinstance(asked, NameDialog)
    asked.field.setText("  ")
    assert not asked.save.isEnabled()
    asked.field.setText("Market")
    asked.save.click()
    assert names(shelf) == ["Day", "Night", "Market"]


def test_the_wall_under_a_saved_one_is_not_lost(shelf: WallShelf, site: ShellSite) -> None:
    before = site.console.walls.wall(MAIN_WINDOW)
    shelf.list.setCurrentRow(0)
    shelf.load()
    site.console.walls.undo()
    assert site.console.walls.wall(MAIN_WINDOW) == before
    assert with_layout(before, before.layout) == before
