from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.widgets.timing import timer


def test_a_timer_waits_to_be_started_and_may_go_off_once(qtbot: QtBot) -> None:
    owner, done = QObject(), list[int]()
    once = timer(owner, 1, lambda: done.append(1), once=True)
    again = timer(owner, 1, lambda: done.append(2))
    assert not once.isActive()
    once.start()
    again.start()
    qtbot.waitUntil(lambda: done.count(2) > 2)
    again.stop()
    assert done.count(1) == 1
    owner.deleteLater()
