"""Interleaved runs of all contestants on the same streams, and what they come to."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.demo.mounts import Style
from app.demo.site import SiteOptions
from tests.bench.contestants import RIVALS, Contestant, Decode, Gwanje, Trial
from tests.bench.measuring import Run, run
from tests.bench.screen import screen
from tests.bench.site import Served, served
from tests.bench.tables import number, share, table


@dataclass(frozen=True, slots=True)
class Plan:
    """`rivals` only in the first so many rounds: they are slow."""

    tiles: int
    rounds: int
    rivals: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Medians over the runs of one contestant; delays over all their pictures.

    `ratio` is CPU per shown picture against the yardstick's of the same rounds.
    """

    contestant: str
    runs: int
    ms_per_shown: float
    ms_per_shown_with_x: float
    ratio: float
    shown_of_sent: float
    shown_of_decoded: float | None
    delay_p50_ms: float | None
    delay_p95_ms: float | None
    pss_mb: float
    lowered: int
    even: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    tiles: int
    runs: tuple[Run, ...]
    standings: tuple[Standing, ...]
    skipped: tuple[str, ...]

    @property
    def faults(self) -> list[str]:
        """What must not be, whatever the figures are."""
        found = [f"{one.contestant}: left {name}" for one in self.runs for name in one.leftover]
        found += [
            f"{one.contestant}, {self.tiles} tiles: no picture counted"
            for one in self.runs
            if one.contestant in {Decode.name, Gwanje.name} and not one.shown
        ]
        return found

    def as_json(self) -> dict[str, Any]:
        names = Standing.__slots__
        return {
            "tiles": self.tiles,
            "contestants": [{n: _short(getattr(one, n)) for n in names} for one in self.standings],
            "runs": [_run_json(one) for one in self.runs],
            "skipped": list(self.skipped),
        }

    def as_table(self) -> str:
        head = ("", "CPU ms/frame", "x decode", "with X", "of sent", "of decoded",
                "delay p50", "p95 ms", "PSS MB", "lowered", "runs")  # fmt: skip
        rows = [
            (
                one.contestant + ("" if one.even else " *"),
                number(one.ms_per_shown, 3),
                number(one.ratio),
                number(one.ms_per_shown_with_x, 3),
                share(one.shown_of_sent),
                share(one.shown_of_decoded),
                number(one.delay_p50_ms, 0),
                number(one.delay_p95_ms, 0),
                number(one.pss_mb, 0),
                str(one.lowered),
                str(one.runs),
            )
            for one in self.standings
        ]
        notes = [f"  left out: {words}" for words in self.skipped]
        if not all(one.even for one in self.standings):
            notes.append("  * its pace had not become even when the window began")
        return "\n".join([table(head, rows), *notes])


def measure(plan: Plan) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="gwanje-bench-") as name:
        folder = Path(name)
        with served(SiteOptions(count=plan.tiles, style=Style.PLAIN), folder) as site:
            skipped = [f"{c.name}: {why}" for c in RIVALS if (why := c().missing()) is not None]
            runs = tuple(
                _one(contestant, site, plan, folder) for contestant in _order(plan, skipped)
            )
    return Outcome(plan.tiles, runs, _standings(runs), tuple(skipped))


def _order(plan: Plan, skipped: list[str]) -> Iterator[Contestant]:
    """A B A B …: what else the machine does then falls on all of them alike."""
    there = [rival for rival in RIVALS if not any(why.startswith(rival.name) for why in skipped)]
    for place in range(plan.rounds):
        yield Decode()
        yield Gwanje()
        if place < plan.rivals:
            yield from (rival() for rival in there)


def _one(contestant: Contestant, site: Served, plan: Plan, folder: Path) -> Run:
    with screen() as shown, tempfile.TemporaryDirectory(dir=folder) as own:
        done = run(contestant, Trial(site, shown, Path(own), plan.tiles), plan.seconds)
    print(
        f"  {plan.tiles} tiles, {done.contestant}: {done.ms_per_shown:.3f} ms/frame,"
        f" {done.shown} of {done.sent} shown, load before {done.load_before:.1f}",
        file=sys.stderr,
        flush=True,
    )
    return done


def _standings(runs: tuple[Run, ...]) -> tuple[Standing, ...]:
    names = dict.fromkeys(run.contestant for run in runs)
    limit = statistics.median(r.ms_per_shown for r in runs if r.contestant == Decode.name)
    return tuple(_standing([r for r in runs if r.contestant == name], limit) for name in names)


def _standing(runs: list[Run], limit: float) -> Standing:
    cost = statistics.median(run.ms_per_shown for run in runs)
    delays = np.concatenate([run.delays_ms for run in runs])
    painted = [r.painted / r.decoded for r in runs if r.painted and r.decoded and r.delays_ms]
    return Standing(
        contestant=runs[0].contestant,
        runs=len(runs),
        ms_per_shown=cost,
        ms_per_shown_with_x=statistics.median(run.ms_per_shown_with_x for run in runs),
        ratio=cost / limit,
        shown_of_sent=statistics.median(run.shown_of_sent for run in runs),
        shown_of_decoded=statistics.median(painted) if painted else None,
        delay_p50_ms=float(np.percentile(delays, 50)) if delays.size else None,
        delay_p95_ms=float(np.percentile(delays, 95)) if delays.size else None,
        pss_mb=statistics.median(run.pss_mb for run in runs),
        lowered=max(run.lowered for run in runs),
        even=all(run.even for run in runs),
    )


def _run_json(run: Run) -> dict[str, Any]:
    left_out = {"delays_ms"}
    names = Run.__slots__
    return {name: _short(getattr(run, name)) for name in names if name not in left_out}


def _short(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
