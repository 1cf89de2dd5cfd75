"""Measures how long the GUI thread was not there for the operator."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from app.clock import Clock
from app.services.figure_timings import PROBE_SECONDS


class Blocked(Protocol):
    """The part of the figures that hears of every beat."""

    def ui_blocked(self, seconds: float, /) -> None: ...


class LoopProbe(QObject):
    """A beat of 20 ms on the thread that paints: what comes late was blocked that long.

    A task that measures the loop's lag would miss what Qt itself does between two rounds of the
    loop; a timer of Qt waits behind every event, as the operator's next key does.
    """

    def __init__(self, figures: Blocked, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._figures = figures
        self._clock = clock
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(PROBE_SECONDS * 1000))
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        self._last = self._clock.monotonic()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def beat(self) -> None:
        now = self._clock.monotonic()
        late = now - self._last - PROBE_SECONDS
        self._last = now
        self._figures.ui_blocked(max(0.0, late))
