from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.clock import SystemClock
from tests.fakes.clock import HandClock
from ui.health.loop_probe import LoopProbe


class Heard:
    def __init__(self) -> None:
        self.waits: list[float] = []

    def ui_blocked(self, seconds: float, /) -> None:
        self.waits.append(seconds)


def test_what_comes_late_was_blocked(qtbot: QtBot) -> None:
    heard, clock = Heard(), HandClock()
    probe = LoopProbe(heard, clock)
    probe.start()
    for later in (0.020, 0.020, 0.320, 0.014):
        clock.at += later
        probe.beat()
    probe.stop()
    assert heard.waits == pytest.approx([0.0, 0.0, 0.3, 0.0])


def test_a_real_block_of_the_gui_thread_is_seen(qtbot: QtBot) -> None:
    heard, clock = Heard(), SystemClock()
    probe = LoopProbe(heard, clock)
    probe.start()
    qtbot.waitUntil(lambda: len(heard.waits) > 2)
    busy_until = clock.monotonic() + 0.2
    while clock.monotonic() < busy_until:
        pass
    qtbot.waitUntil(lambda: max(heard.waits) > 0.15)
    probe.stop()


def test_stopped_it_is_silent(qtbot: QtBot) -> None:
    heard = Heard()
    probe = LoopProbe(heard, SystemClock())
    probe.start()
    qtbot.waitUntil(lambda: len(heard.waits) > 1)
    probe.stop()
    count = len(heard.waits)
    qtbot.wait(40)
    assert len(heard.waits) == count
