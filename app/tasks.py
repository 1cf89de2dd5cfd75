"""The only place that creates tasks and threads in the console.

The loop's thread is the GUI thread (qasync): services and screens live there and need no locks.
Everything that blocks goes through a `SerialQueue` or a `Reader` and comes back to the loop.
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


class SerialQueue:
    """One worker thread that does one thing after the other; the outcome comes back awaited.

    The thread is a daemon so that a library call that never returns cannot keep the program from
    ending; `close` says so in the log instead.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs `work` on the thread after everything that was asked before."""
        return await asyncio.wrap_future(self._submit(work, *args, **kwargs))

    def post(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Like `run` for work whose outcome nobody waits for; an error is logged."""
        self._submit(work, *args, **kwargs).add_done_callback(self._report)

    def _submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
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

        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(job)
        return outcome

    def _report(self, outcome: Future[Any]) -> None:
        if not outcome.cancelled() and (error := outcome.exception()) is not None:
            _log.error("%s: a job failed", self._name, exc_info=error)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    async def close(self, seconds: float = 5.0) -> bool:
        """Finishes what was asked, ends the thread. False if it would not end in time."""
        self._closed = True
        if self._thread is None:
            return True
        self._jobs.put(None)
        ended = await _joined(self._thread, seconds)
        if not ended:
            _log.error("%s would not end within %.0f s", self._name, seconds)
        return ended


class Reader:
    """A thread that blocks on a source and hands each item to the loop's thread.

    `read` returns the next item and raises EOFError or OSError at the end; then `ended` is called.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[], R],
        received: Callable[[R], None],
        ended: Callable[[], None],
    ) -> None:
        loop = asyncio.get_running_loop()

        def post(call: Callable[..., None], *args: object) -> None:
            try:
                loop.call_soon_threadsafe(call, *args)
            except RuntimeError:
                _log.debug("%s: the loop is gone", name)

        def work() -> None:
            while True:
                try:
                    item = read()
                except (EOFError, OSError):
                    post(ended)
                    return
                post(received, item)

        self._thread = threading.Thread(target=work, name=name, daemon=True)
        self._thread.start()

    async def join(self, seconds: float) -> bool:
        return await _joined(self._thread, seconds)


async def _joined(thread: threading.Thread, seconds: float) -> bool:
    # A join in the loop's default executor would itself leave a thread behind; a joining thread
    # that polls is the smallest thing that keeps the loop free.
    deadline = asyncio.get_running_loop().time() + seconds
    while thread.is_alive() and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    if not thread.is_alive():
        thread.join()
    return not thread.is_alive()
