"""Names for what the hub makes itself."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from app.domain.ids import uuid7

_NOISE_BYTES = 10
# The first bit stays free, so that counting on never runs over.
_MOST_NOISE = (1 << 61) - 1
_STEP = 1 << 30


class Ids:
    """UUIDv7s that grow with every call, also within a millisecond and when the clock goes back.

    The intake relies on it: what arrives first has the smaller name. For one thread.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._ms = 0
        self._noise = 0

    def new(self) -> str:
        ms = self._clock() // 1000
        step = 1 + secrets.randbelow(_STEP)
        if ms > self._ms or self._noise + step > _MOST_NOISE:
            self._ms = max(ms, self._ms + 1)
            self._noise = secrets.randbelow(_MOST_NOISE >> 1)
        else:
            self._noise += step
        return uuid7(self._ms, self._noise.to_bytes(_NOISE_BYTES, "big"))
