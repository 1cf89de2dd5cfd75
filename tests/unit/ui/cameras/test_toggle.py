from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.cameras.toggle import NotLiveToggle
from ui.theme import Theme


def test_it_is_there_only_while_there_is_something_to_say(qtbot: QtBot) -> None:
    window = QWidget()
    toggle = NotLiveToggle(Theme())
    QVBoxLayout(window).addWidget(toggle)
    qtbot.addWidget(window)
    assert toggle.isHidden()
    toggle.count(1234)
    assert not toggle.isHidden()
    assert toggle.text() == "1,234 not live"
    toggle.setChecked(True)
    toggle.count(0)  # pressed, it stays to be let go
    assert not toggle.isHidden()
    toggle.setChecked(False)
    QApplication.sendEvent(toggle, QEvent(QEvent.Type.LanguageChange))
    assert toggle.isHidden()
