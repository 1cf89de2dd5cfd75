from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.replay.stage import Stage
from ui.theme import Theme


def test_words_stand_in_the_place_of_the_picture(qtbot: QtBot, theme: Theme) -> None:
    stage = Stage()
    qtbot.addWidget(stage)
    stage.say("Fetching", progress=0.25)
    assert stage.currentIndex() == 1
    assert stage.progress.value() == 250
    assert not stage.progress.isHidden()
    assert stage.hint.isHidden()
    stage.say("There is no clip", "Nothing is kept yet.")
    assert stage.progress.isHidden()
    assert stage.hint.text() == "Nothing is kept yet."
    stage.show_picture()
    assert stage.currentWidget() is stage.picture


def test_without_a_window_system_there_is_no_window_to_play_in(qtbot: QtBot, theme: Theme) -> None:
    stage = Stage()
    qtbot.addWidget(stage)
    assert stage.picture.window_number() is None
