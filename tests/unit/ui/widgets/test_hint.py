from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.widgets.hint import set_hint


def test_a_hint_is_whole_somewhere(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    set_hint(field, "Name or number")
    said = (field.placeholderText(), field.toolTip(), field.accessibleName())
    assert said == ("Name or number",) * 3
    set_hint(field, "Name or number", "Find a camera")
    assert field.accessibleName() == "Find a camera"
