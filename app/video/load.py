"""What the engine costs this machine."""

from __future__ import annotations

import os
import time
from typing import Any

import psutil

from app.services.ports import EngineLoad

_SMOOTHING = 0.4
# Summing up a process's pages takes the kernel milliseconds.
_MEMORY_EVERY = 5.0


class LoadMeter:
    """CPU of the decoder processes (also of those that died) and how busy all cores are.

    To be measured a few times a second.
    """

    def __init__(self) -> None:
        self.busy = 0.0
        self._seconds: dict[int, float] = {}
        self._processes: dict[int, psutil.Process] = {}
        self._pids: list[int] = []
        self._before = _times()
        self._pss_mb = 0.0
        self._pss_at = float("-inf")

    def measure(self, pids: list[int]) -> None:
        self._pids = pids
        for pid in pids:
            try:
                # Making one reads four files of /proc.
                if (process := self._processes.get(pid)) is None:
                    process = self._processes[pid] = psutil.Process(pid)
                times = process.cpu_times()
            except psutil.Error:
                continue
            self._seconds[pid] = times.user + times.system
        total, idle = _times()
        passed, rested = total - self._before[0], idle - self._before[1]
        if passed > 0:
            now = min(1.0, max(0.0, 1.0 - rested / passed))
            self.busy += _SMOOTHING * (now - self.busy)
        self._before = (total, idle)

    def load(self, restarts: int) -> EngineLoad:
        self.measure(self._pids)
        now = time.monotonic()
        if now - self._pss_at > _MEMORY_EVERY:
            self._pss_at = now
            self._pss_mb = sum(map(_pss_mb, self._pids))
        return EngineLoad(
            decoder_cpu_seconds=sum(self._seconds.values()),
            busy=self.busy,
            cores=os.cpu_count() or 1,
            decoder_processes=len(self._pids),
            decoder_pss_mb=self._pss_mb,
            decoder_restarts=restarts,
        )


def _times() -> tuple[float, float]:
    times = psutil.cpu_times()
    return sum(times[:8]), times.idle + getattr(times, "iowait", 0.0)


def _pss_mb(pid: int) -> float:
    """Proportional memory: pages that processes share are divided among them.

    Linux counts it; elsewhere the memory that is the process's alone stands in.
    """
    try:
        process = psutil.Process(pid)
        try:
            info: Any = process.memory_full_info()
        except OSError:
            # A system that does not tell what is the process's own: all of it, then.
            info = process.memory_info()
    except psutil.Error:
        return 0.0
    return float(getattr(info, "pss", getattr(info, "uss", info.rss))) / 1e6
