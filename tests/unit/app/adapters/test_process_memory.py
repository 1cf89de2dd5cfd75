from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.adapters.process_memory import OwnProcess


@pytest.mark.skipif(sys.platform != "linux", reason="PSS is Linux's")
def test_pss_on_linux() -> None:
    meter = OwnProcess()
    assert meter.measure == "pss"
    assert 5.0 < meter.memory_mb() < 4000.0


def test_uss_where_the_kernel_does_not_tell(tmp_path: Path) -> None:
    meter = OwnProcess(tmp_path / "no-such-file")
    assert meter.measure == "uss"
    assert meter.memory_mb() > 5.0


def test_uss_where_the_file_says_something_else(tmp_path: Path) -> None:
    rollup = tmp_path / "rollup"
    rollup.write_text("Rss: 12 kB\n")
    assert OwnProcess(rollup).measure == "uss"


def test_cpu_time_grows() -> None:
    meter = OwnProcess()
    before = meter.cpu_seconds()
    sum(range(200_000))
    assert meter.cpu_seconds() > before
