from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.cameras.search_field import SearchField
from ui.theme import Theme


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    field = SearchField(Theme())
    qtbot.addWidget(field)
    return field


def compose(field: SearchField, composing: str, done: str = "") -> None:
    """What a Korean input method sends while one types."""
    event = QInputMethodEvent(composing, [])
    event.setCommitString(done)
    QApplication.sendEvent(field, event)


def test_a_syllable_counts_while_it_is_composed(field: SearchField) -> None:
    heard: list[str] = []
    field.query_changed.connect(heard.append)
    compose(field, "ㄷ")
    compose(field, "다")
    compose(field, "달")
    compose(field, "ㅅ", done="달")
    compose(field, "서")
    compose(field, "", done="서")
    assert heard == ["ㄷ", "다", "달", "달ㅅ", "달서"]
    assert field.text() == field.query == "달서"


def test_composing_happens_at_the_cursor(field: SearchField) -> None:
    field.setText("달구")
    field.setCursorPosition(1)
    compose(field, "서")
    assert field.query == "달서구"


def test_keys_that_are_not_text_are_told(field: SearchField) -> None:
    heard: list[object] = []
    field.entered.connect(lambda: heard.append("entered"))
    field.moved.connect(heard.append)
    field.left.connect(lambda: heard.append("left"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        QTest.keyClick(field, key)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard == [1, -1, 10, "entered", "left"]


def test_escape_first_clears_then_leaves(field: SearchField) -> None:
    left: list[bool] = []
    field.left.connect(lambda: left.append(True))
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [])
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert left == [True]


def test_it_can_be_cleared_only_when_there_is_something(field: SearchField) -> None:
    clear = field.actions()[1]
    assert not clear.isVisible()
    QTest.keyClicks(field, "1")
    assert clear.isVisible()
    clear.trigger()
    assert field.text() == ""
