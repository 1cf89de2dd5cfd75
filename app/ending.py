"""The signals that ask this program to end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from types import FrameType


def polite_signals() -> Sequence[signal.Signals]:
    """Those that ask a program to end: Ctrl+C, a polite kill, under Linux the end of its terminal.

    Without the last where whoever started us wants us to outlive the terminal (nohup).
    """
    asked = [signal.SIGINT, signal.SIGTERM]
    hang_up = hang_up_signal()
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        asked.append(hang_up)
    return asked


def hang_up_signal() -> signal.Signals | None:
    """Windows has none."""
    found: signal.Signals | None = getattr(signal, "SIGHUP", None)
    return found


def on_signals(ending: Callable[[int], None]) -> Callable[[], None]:
    """`ending` hears of a polite signal; the result puts back what was.

    A second one ends the program at once, but for the hang-up: whoever ends a session sends it
    right after, or before, the other, and nobody is impatient.
    """
    signals, hang_up = polite_signals(), hang_up_signal()
    before = {number: signal.getsignal(number) for number in signals}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def received(number: int, _frame: FrameType | None) -> None:
        if number != hang_up:
            restore()
        if hang_up is not None:
            signal.signal(hang_up, signal.SIG_IGN)
            before.pop(hang_up, None)
        ending(number)

    for number in signals:
        signal.signal(number, received)
    return restore
