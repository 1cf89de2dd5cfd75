"""More than the machine can decode: 64 cameras that have only a large stream."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from app.demo.mounts import Style
from tests.bench.marks import watch
from tests.bench.seeing import oldest_pictures, until_all_seen
from tests.bench.tables import number, table
from tests.bench.trials import Watched, site_of, watched

_OPEN_SECONDS = 90.0
# The tiers take their time to find their place.
_SETTLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Overload:
    """Ages in seconds: `seen` since the picture was sent, until the next one came, worst tile and
    worst moment; `reported` since it arrived, the largest of a second's look at all tiles.
    `tiers`: how many tiles were in which one at the end.
    """

    tiles: int
    tiles_seen: int
    seconds: float
    oldest_seen: float
    oldest_seen_median: float
    oldest_reported: float
    ui_block_p99_ms: float | None
    ui_block_max_ms: float | None
    shown_per_second: float
    tiers: dict[str, int]
    states: dict[str, int]
    leftover: tuple[str, ...]


def measure(tiles: int, seconds: float, settle: float = _SETTLE_SECONDS) -> Overload:
    with (
        site_of(tiles, Style.MAIN_ONLY) as site,
        watched(site, tiles, ("--settle", str(settle))) as run,
    ):
        until_all_seen(run.marks, range(tiles), _OPEN_SECONDS)
        # The report counts from its own settling on; both look at the same window.
        watch(run.marks, max(0.0, run.console.started + settle + 5 - time.monotonic()))
        return _watch(run, tiles, seconds)


def _watch(run: Watched, tiles: int, seconds: float) -> Overload:
    seen = []
    reported = 0.0
    begin = time.monotonic()
    while time.monotonic() < begin + seconds:
        seen += watch(run.marks, 1.0)
        reported = max(reported, *_ages(run))
    watched_for = time.monotonic() - begin
    report = run.console.report() or {"cameras": [], "states": {}}
    run.programs.end()
    ages = sorted(oldest_pictures(seen).values())
    block = report.get("ui_block_ms") or {}
    return Overload(
        tiles=tiles,
        tiles_seen=len(ages),
        seconds=watched_for,
        oldest_seen=ages[-1] if ages else float("nan"),
        oldest_seen_median=ages[len(ages) // 2] if ages else float("nan"),
        oldest_reported=reported,
        ui_block_p99_ms=block.get("p99"),
        ui_block_max_ms=block.get("max"),
        shown_per_second=len(seen) / watched_for,
        tiers=dict(Counter(row["tier"] for row in report["cameras"])),
        states=report["states"],
        leftover=tuple(run.programs.leftover),
    )


def _ages(run: Watched) -> list[float]:
    report = run.console.report() or {"cameras": []}
    return [0.0, *((row["age_ms"] or 0.0) / 1000 for row in report["cameras"])]


def as_table(figures: Overload) -> str:
    tiers = ", ".join(f"{count} {tier}" for tier, count in sorted(figures.tiers.items()))
    states = ", ".join(f"{count} {state}" for state, count in sorted(figures.states.items()))
    p99, longest = number(figures.ui_block_p99_ms, 0), number(figures.ui_block_max_ms, 0)
    return table(
        (f"overload: {figures.tiles} × 1280×720@25", ""),
        [
            ("UI blocked p99 / longest", f"{p99} / {longest} ms"),
            ("oldest picture on the screen, worst tile", number(figures.oldest_seen, 2, " s")),
            ("the same, median tile", number(figures.oldest_seen_median, 2, " s")),
            ("largest age since arrival, by the report", number(figures.oldest_reported, 2, " s")),
            ("pictures shown a second", number(figures.shown_per_second, 0)),
            ("tiers", tiers),
            ("states", states),
        ],
    )
