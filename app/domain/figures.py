"""Arithmetic of the figures: percentiles of streams of values in bounded memory, and rates."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

# Buckets grow by 2 %, so a percentile is within 1 % of the true value; they reach from a tenth of
# a millisecond (less is "at once" for a person) to more than a day.
_FINEST = 1e-4
_PER_E = 1.0 / math.log(1.02)
_BUCKETS = 1050
# A machine that slept for hours must not be paid for with a million corrected samples.
_MOST_MISSED = 2000


class Histogram:
    """Counts of values (seconds, never negative) from which percentiles are read.

    Its size does not grow with what is added, so that a shift of eight hours costs what a minute
    costs. `add` is made for the paint path: well below a microsecond.
    """

    __slots__ = ("_counts", "count", "largest")

    def __init__(self) -> None:
        self._counts = array("Q", bytes(8 * _BUCKETS))
        self.count = 0
        self.largest = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        if value > self.largest:  # noqa: PLR1730 - a call to max() costs more than the rest
            self.largest = value
        bucket = int(math.log(value / _FINEST) * _PER_E) + 1 if value > _FINEST else 0
        self._counts[bucket if bucket < _BUCKETS else _BUCKETS - 1] += 1

    def add_with_missed(self, value: float, interval: float) -> None:
        """Adds a waiting time and those that a probe every `interval` missed meanwhile.

        While a thread is blocked for a second its probe is silent; a probe that ran would have
        found 0.99 s, 0.98 s, … Without them one long block weighs as much as one short wait.
        """
        self.add(value)
        for _ in range(min(int(value / interval), _MOST_MISSED)):
            value -= interval
            self.add(max(0.0, value))

    def percentile(self, fraction: float) -> float | None:
        return percentile_of((self,), fraction)

    def clear(self) -> None:
        self._counts = array("Q", bytes(8 * _BUCKETS))
        self.count = 0
        self.largest = 0.0


def percentile_of(parts: Sequence[Histogram], fraction: float) -> float | None:
    """The percentile (fraction 0…1, nearest rank) of all parts together; None when empty."""
    total = sum(part.count for part in parts)
    if total == 0:
        return None
    rank = max(1, math.ceil(total * fraction))
    seen = 0
    for bucket, counts in enumerate(zip(*(part._counts for part in parts), strict=True)):  # noqa: SLF001 - the same class
        seen += sum(counts)
        if seen >= rank:
            return min(_middle(bucket), max(part.largest for part in parts))
    raise AssertionError  # pragma: no cover - the counts add up to the total


def _middle(bucket: int) -> float:
    return 0.0 if bucket == 0 else _FINEST * math.exp((bucket - 0.5) / _PER_E)


def percentile(values: Sequence[float], fraction: float) -> float | None:
    """Exact percentile (fraction 0…1) of a few values, nearest rank; None when there are none."""
    if not values:
        return None
    return sorted(values)[max(1, math.ceil(len(values) * fraction)) - 1]


def rate(count: float, seconds: float) -> float:
    """Events per second; 0 where no time has passed."""
    return count / seconds if seconds > 0 else 0.0


class Growing:
    """A counter read from outside that only grows, except that it may start again from 0."""

    __slots__ = ("_carried", "_raw")

    def __init__(self, raw: int = 0) -> None:
        self._raw = raw
        self._carried = 0

    def read(self, raw: int) -> int:
        """Takes the newest reading; returns the sum over all restarts."""
        if raw < self._raw:
            self._carried += self._raw
        self._raw = raw
        return self._carried + raw


@dataclass(frozen=True, slots=True)
class Sample:
    """The console as a whole in one second, as the health screen plots it.

    `at` is the monotonic second. CPU is in cores (1.0 = one core fully used), `busy` the share
    (0…1) of all cores in use by anyone. Times are seconds, None where nothing was measured.
    """

    at: float
    cpu_ui: float = 0.0
    cpu_decoders: float = 0.0
    busy: float = 0.0
    cores: int = 1
    shown_per_second: float = 0.0
    decoded_per_second: float = 0.0
    age_p95: float | None = None
    latency_p95: float | None = None
    block_p99: float | None = None
    block_largest: float = 0.0
    memory_ui_mb: float = 0.0
    memory_decoders_mb: float = 0.0
    tiles: int = 0
    tiles_live: int = 0
    reconnects: int = 0

    @property
    def shown_ratio(self) -> float | None:
        """Pictures shown of pictures decoded; None while nothing is decoded."""
        if self.decoded_per_second <= 0:
            return None
        return min(1.0, self.shown_per_second / self.decoded_per_second)
