"""A question is answered by Enter, also while its reason is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.ask import Ask


def test_enter_answers_and_shift_enter_begins_a_line(qtbot: QtBot) -> None:
    answers: list[str] = []
    ask = Ask("제목", "해제할까요?", "해제", answers.append, reason=True)
    ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(ask)
    ask.open()
    QTest.keyClick(ask.reason, Qt.Key.Key_Return)
    assert answers == [], "it needs a reason"
    QTest.keyClicks(ask.reason, "one")
    QTest.keyClick(ask.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(ask.reason, "two")
    QTest.keyClick(ask.reason, Qt.Key.Key_Enter)
    assert answers == ["one\ntwo"]
    assert ask.isHidden()
