from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from ui.widgets.switch_words import SwitchWords, beside

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def test_a_click_on_the_words_is_one_on_the_switch(qtbot: QtBot) -> None:
    box = QCheckBox()
    words = SwitchWords(box)
    words.setText("A switch with more words than there is room for on one line of it")
    both = beside(box, words)
    qtbot.addWidget(both)
    both.resize(160, 400)
    both.show()
    QTest.mouseClick(words, LEFT)
    assert box.isChecked()
    QTest.mouseClick(words, RIGHT)
    assert box.isChecked()
    box.setEnabled(False)
    QTest.mouseClick(words, LEFT)
    assert box.isChecked()
    assert words.buddy() is box
    assert words.height() >= words.heightForWidth(words.width())
