"""The waiting times that the figures collect, and how they are summed up."""

from __future__ import annotations

from app.domain.figures import Histogram, percentile_of
from app.services.report import Blocking, Delay, Opening, Percentiles

# The beat of the loop probe (ui/health/loop_probe.py); a wait is corrected for the beats that it
# swallowed.
PROBE_SECONDS = 0.020
# Live blocking looks back 30 to 60 s: two half-windows, of which the older one is dropped.
_BLOCK_WINDOW = 30.0


class Timings:
    """Histograms (seconds) of a run.

    `age`: of the pictures on the screen. `latency`: capture to screen, `marked` the same as read
    from the demo's mark. `screen`: arrival to screen. `opening`: asked for to first picture; not
    cleared by a new period.
    """

    def __init__(self, now: float) -> None:
        self.age, self.latency, self.screen = Histogram(), Histogram(), Histogram()
        self.opening, self.marked = Histogram(), Histogram()
        self._block, self._block_now, self._block_before = Histogram(), Histogram(), Histogram()
        self._turned = now

    def restart(self) -> None:
        for histogram in (self.age, self.latency, self.marked, self.screen, self._block):
            histogram.clear()

    def blocked(self, seconds: float) -> None:
        self._block.add_with_missed(seconds, PROBE_SECONDS)
        self._block_now.add_with_missed(seconds, PROBE_SECONDS)

    def recent_block(self, now: float) -> tuple[float | None, float]:
        """The 99th percentile and the longest of the last half to whole minute."""
        if now - self._turned >= _BLOCK_WINDOW:
            self._block_before, self._block_now = self._block_now, Histogram()
            self._turned = now
        window = (self._block_before, self._block_now)
        return percentile_of(window, 0.99), max(part.largest for part in window)

    def ages(self) -> Percentiles | None:
        h = self.age
        return Percentiles(_ms(h, 0.5), _ms(h, 0.95), _ms(h, 0.99)) if h.count else None

    def openings(self) -> Opening | None:
        h = self.opening
        return Opening(_ms(h, 0.5), _ms(h, 0.95), h.largest * 1000) if h.count else None

    def blocking(self) -> Blocking | None:
        h = self._block
        return Blocking(_ms(h, 0.95), _ms(h, 0.99), h.largest * 1000) if h.count else None


def delay(histogram: Histogram) -> Delay | None:
    """Milliseconds; None where nothing was measured."""
    if not histogram.count:
        return None
    return Delay(_ms(histogram, 0.5), _ms(histogram, 0.95))


def _ms(histogram: Histogram, fraction: float) -> float:
    return (histogram.percentile(fraction) or 0.0) * 1000
