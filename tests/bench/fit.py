"""A straight line through readings, and how far its slope can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Slope:
    """`per_second` with its standard error `error`; `span` (s) is what the readings cover."""

    per_second: float
    error: float
    mean: float
    span: float

    @property
    def growth(self) -> float:
        """Over the whole span, in the unit of the readings."""
        return self.per_second * self.span

    def is_flat(self, share: float) -> bool:
        """Whether it cannot be told from no growth, or grew by less than that share of the mean."""
        noise = 3 * self.error * self.span
        return self.growth <= max(noise, share * self.mean)


def fit(at: Sequence[float], values: Sequence[float], block: float) -> Slope:
    """Least squares over the means of blocks of `block` seconds: neighbouring readings are alike,
    and counted one by one they would make the noise look smaller than it is.

    Needs three blocks; raises ValueError with fewer.
    """
    times, readings = np.asarray(at, dtype=float), np.asarray(values, dtype=float)
    blocks = ((times - times[0]) // block).astype(int)
    if len(np.unique(blocks)) < 3:
        raise ValueError("too few readings for a slope")
    x = np.array([times[blocks == number].mean() for number in np.unique(blocks)])
    y = np.array([readings[blocks == number].mean() for number in np.unique(blocks)])
    centred = x - x.mean()
    spread = float((centred**2).sum())
    slope = float((centred * y).sum()) / spread
    residuals = y - y.mean() - slope * centred
    error = float(np.sqrt((residuals**2).sum() / (len(x) - 2) / spread))
    return Slope(slope, error, float(y.mean()), float(times[-1] - times[0]))
