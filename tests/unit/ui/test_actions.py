from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import icons
from ui.action_kinds import Action
from ui.action_list import ACTIONS, BY_ID, GROUP_WORDS, Group, Where, keys_of
from ui.actions import ActionSet
from ui.incident_actions import INCIDENT_ACTIONS
from ui.theme import Theme, ThemeName


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def test_no_two_actions_share_a_key(qtbot: QtBot) -> None:
    keys = [
        QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        for action in ACTIONS
        for key in action.keys
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert all(keys)


def test_ids_are_unique_and_icons_exist() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert {a.icon for a in ACTIONS if a.icon} <= icons.names()
    assert GROUP_WORDS.keys() == set(Group)


def test_digits_stay_free_for_camera_numbers() -> None:
    taken = {key for action in ACTIONS for key in action.keys}
    assert taken.isdisjoint("0123456789")


def test_a_key_calls_the_handler(window: QWidget) -> None:
    called: list[str] = []
    actions = ActionSet(window, Theme())
    actions.bind("tile.snapshot", lambda: called.append("still"))
    QTest.keyClick(window, Qt.Key.Key_S)
    assert called == ["still"]


def test_letters_are_letters_while_someone_types(window: QWidget) -> None:
    called: list[str] = []
    actions = ActionSet(window, Theme())
    actions.bind("tile.snapshot", lambda: called.append("still"))
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_S)
    assert called == []
    assert field.text() == "s"


def test_another_part_with_the_keyboard_keeps_its_single_keys(window: QWidget) -> None:
    called: list[str] = []
    actions = ActionSet(window, Theme())
    actions.bind("tile.snapshot", lambda: called.append("still"))
    actions.bind("program.quit", lambda: called.append("quit"))
    actions.allow_wall_keys(allowed=False)
    QTest.keyClick(window, Qt.Key.Key_S)
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert called == ["quit"]
    actions.allow_wall_keys(allowed=True)
    QTest.keyClick(window, Qt.Key.Key_S)
    assert called == ["quit", "still"]


def test_the_wall_s_own_keys_stay_with_the_wall_and_are_shown(window: QWidget) -> None:
    actions = ActionSet(window, Theme())
    clear = actions.bind("tile.clear", lambda: None)
    assert clear.shortcuts() == []
    assert clear.text().endswith("\tDel")
    assert BY_ID["tile.clear"].where is Where.TILES


def test_only_what_is_bound_is_offered(window: QWidget) -> None:
    actions = ActionSet(window, Theme())
    actions.bind("wall.save", lambda: None)
    menu = actions.menu("wall.save", "", "wall.open")
    assert [a.text() for a in menu.actions() if not a.isSeparator()] == ["Save the wall"]
    offered = {action.id for action in actions.bound()}
    assert "wall.save" in offered
    assert "wall.open" not in offered
    assert "camera.call" in offered


def test_the_tooltip_names_the_key_and_the_icon_follows_the_theme(window: QWidget) -> None:
    theme = Theme()
    action = ActionSet(window, theme).bind("wall.undo", lambda: None)
    assert action.toolTip() == "Undo  Ctrl+Z"
    before = action.icon().cacheKey()
    theme.set(ThemeName.LIGHT)
    assert action.icon().cacheKey() != before


def test_keys_read_as_people_say_them(qtbot: QtBot) -> None:
    assert keys_of(BY_ID["wall.redo"]) == "Ctrl+Y  Ctrl+Shift+Z"
    assert keys_of(BY_ID["zoom.wheel"]) == "Wheel"


def test_what_is_done_with_incidents_is_in_their_group() -> None:
    assert {action.group for action in INCIDENT_ACTIONS} == {Group.INCIDENTS}
    assert set(INCIDENT_ACTIONS) <= set(ACTIONS)
    assert isinstance(INCIDENT_ACTIONS[0], Action)
