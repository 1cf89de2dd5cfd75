"""What this process costs: CPU time, and memory that counts shared pages fairly."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
from typing_extensions import override

from app.services.figures import ProcessMeter

_ROLLUP = Path("/proc/self/smaps_rollup")
_MEGABYTE = 1024.0 * 1024.0


class OwnProcess(ProcessMeter):
    """PSS (shared pages divided among their users) where the kernel tells it, else USS.

    USS leaves shared pages out: on Windows the pictures in shared memory are not in the figure.
    """

    def __init__(self, rollup: Path = _ROLLUP) -> None:
        self._rollup = rollup
        self._process = psutil.Process()
        self._measure = "uss" if _pss_mb(rollup) is None else "pss"

    @property
    @override
    def measure(self) -> str:
        return self._measure

    @override
    def cpu_seconds(self) -> float:
        return time.process_time()

    @override
    def memory_mb(self) -> float:
        if self._measure == "pss":
            return _pss_mb(self._rollup) or 0.0
        try:
            return float(self._process.memory_full_info().uss) / _MEGABYTE
        except OSError:
            # A system that does not tell what is the process's own: all of it, then.
            return float(self._process.memory_info().rss) / _MEGABYTE


def _pss_mb(rollup: Path) -> float | None:
    """None where there is no such file (other systems, kernels before 4.14) or no right to it."""
    try:
        lines = rollup.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024.0
    return None
