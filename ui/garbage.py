"""Collects Python's garbage on the thread of the screen only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
# From so many cameras on a collection that walks them all is felt under the mouse.
MANY = 10_000
# A full collection walks everything that lives: with 100,000 cameras it takes a tenth of a second.
_FULL_EVERY = 120


class Garbage(QObject):
    """While it runs, nothing is collected anywhere else.

    Python collects on whichever thread happens to ask for memory. Where a cycle holds widgets, and
    the thread is the one that writes to the disk or reads a decoder's pipe, Qt's objects are
    destroyed there, and the next event for one of them ends the process: a QObject may only be
    deleted on the thread it lives on (Qt's documentation, "Threads and QObjects").
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    def collect(self) -> int:
        """What Python itself would have collected by now; the generation, -1 for none."""
        self._rounds += 1
        youngest, middle, _ = gc.get_count()
        if self._rounds >= _FULL_EVERY:
            self._rounds = 0
            gc.collect()
            return 2
        if middle > self._thresholds[1]:
            gc.collect(1)
            return 1
        if youngest > self._thresholds[0]:
            gc.collect(0)
            return 0
        return -1


def set_aside(count: int) -> None:
    """After a list of `count` cameras was loaded: leaves what lives now out of every collection.

    Walking 100,000 cameras takes longer than a hand waits, and none of them is ever part of a
    cycle. What else is alive at that moment, a dialog perhaps, is freed by its references as ever,
    but not if it becomes a cycle: that is some kilobytes a list.
    """
    if count >= MANY:
        gc.freeze()
