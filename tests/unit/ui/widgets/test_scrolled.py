from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.scrolled import Scrolled


def test_it_scrolls_instead_of_squeezing(qtbot: QtBot) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    words = QLabel("words that go over several lines where there is little room for them " * 3)
    words.setWordWrap(True)
    button = QPushButton("a button that needs its width")
    column.addWidget(words)
    column.addWidget(button)
    area = Scrolled(inner)
    qtbot.addWidget(area)
    area.resize(area.minimumSizeHint().width(), 60)
    area.show()
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert area.verticalScrollBar().maximum() > 0
    assert button.width() >= button.sizeHint().width()
    assert inner.width() <= area.viewport().width()


def test_longer_words_ask_for_more_room(qtbot: QtBot) -> None:
    inner = QWidget()
    button = QPushButton("short")
    QVBoxLayout(inner).addWidget(button)
    area = Scrolled(inner)
    qtbot.addWidget(area)
    area.show()
    before = area.minimumSizeHint().width()
    button.setText("much longer words than before")
    qtbot.waitUntil(lambda: area.minimumSizeHint().width() > before)
