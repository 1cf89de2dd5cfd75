"""Timers of widgets and of what binds them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def timer(
    owner: QObject, interval: int, work: Callable[[], object], *, once: bool = False
) -> QTimer:
    """Not running yet; `interval` in milliseconds. Goes with its owner."""
    made = QTimer(owner)
    made.setInterval(interval)
    made.setSingleShot(once)
    made.timeout.connect(work)
    return made
