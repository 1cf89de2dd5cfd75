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


def nothing_begun() -> None:
    """Ctrl+C ends this process without a word: it has opened nothing yet that would need more.

    Python's own way raises wherever it is, also in the middle of Qt's loading, which then aborts.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def on_signals(ending: Callable[[int], object]) -> Callable[[], None]:
    """`ending` hears of every polite signal; the result puts back what was.

    A second one ends the program at once, but for the hang-up: whoever ends a session sends it
    right after, or before, the other, and nobody is impatient.
    """
    hang_up = hang_up_signal()
    before = {number: signal.getsignal(number) for number in polite_signals()}
    heard: set[int] = set()
    persons = 0

    def received(number: int, _frame: FrameType | None) -> None:
        # No handler is changed here while the program is to go on: another signal may be on its
        # way, would be handled in the middle of that, or find a handler it did not come for.
        nonlocal persons
        heard.add(number)
        persons += number != hang_up
        if persons > 1 and number != hang_up:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        ending(number)

    def restore() -> None:
        for number, handler in before.items():
            # Who was asked is ending: the other of the two may come as late as it likes.
            late = bool(heard) and number == hang_up
            signal.signal(number, signal.SIG_IGN if late else handler)

    for number in before:
        signal.signal(number, received)
    return restore


class Asked:
    """Polite signals from before there is anybody to end until after everything has ended.

    What comes before `follow` is kept for it, what comes after `leave` needs nothing any more.
    `heard` may be called by a handler of a signal, in the middle of anything.
    """

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._tell: Callable[[int], object] | None = None

    def heard(self, number: int) -> None:
        self._numbers.append(number)
        if self._tell is not None:
            self._tell(number)

    def follow(self, tell: Callable[[int], object]) -> None:
        """`tell` may hear of the same signal twice."""
        self._tell = tell
        for number in tuple(self._numbers):
            tell(number)

    def leave(self) -> None:
        self._tell = None
