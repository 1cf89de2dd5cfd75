"""Ends of the console that nobody asked for: when they are too many, how long to wait after one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

# A keeper starts it again after 1, 2, 5 s and a start takes two: what fails at once has failed
# three times within 15 s, what fails when the first cameras come within two minutes. Whoever
# starts it by hand needs longer. Once an hour is no loop: there the wall is worth more.
TOO_MANY: Final = 3
WITHIN: Final = timedelta(minutes=5)

# Seconds. The first is what a control room does not notice; the last still brings a console back
# within a minute after a server or a disk is there again, and costs nothing until then.
PAUSES: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Exit(IntEnum):
    """How the program ends. Everything else (a signal, Windows' codes) is nobody's wish.

    PARTLY: it ended as it was asked to, but a file could not be written or a part would not stop.
    MISTAKE is Python's own for an error that nobody caught, and Windows' for a killed process.
    """

    DONE = 0
    MISTAKE = 1
    WRONG_OPTIONS = 2
    PARTLY = 4


WISHED: Final = frozenset({Exit.DONE, Exit.WRONG_OPTIONS, Exit.PARTLY})


@dataclass(frozen=True, slots=True)
class BadEnd:
    """A run that did not end as it should. `found` by the next start, later than it happened.

    `began` is None where a power cut left an unreadable marker. `safe`: it ran in the safe form.
    """

    found: datetime
    began: datetime | None
    version: str
    pid: int
    safe: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """How a run begins. `found`: this start found them."""

    safe: bool = False
    found: tuple[BadEnd, ...] = ()


def too_many(ends: Sequence[BadEnd], now: datetime) -> bool:
    """Whether the next run should leave out what may have caused them.

    After a run in the safe form that ended badly, too: only a person, or a good end, brings back
    what was left out.
    """
    if not ends:
        return False
    latest = max(ends, key=lambda end: end.found)
    return latest.safe or sum(now - WITHIN <= end.found <= now for end in ends) >= TOO_MANY


def pause(in_a_row: int) -> float:
    """Seconds before the next start after so many bad ends in a row, 1 or more."""
    return PAUSES[min(in_a_row, len(PAUSES)) - 1]
