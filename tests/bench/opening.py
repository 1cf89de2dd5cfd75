"""How soon a started console shows all its tiles, and how long a picture takes to the screen."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.bench.marks import watch
from tests.bench.seeing import firsts, until_all_seen
from tests.bench.tables import number, table
from tests.bench.trials import site_of, watched

_OPEN_SECONDS = 60.0
_SETTLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds from the start of the program: `usable` as its log says, `first` and `all_tiles` as
    seen on the screen. `open_max_ms`: from a stream being asked for to its picture, by the report.
    Delays in milliseconds: `seen` by the mark on the screen, `clock` by the camera's own clock
    (RTCP) and `marked` by the mark, both as the report says.
    """

    usable: float | None
    first: float
    all_tiles: float
    all_seen: bool
    open_max_ms: float | None
    seen_p50_ms: float
    seen_p95_ms: float
    clock_p95_ms: float | None
    marked_p95_ms: float | None
    ui_block_p99_ms: float | None
    leftover: tuple[str, ...]


def measure(tiles: int, rounds: int, seconds: float) -> list[Opening]:
    with site_of(tiles) as site:
        # Warm: every stream has been served once.
        _once(site, tiles, 0.0)
        return [_once(site, tiles, seconds) for _ in range(rounds)]


def _once(site: Any, tiles: int, seconds: float) -> Opening:
    options = ("--mark-clock", str(site.clock_folder), "--settle", str(_SETTLE_SECONDS))
    with watched(site, tiles, options) as run:
        seen, all_seen = until_all_seen(run.marks, range(tiles), _OPEN_SECONDS)
        usable = run.console.usable_seconds(run.log)
        watch(run.marks, _SETTLE_SECONDS)
        steady = watch(run.marks, seconds)
        report = run.console.report() or {}
        run.programs.end()
    at = [one.at - run.console.started for one in firsts(seen, 0.0).values()]
    delays = [one.delay * 1000 for one in steady] or [float("nan")]
    return Opening(
        usable=usable,
        first=min(at, default=float("nan")),
        all_tiles=max(at, default=float("nan")),
        all_seen=all_seen,
        open_max_ms=_of(report, "open_ms", "max"),
        seen_p50_ms=float(np.percentile(delays, 50)),
        seen_p95_ms=float(np.percentile(delays, 95)),
        clock_p95_ms=_of(report, "latency_ms", "p95"),
        marked_p95_ms=_of(report, "mark_latency_ms", "p95"),
        ui_block_p99_ms=_of(report, "ui_block_ms", "p99"),
        leftover=tuple(run.programs.leftover),
    )


def as_table(runs: list[Opening]) -> str:
    def row(words: str, name: str, digits: int, unit: str) -> tuple[str, str, str]:
        values = [value for run in runs if (value := getattr(run, name)) is not None]
        middle = statistics.median(values) if values else None
        return words, number(middle, digits, unit), number(max(values, default=None), digits, unit)

    return table(
        ("opening", "median", "worst"),
        [
            row("program start to usable (its log)", "usable", 2, " s"),
            row("program start to first picture on the screen", "first", 2, " s"),
            row("program start to a picture in every tile", "all_tiles", 2, " s"),
            row("stream asked for to its picture, slowest tile", "open_max_ms", 0, " ms"),
            row("capture to screen p50, seen on the screen", "seen_p50_ms", 0, " ms"),
            row("capture to screen p95, seen on the screen", "seen_p95_ms", 0, " ms"),
            row("capture to screen p95, report by the mark", "marked_p95_ms", 0, " ms"),
            row("capture to screen p95, report by RTCP", "clock_p95_ms", 0, " ms"),
            row("UI blocked p99", "ui_block_p99_ms", 0, " ms"),
        ],
    )


def _of(report: dict[str, Any], name: str, part: str) -> float | None:
    figure = report.get(name)
    return None if figure is None else float(figure[part])
