from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.widgets.type_chooser import TypeChooser


def test_types_are_chosen_and_said(qtbot: QtBot) -> None:
    chooser = TypeChooser()
    qtbot.addWidget(chooser)
    chosen: list[str] = []
    chooser.chosen.connect(chosen.append)
    assert chooser.text() == "None"
    chooser.boxes["fall"].click()
    assert chosen == ["fall"]
    chooser.show_types("fall,fire,drone_fall")
    assert chooser.types == "fall,fire"
    assert chooser.text() == "2 types"
    chooser.show_types("fire")
    assert chooser.text() == chooser.boxes["fire"].text()
