"""Calling a camera by its number: the digits so far, and when they are forgotten. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

# A hand that has left the keys for this long has given up; a CCTV keyboard waits as long.
PATIENCE_SECONDS = 4.0
# How long the answer "no such camera" stays to be read.
ANSWER_SECONDS = 2.5
# The national standard's management numbers have at most nine digits.
LONGEST = 9


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """`digits` typed so far; `unknown` once Enter found no camera; gone after `deadline`."""

    digits: str = ""
    deadline: float = 0.0
    unknown: bool = False

    @property
    def active(self) -> bool:
        return self.digits != ""

    @property
    def number(self) -> int:
        return int(self.digits)

    def typed(self, digit: str, now: float) -> NumberEntry:
        """One more digit; after an answer a new number begins."""
        digits = digit if self.unknown else (self.digits + digit)[:LONGEST]
        return NumberEntry(digits, now + PATIENCE_SECONDS)

    def erased(self, now: float) -> NumberEntry:
        """One digit less; the answer "no such camera" is taken back first."""
        digits = self.digits if self.unknown else self.digits[:-1]
        return NumberEntry(digits, now + PATIENCE_SECONDS) if digits else EMPTY

    def not_found(self, now: float) -> NumberEntry:
        return NumberEntry(self.digits, now + ANSWER_SECONDS, unknown=True)

    def at(self, now: float) -> NumberEntry:
        return EMPTY if self.active and now >= self.deadline else self


EMPTY = NumberEntry()
