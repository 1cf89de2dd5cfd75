"""Which lines the plots draw, from the samples of the last ten minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.figures import Sample

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """`token`: the theme's colour. `value` None leaves a gap."""

    value: Callable[[Sample], float | None]
    token: str


@dataclass(frozen=True, slots=True)
class Plot:
    """`title`: English source in the context "Health". The axis reaches at least to `least`."""

    title: str
    lines: tuple[Line, ...]
    least: float


PLOTS: Final = (
    Plot(
        _N("Health", "CPU, % (grey: whole machine, blue: this console)"),
        (
            Line(lambda s: s.busy * 100, "faint"),
            Line(lambda s: (s.cpu_ui + s.cpu_decoders) / s.cores * 100, "focus"),
        ),
        100.0,
    ),
    Plot(
        _N("Health", "Pictures a second (grey: decoded, blue: shown)"),
        (
            Line(lambda s: s.decoded_per_second, "faint"),
            Line(lambda s: s.shown_per_second, "focus"),
        ),
        30.0,
    ),
    Plot(
        _N("Health", "Age of pictures, ms (95 of 100 are newer)"),
        (Line(lambda s: _ms(s.age_p95), "focus"),),
        500.0,
    ),
    Plot(
        _N("Health", "Screen blocked, ms (grey: longest, blue: 99 of 100)"),
        (
            Line(lambda s: _ms(s.block_largest), "faint"),
            Line(lambda s: _ms(s.block_p99), "focus"),
        ),
        50.0,
    ),
)


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000


def times(history: Sequence[Sample]) -> Numbers:
    """Seconds before the newest sample: 0 at the right end."""
    if not history:
        return np.empty(0)
    last = history[-1].at
    return np.array([sample.at - last for sample in history])


def values(history: Sequence[Sample], line: Line) -> Numbers:
    """NaN where nothing was measured."""
    read = (line.value(sample) for sample in history)
    return np.array([np.nan if value is None else value for value in read])


def top(plot: Plot, drawn: Sequence[Numbers]) -> float:
    """The upper end of the axis: a round number, so that it stands still while the line moves."""
    peaks = [float(np.nanmax(line)) for line in drawn if line.size and not np.isnan(line).all()]
    highest = max(peaks, default=0.0)
    if highest <= plot.least:
        return plot.least
    step = 10.0 ** np.floor(np.log10(highest))
    return float(next(step * factor for factor in (1, 2, 5, 10) if step * factor >= highest))
