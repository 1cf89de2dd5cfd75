from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.visual.hands import compose
from ui.widgets.composed_field import ComposedField


def test_a_syllable_counts_before_it_is_done(qtbot: QtBot) -> None:
    field, heard, by_hand = ComposedField(), list[str](), list[str]()
    qtbot.addWidget(field)
    field.query_changed.connect(heard.append)
    field.composed.connect(lambda: by_hand.append(field.query))
    compose(field, "ㅇ")
    compose(field, "ㄱ", "ㅇ")
    assert (field.text(), field.query) == ("ㅇ", "ㅇㄱ")
    field.setText("월배")
    assert heard[-1] == "월배ㄱ"
    compose(field, "")
    assert heard == ["ㅇ", "ㅇㄱ", "월배ㄱ", "월배"]
    assert by_hand == ["ㅇ", "ㅇㄱ", "월배"]
