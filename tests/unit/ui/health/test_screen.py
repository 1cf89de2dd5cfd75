from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.tile import TileState
from tests.fakes.health import MadeUpFigures, row, sample
from tests.fakes.waiting import until
from ui.health.camera_table import NAME, NUMBER
from ui.health.screen import HealthScreen
from ui.theme import Theme


def made(qtbot: QtBot, theme: Theme) -> tuple[HealthScreen, MadeUpFigures]:
    figures = MadeUpFigures()
    screen = HealthScreen(figures, theme)
    screen.resize(1400, 900)
    qtbot.addWidget(screen)
    return screen, figures


def test_an_empty_wall_says_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    screen, _ = made(qtbot, theme)
    screen.refresh()
    assert screen.table_empty.text() == "No camera is on a tile. Put some on the wall."
    assert screen.not_live_empty.text() == "Every camera on a tile is live."
    assert not screen.table_empty.isHidden()
    assert not screen.not_live_empty.isHidden()
    assert screen.table.isHidden()


def test_figures_and_lists_are_those_of_now(qtbot: QtBot, theme: Theme) -> None:
    screen, figures = made(qtbot, theme)
    figures.history = [sample(tiles_live=15)]
    figures.now = [row(2), row(1, state=TileState.FROZEN, not_live_s=4.0)]
    screen.refresh()
    assert screen.tiles[0].total.value == "15 / 16"
    assert screen.sorted.index(0, NUMBER).data() == "1"
    assert screen.not_live.rowCount() == 1
    assert screen.not_live_heading.text() == "Not live · 1"
    assert screen.table_heading.text() == "Cameras · 2"
    assert not screen.not_live_list.isHidden()


def test_a_click_on_a_column_sorts(qtbot: QtBot, theme: Theme) -> None:
    screen, figures = made(qtbot, theme)
    figures.now = [row(1, name="나"), row(2, name="가")]
    screen.refresh()
    screen.table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert screen.sorted.index(0, NAME).data() == "가"


async def test_it_works_only_while_it_is_seen(qtbot: QtBot, theme: Theme) -> None:
    screen, figures = made(qtbot, theme)
    assert figures.asked == 0
    screen.show()
    assert figures.asked == 1
    await until(lambda: len(screen.plots.cards) == 4 and screen.plots.waiting.isHidden())
    timer = screen._timer
    assert timer.isActive()
    screen.hide()
    assert not timer.isActive()
    screen.show()
    assert len(screen.plots.cards) == 4, "the plots are brought once"
    screen.hide()


def test_another_language_is_asked_for_at_once(qtbot: QtBot, theme: Theme) -> None:
    screen, _ = made(qtbot, theme)
    screen.heading.clear()
    screen.not_live_heading.clear()
    QApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    assert screen.heading.text() == "Health"
    assert screen.not_live_heading.text() == "Not live · 0"


def test_tools_stand_under_the_figures(qtbot: QtBot, theme: Theme) -> None:
    screen, _ = made(qtbot, theme)
    tools = QLabel("tools")
    screen.add_tools(tools)
    assert screen.isAncestorOf(tools)
