"""Programs that are measured: started in a session of their own, metered, and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil

_END_SECONDS = 15.0


class Programs:
    """One or several programs that count as one contestant. Use as a context manager.

    On leaving, they are asked to end, then killed. `leftover` then names every process of theirs
    that was still there when all of them had ended by themselves or been killed.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        self.started: list[subprocess.Popen[bytes]] = []
        self.leftover: list[str] = []

    def start(
        self,
        command: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        stdout: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log, contextlib.ExitStack() as stack:
            out = stack.enter_context(stdout.open("wb")) if stdout else log
            process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(env) if env is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def processes(self) -> list[psutil.Process]:
        """All of them with their descendants, as far as they are alive now."""
        return [one for process in self.started for one in family(process.pid)]

    def cpu_seconds(self) -> float:
        """User and system time of all of them, and of children that have ended."""
        return cpu_seconds(self.processes())

    def pss_mb(self) -> float:
        total = 0.0
        for one in self.processes():
            with contextlib.suppress(psutil.Error):
                total += one.memory_full_info().pss / 1e6
        return total

    def running(self) -> bool:
        return all(process.poll() is None for process in self.started)

    def end(self, seconds: float = _END_SECONDS) -> None:
        """Waits that long for each to end after SIGTERM; kills what does not."""
        seen = {one.pid: one for one in self.processes()}
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        end = time.monotonic() + seconds
        for process in self.started:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._bury(seen)

    def _bury(self, seen: dict[int, psutil.Process]) -> None:
        sessions = {process.pid for process in self.started}
        _, alive = psutil.wait_procs(list(seen.values()), timeout=2)
        strays = {one.pid: one for one in alive} | {p.pid: p for p in _in_sessions(sessions)}
        for stray in strays.values():
            with contextlib.suppress(psutil.Error):
                self.leftover.append(f"{stray.pid} {' '.join(stray.cmdline())[:80]}")
                stray.kill()
        self.started.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def family(pid: int) -> list[psutil.Process]:
    """The process and its descendants."""
    with contextlib.suppress(psutil.Error):
        one = psutil.Process(pid)
        return [one, *one.children(recursive=True)]
    return []


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    total = 0.0
    for one in processes:
        with contextlib.suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _in_sessions(sessions: set[int]) -> list[psutil.Process]:
    found = []
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getsid(pid) in sessions:
                found.append(psutil.Process(pid))
    return found


def wait_until(condition: Callable[[], bool], seconds: float, step: float = 0.02) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True
