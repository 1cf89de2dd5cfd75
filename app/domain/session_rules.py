"""Rules of a session: idle minutes, hours without the hub, wrong passwords. Seconds throughout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# A mistyped password or two cost nothing; a guesser gets four tries a quarter of an hour.
FREE_TRIES = 3
LONGEST_DELAY = 900.0


class Idle(StrEnum):
    ACTIVE = "active"
    LOCK = "lock"
    SIGN_OFF = "sign off"


@dataclass(frozen=True, slots=True)
class IdleRule:
    """Seconds without a touch of keyboard or mouse; 0 switches a limit off."""

    lock_after: float = 0.0
    sign_off_after: float = 0.0

    def verdict(self, idle: float) -> Idle:
        if 0 < self.sign_off_after <= idle:
            return Idle.SIGN_OFF
        return Idle.LOCK if 0 < self.lock_after <= idle else Idle.ACTIVE


@dataclass(frozen=True, slots=True)
class SureTime:
    """A wall clock that cannot be turned back, in Unix seconds.

    Whoever sets the computer's clock back would lengthen the hours without the hub. So the latest
    wall clock ever seen counts (`high_water`, kept on the disk), and within one run the monotonic
    clock: `wall` and `monotonic` were read together.
    """

    high_water: float
    wall: float
    monotonic: float

    def now(self, wall: float, monotonic: float) -> float:
        passed = max(monotonic - self.monotonic, 0.0)
        return max(wall, max(self.high_water, self.wall) + passed)


def hours_left(verified: float, hours: float, now: float) -> float:
    """Seconds that a person may still work without the hub; 0 when there are none left.

    `verified` is when the hub last accepted the password. A console whose clock ran ahead then
    must not give more than the hub granted.
    """
    return min(max(verified + hours * 3600.0 - now, 0.0), hours * 3600.0)


def retry_delay(failures: int) -> float:
    """Seconds to wait after so many wrong passwords in a row."""
    if failures < FREE_TRIES:
        return 0.0
    return float(min(2.0 ** min(failures - FREE_TRIES + 2, 20), LONGEST_DELAY))
