from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.clip_player import SPEEDS, ClipState
from ui.replay.controls import Controls
from ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def controls(qtbot: QtBot, theme: Theme) -> Controls:
    made = Controls(theme)
    qtbot.addWidget(made)
    made.render_clip(ClipState(60.0, 1.0, playing=True), playable=True, savable=True)
    return made


def test_every_button_tells_what_was_pressed(controls: Controls) -> None:
    told: list[object] = []
    controls.toggled.connect(lambda: told.append("toggled"))
    controls.stepped.connect(told.append)
    controls.speed_chosen.connect(told.append)
    controls.save_asked.connect(lambda: told.append("save"))
    controls.save_elsewhere_asked.connect(lambda: told.append("elsewhere"))
    controls.live_asked.connect(lambda: told.append("live"))
    for button in (controls.back, controls.play, controls.on, *controls.speeds.buttons()):
        QTest.mouseClick(button, LEFT)
    controls.save.click()
    controls.elsewhere.trigger()
    QTest.mouseClick(controls.live, LEFT)
    assert told == [-1, "toggled", 1, *SPEEDS, "save", "elsewhere", "live"]


def test_the_button_says_what_it_will_do(controls: Controls) -> None:
    assert controls.play.accessibleName() == "Pause"
    controls.render_clip(ClipState(60.0), playable=True, savable=True)
    assert controls.play.accessibleName() == "Play"


def test_the_speed_in_use_is_marked(controls: Controls) -> None:
    controls.render_clip(ClipState(60.0, speed=0.25), playable=True, savable=True)
    chosen = controls.speeds.checkedButton()
    assert chosen is not None
    assert chosen.text() == "¼×"


def test_what_cannot_be_done_cannot_be_pressed(controls: Controls) -> None:
    controls.render_clip(ClipState(), playable=False, savable=False)
    for button in (controls.back, controls.play, controls.on, controls.save):
        assert not button.isEnabled()
    assert controls.live.isEnabled()


def test_every_button_without_words_has_a_name_and_its_key(controls: Controls) -> None:
    for button in (controls.back, controls.play, controls.on, controls.save):
        assert button.accessibleName()
        assert button.toolTip().endswith(")")


def test_a_click_leaves_the_keys_to_the_panel(controls: Controls) -> None:
    for button in (controls.back, controls.play, controls.save, controls.live):
        assert button.focusPolicy() is Qt.FocusPolicy.TabFocus
