from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.cameras.empty import EmptyState


def test_words_are_words_even_if_they_look_like_markup(qtbot: QtBot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.say("<b>x</b>", "hint")
    assert empty.title.text() == "<b>x</b>"
    assert empty.title.textFormat() is Qt.TextFormat.PlainText
    assert empty.hint.text() == "hint"
