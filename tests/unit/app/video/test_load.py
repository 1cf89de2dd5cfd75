"""What the engine costs this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from app.video.load import LoadMeter


@pytest.fixture
def busy() -> Iterator[subprocess.Popen[bytes]]:
    """A process that works until it is told to end."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        yield process
        process.kill()


def cpu(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def test_the_work_of_a_process_is_counted_also_after_its_death(
    busy: subprocess.Popen[bytes],
) -> None:
    meter = LoadMeter()
    while cpu(busy.pid) < 0.1:
        meter.measure([busy.pid])
    before = cpu(busy.pid)
    meter.measure([busy.pid])
    load = meter.load(restarts=2)
    assert load.decoder_cpu_seconds >= before
    assert (load.decoder_processes, load.decoder_restarts) == (1, 2)
    assert load.cores == os.cpu_count()
    assert load.decoder_pss_mb > 1
    busy.kill()
    busy.wait()
    meter.measure([])
    after = meter.load(restarts=3)
    assert after.decoder_cpu_seconds >= load.decoder_cpu_seconds
    assert after.decoder_processes == 0


def test_how_busy_all_cores_are_is_a_share(busy: subprocess.Popen[bytes]) -> None:
    meter = LoadMeter()
    start = cpu(busy.pid)
    while cpu(busy.pid) < start + 0.3:
        meter.measure([busy.pid])
    assert 0.0 < meter.busy <= 1.0


def test_a_process_that_never_was_costs_nothing() -> None:
    meter = LoadMeter()
    meter.measure([2**22 + 1])
    assert meter.load(restarts=0).decoder_cpu_seconds == 0.0
