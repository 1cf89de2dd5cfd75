"""Guards: a test that leaves something behind fails, and the message says what and since when.

Each guard is a look at one kind of thing that is alive now. What is there after a test and its
fixtures, and was not there when it began, is a leak. Things of module or session fixtures are
there before the test begins and do not count. A look costs tens of microseconds; only a leak,
which may merely be slow to end, is looked at again.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from tests import qt_guards

# A thread or child that was told to end needs a moment on a loaded machine; a leak stays.
GRACE_SECONDS = float(os.environ.get("GWANJE_LEAK_GRACE", "2"))

_PROC = Path("/proc/self")
_SHM = Path("/dev/shm")

# One for each process, as long as it lives: of `multiprocessing`, and of the style sheet. Who kills
# a process leaves them.
_OF_A_PROCESS = ("pymp-", "gwanje-icons-")

Things = Mapping[Hashable, str]


def threads() -> Things:
    return {thread.ident: thread.name for thread in threading.enumerate() if thread.is_alive()}


def processes() -> Things:
    """Children of this process, zombies included: whoever starts one also waits for it."""
    try:
        pids = [
            int(pid)
            for task in (_PROC / "task").iterdir()
            for pid in _text(task / "children").split()
        ]
    except OSError:
        return {}
    # Python starts one tracker for `multiprocessing` on its own; it ends with the interpreter.
    return {pid: f"{pid} {_command(pid)}" for pid in pids if pid != _tracker_pid()}


def sockets() -> Things:
    return {link: link for link in _descriptors() if link.startswith("socket:")}


def shared_memory() -> Things:
    """Named segments in /dev/shm, and memfds of this process that are still open or mapped."""
    segments: dict[Hashable, str] = dict(_live_memfds())
    segments.update((name, str(_SHM / name)) for name in _names(_SHM) if not _is_foreign(name))
    return segments


def temporary_files() -> Things:
    """In the folder for such files that this run has to itself (conftest), children included."""
    folder = tempfile.gettempdir()
    names = (name for name in _names(Path(folder)) if not name.startswith(_OF_A_PROCESS))
    return {name: f"{folder}/{name}" for name in names}


@dataclass(frozen=True, slots=True)
class Guard:
    kind: str
    look: Callable[[], Things]


GUARDS = (
    Guard("threads", threads),
    Guard("processes", processes),
    Guard("sockets", sockets),
    Guard("shared_memory", shared_memory),
    Guard("temporary_files", temporary_files),
    Guard("timers", qt_guards.timers),
    Guard("windows", qt_guards.windows),
)


# ------------------------------------------------------------------------------- what to look at


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - ten times as fast, and called for every test
    except OSError:
        return []


def _command(pid: int) -> str:
    return _text(Path(f"/proc/{pid}/cmdline")).replace("\0", " ").strip() or "(ended, not waited)"


def _tracker_pid() -> int | None:
    tracker = sys.modules.get("multiprocessing.resource_tracker")
    return getattr(getattr(tracker, "_resource_tracker", None), "_pid", None)


def _descriptors() -> Iterator[str]:
    for number in _names(_PROC / "fd"):
        try:
            yield os.readlink(f"/proc/self/fd/{number}")  # noqa: PTH115 - as above
        except OSError:
            continue


_memfds: set[int] = set()
_memfd_create: Callable[..., int] | None = getattr(os, "memfd_create", None)


def _recording_memfd_create(*args: Any, **kwargs: Any) -> int:
    assert _memfd_create is not None
    descriptor = _memfd_create(*args, **kwargs)
    _memfds.add(os.fstat(descriptor).st_ino)
    return descriptor


def _live_memfds() -> Things:
    """Of the memfds that this process made. Reading the maps costs 1.5 ms: only where there are."""
    if not _memfds:
        return {}
    alive: dict[Hashable, str] = {}
    for line in _text(_PROC / "maps").splitlines():
        if "/memfd:" in line and (inode := int(line.split()[4])) in _memfds:
            alive["memfd", inode] = f"mapped {line.split(maxsplit=5)[5]}"
    for number in _names(_PROC / "fd"):
        try:
            inode = os.stat(f"/proc/self/fd/{number}").st_ino  # noqa: PTH116
        except OSError:
            continue
        if inode in _memfds:
            alive["memfd", inode] = f"open memfd, descriptor {number}"
    _memfds.intersection_update(key[1] for key in alive if isinstance(key, tuple))
    return alive


_foreign: dict[str, bool] = {}


def _is_foreign(name: str) -> bool:
    """Whether a process outside this test run uses the segment (other runs share /dev/shm)."""
    if name not in _foreign:
        _foreign[name] = any(
            name in _text(Path(f"/proc/{pid}/maps"))
            for pid in _names(Path("/proc"))
            if pid.isdigit() and int(pid) != os.getpid()
        )
    return _foreign[name]


# ---------------------------------------------------------------------------- tasks and log lines

_lost_tasks: list[str] = []


def _note_lost_tasks(loop: asyncio.AbstractEventLoop) -> None:
    _lost_tasks.extend(f"{task.get_name()} {task.get_coro()}" for task in asyncio.all_tasks(loop))
    _cancel_all_tasks(loop)


_cancel_all_tasks: Callable[[asyncio.AbstractEventLoop], None] = vars(asyncio.runners)[
    "_cancel_all_tasks"
]


class LogWatch(logging.Handler):
    """Keeps what a careful person would have to read: WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def unexpected(self, marker: pytest.Mark | None) -> list[str]:
        return [
            f"{record.levelname} {record.name}: {record.getMessage()}"
            for record in self.records
            if marker is None or (marker.args and not record.name.startswith(tuple(marker.args)))
        ]


_watch = LogWatch()


# ------------------------------------------------------------------------------------- the plugin


def pytest_configure(config: pytest.Config) -> None:
    setattr(asyncio.runners, "_cancel_all_tasks", _note_lost_tasks)  # noqa: B010 - private name
    if _memfd_create is not None:
        setattr(os, "memfd_create", _recording_memfd_create)  # noqa: B010 - typed as a builtin


_tests = itertools.count()
_FULL_EVERY = 25


def pytest_collection_finish() -> None:
    """What the tests themselves are made of lives to the end: no collection need look at it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _guards(request: pytest.FixtureRequest) -> Iterator[None]:
    logging.getLogger().addHandler(_watch)  # again each time: a test may have replaced handlers
    qt_guards.install()
    _lost_tasks.clear()
    _watch.records.clear()
    before = {guard.kind: guard.look() for guard in GUARDS}
    # Here only: a widget that a worker's thread collects ends the process (ui/garbage.py).
    gc.disable()
    yield
    gc.collect(2 if next(_tests) % _FULL_EVERY == 0 else 0)
    problems = [*_left_behind(request.node, before), *_said(request.node)]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def _left_behind(item: pytest.Item, before: Mapping[str, Things]) -> Iterator[str]:
    marker = item.get_closest_marker("allow_leaks")
    allowed = marker.args if marker else ()
    for guard in GUARDS:
        if guard.kind not in allowed:
            yield from (f"leaked {guard.kind}: {what}" for what in _leaks(guard, before))
    if "tasks" not in allowed:
        yield from (f"leaked tasks: {task}" for task in _lost_tasks)


def _leaks(guard: Guard, before: Mapping[str, Things]) -> list[str]:
    deadline = time.monotonic() + GRACE_SECONDS
    collected = False
    while True:
        now = guard.look()
        leaks = [what for key, what in now.items() if key not in before[guard.kind]]
        if not leaks or time.monotonic() > deadline:
            return leaks
        if not collected:
            gc.collect()
            collected = True
        qt_guards.settle()
        time.sleep(0.01)
        _foreign.clear()


def _said(item: pytest.Item) -> list[str]:
    lines = _watch.unexpected(item.get_closest_marker("allow_logs"))
    return [f"unexpected log: {line}" for line in lines]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Module and session fixtures must clean up too."""
    config = session.config
    if hasattr(config, "workerinput") or getattr(config.option, "dist", "no") != "no":
        return  # xdist's own workers are children too
    left = processes()
    if left:
        sys.stderr.write("".join(f"\nleaked by the run: process {what}" for what in left.values()))
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
