"""The only place that creates tasks and threads in the hub.

The loop's thread serves consoles; what blocks (the database, hashing a password, reading a file)
goes to a `Threads` and comes back to the loop. The store's writer has a `Worker` of its own.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, ParamSpec, TypeVar

_log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

# The loop keeps only weak references to tasks (Python's own warning): without this set a task
# may be collected in the middle of its work.
_running: set[asyncio.Task[Any]] = set()


def spawn(work: Coroutine[Any, Any, R], name: str) -> asyncio.Task[R]:
    """Starts a task that is kept alive, has a name, and whose error is logged, never lost."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _running.add(task)
    task.add_done_callback(_finished)
    return task


def _finished(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("task %s failed", task.get_name(), exc_info=error)


async def cancel(*tasks: asyncio.Task[Any] | None) -> None:
    """Cancels the tasks and waits until each has really ended."""
    pending = [task for task in tasks if task is not None and not task.done()]
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.gather(*pending, return_exceptions=True)


def post(loop: asyncio.AbstractEventLoop, call: Callable[..., object], *args: object) -> None:
    """From any thread: `call` on the loop's thread, in the order of posting.

    Nothing happens if the loop has ended.
    """
    try:
        loop.call_soon_threadsafe(call, *args)
    except RuntimeError:
        _log.debug("the loop is gone")


class Worker:
    """A thread of one's own. `work` returns when it was told to end, by whatever it listens to.

    A daemon, so that a library call that never returns cannot keep the program from ending.
    """

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self._thread = threading.Thread(target=work, name=name, daemon=True)
        self._thread.start()

    async def join(self, seconds: float) -> bool:
        """Whether it ended in time."""
        return await _joined([self._thread], seconds)


class Threads:
    """A few worker threads for work that blocks; the outcome comes back awaited.

    With one thread, things are done one after the other. Threads start when they are needed and
    are daemons (see `Worker`); `close` says in the log which would not end.
    """

    def __init__(self, name: str, count: int = 1) -> None:
        self._name = name
        self._count = count
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._busy = 0
        self._closed = False

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of `work`, or its error."""
        if self._closed:
            message = f"{self._name} is closed"
            raise RuntimeError(message)
        outcome: Future[R] = Future()

        def job() -> None:
            if not outcome.set_running_or_notify_cancel():
                return
            try:
                outcome.set_result(work(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - the awaiting side gets it
                outcome.set_exception(error)

        self._busy += 1
        try:
            self._start_another()
            self._jobs.put(job)
            return await asyncio.wrap_future(outcome)
        finally:
            self._busy -= 1

    def _start_another(self) -> None:
        if len(self._threads) < min(self._busy, self._count):
            name = f"{self._name} {len(self._threads) + 1}"
            thread = threading.Thread(target=self._work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    async def close(self, seconds: float = 5.0) -> bool:
        """Finishes what was asked, ends the threads. False if one would not end in time."""
        self._closed = True
        for _ in self._threads:
            self._jobs.put(None)
        ended = await _joined(self._threads, seconds)
        if not ended:
            _log.error("%s would not end within %.0f s", self._name, seconds)
        return ended


async def _joined(threads: list[threading.Thread], seconds: float) -> bool:
    # A join in the loop's default executor would itself leave a thread behind; to look again and
    # again is the smallest thing that keeps the loop free.
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while any(thread.is_alive() for thread in threads) and loop.time() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    for thread in threads:
        if not thread.is_alive():
            thread.join()
    return not any(thread.is_alive() for thread in threads)
