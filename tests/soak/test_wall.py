"""The long run: a camera hangs up each minute, and the memory stays where it is.

`make soak MINUTES=30` or `HOURS=8`; ten minutes without either.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from dataclasses import asdict, dataclass

import psutil
import pytest

from tests.bench import breaking
from tests.bench.fit import Slope, fit
from tests.bench.marks import watch
from tests.bench.processes import family, wait_until
from tests.bench.seeing import until_all_seen
from tests.bench.tables import number, table
from tests.bench.trials import Watched, site_of, watched

pytestmark = [pytest.mark.soak, pytest.mark.timeout(0)]

TILES = 16
# The replay buffers hold 60 s; they grow until then.
_FILL_SECONDS = 90.0
_DROP_SECONDS = 60.0
_READ_SECONDS = 5.0
_BLOCK_SECONDS = 30.0
# What a slope within the noise may hide.
_FLAT_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Resources:
    """Of the console (`ui_mb`) and its decoder processes; PSS in MB, handles of all together."""

    at: float
    ui_mb: float
    decoders_mb: float
    descriptors: int
    threads: int


def asked_seconds() -> float:
    hours = float(os.environ.get("HOURS") or 0)
    minutes = float(os.environ.get("MINUTES") or 0)
    return (hours * 3600 + minutes * 60) or 600.0


def read(run: Watched) -> Resources:
    own = psutil.Process(run.console.pid)
    others = [one for one in family(run.console.pid) if one.pid != own.pid]
    descriptors = threads = 0
    decoders = 0.0
    for one in [own, *others]:
        # A decoder process may be replaced at this moment.
        with contextlib.suppress(psutil.Error):
            descriptors += one.num_fds()
            threads += one.num_threads()
            decoders += _pss_mb(one) if one.pid != own.pid else 0.0
    return Resources(time.monotonic(), _pss_mb(own), decoders, descriptors, threads)


def _pss_mb(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1e6


def soak(run: Watched, seconds: float) -> tuple[list[Resources], int]:
    """Readings every few seconds, and how many sessions the server ended meanwhile."""
    readings: list[Resources] = []
    drops = 0
    begin = time.monotonic()
    while (spent := time.monotonic() - begin) < seconds:
        if spent >= drops * _DROP_SECONDS:
            run.site.drop(run.site.sources[drops % TILES].mount)
            drops += 1
        watch(run.marks, _READ_SECONDS)
        readings.append(read(run))
    return readings, drops


def show(slopes: dict[str, Slope], readings: list[Resources], drops: int) -> None:
    rows = [
        (
            name,
            number(slope.mean, 1, " MB"),
            number(slope.growth, 2, " MB"),
            f"± {number(3 * slope.error * slope.span, 2, ' MB')}",
            number(slope.per_second * 3600, 2, " MB"),
        )
        for name, slope in slopes.items()
    ]
    span = readings[-1].at - readings[0].at
    last = asdict(readings[-1]) | {"drops": drops, "seconds": round(span, 1)}
    whole = json.dumps({"slopes": {n: asdict(s) for n, s in slopes.items()}, "last": last})
    head = f"{span / 60:.1f} minutes, {drops} sessions ended, {TILES} tiles"
    words = table(("PSS", "mean", "growth", "noise", "an hour"), rows)
    sys.stdout.write(f"\n{head}\n{words}\n{whole}\n")


def test_memory_and_handles_stay_flat() -> None:
    with site_of(TILES) as site, watched(site, TILES) as run:
        _, opened = until_all_seen(run.marks, range(TILES), breaking.ALL_LIVE_SECONDS)
        assert opened
        watch(run.marks, _FILL_SECONDS)
        first = read(run)
        readings, drops = soak(run, asked_seconds())
        _, all_back = until_all_seen(
            run.marks, range(TILES), breaking.ALL_LIVE_SECONDS, time.monotonic()
        )
        assert all_back
        # Back to what it was: no connection, thread or descriptor for each reconnect.
        assert wait_until(lambda: read(run).descriptors <= first.descriptors + 2, 30.0, 1.0)
        assert wait_until(lambda: read(run).threads <= first.threads + 2, 30.0, 1.0)
        reconnects = (run.console.report() or {})["reconnects"]
    at = [one.at for one in readings]
    slopes = {
        "console": fit(at, [one.ui_mb for one in readings], _BLOCK_SECONDS),
        "decoders": fit(at, [one.decoders_mb for one in readings], _BLOCK_SECONDS),
    }
    show(slopes, readings, drops)
    assert reconnects >= drops
    assert run.programs.leftover == []
    assert [name for name, slope in slopes.items() if not slope.is_flat(_FLAT_SHARE)] == []
