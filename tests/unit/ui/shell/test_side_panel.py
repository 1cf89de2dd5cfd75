from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import ActionSet
from ui.shell.rail import ITEMS, WIDTH, Rail
from ui.shell.rail_words import SHORT, short
from ui.shell.side_panel import SidePanel
from ui.theme import Theme


def test_it_turns_pages_and_hides(qtbot: QtBot) -> None:
    panel = SidePanel(Theme())
    qtbot.addWidget(panel)
    panel.add("one", QLabel(), lambda: "First")
    panel.add("two", QLabel(), lambda: "Second")
    panel.show()
    panel.turn_to("two")
    assert (panel.page, panel.title.text()) == ("two", "Second")
    panel.toggle("one")
    assert panel.page == "one"
    panel.toggle("one")
    assert panel.page == ""
    panel.toggle("one")
    panel.closing.click()
    assert panel.isHidden()


def test_every_line_of_the_rail_has_its_short_word(qtbot: QtBot) -> None:
    assert {item.action for item in ITEMS} == SHORT.keys()
    assert all(len(short(name)) <= 9 for name in SHORT)


def test_the_rail_leaves_out_what_is_not_there_and_grows_with_the_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme = Theme()
    actions = ActionSet(window, theme)
    pressed: list[str] = []
    actions.bind("section.health", lambda: pressed.append("health"))
    rail = Rail(actions, theme)
    qtbot.addWidget(rail)
    assert list(rail.buttons) == ["section.health"]
    assert rail.width() == WIDTH
    rail.buttons["section.health"].click()
    assert pressed == ["health"]
    rail.show_on("section.wall")
    assert not rail.buttons["section.health"].isChecked()
    theme.set(theme.name, large=True)
    assert rail.width() > WIDTH
