"""The one writer: a thread, a connection, and one COMMIT for all who wait.

While the disk takes one COMMIT, others queue; they share the next. Nobody waits for company, so a
lone job takes one COMMIT, and five hundred a second take as many as the disk gives.
"""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.hub.store.committer import Committer, Done, Result, Work
from app.hub.store.tail import Tail
from app.hub.tasks import Worker, post

T = TypeVar("T")

MOST_TOGETHER: Final = 200
_CLOSED = Text("허브가 종료되고 있습니다.", "The hub is stopping.")


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Work[Any]
    outcome: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts since the start; `waiting` as of now."""

    jobs: int
    failed: int
    commits: int
    connections: int
    waiting: int


class Writer:
    """`do` from the loop's thread. A job runs inside a savepoint: what it raises undoes only it.

    A job may be run again (a lost connection, a neighbour that filled the disk), so it must do
    nothing but use its `Transaction`, and must not catch the database's errors.
    """

    def __init__(self, committer: Committer, tail: Tail) -> None:
        self._committer = committer
        self._tail = tail
        self._loop = asyncio.get_running_loop()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._kept = 0
        self._failed = 0
        self._closed = False
        self._worker = Worker("hub store writer", self._run)

    @property
    def waiting(self) -> int:
        """Jobs that are not begun yet: the measure of being overrun."""
        return self._jobs.qsize()

    @property
    def figures(self) -> Figures:
        committer = self._committer
        return Figures(
            self._kept, self._failed, committer.commits, committer.connections, self.waiting
        )

    async def do(self, work: Work[T]) -> T:
        """The result of `work`, after its COMMIT; by then the log's tail holds its entries.

        Raises what `work` raised; `AlreadyThere`, `BadInput` or `Unavailable` where the database
        said no, and then nothing of the job was kept. Only if the connection stays lost from
        COMMIT on does `Unavailable` leave open whether it was; the same `cmd_id` again tells.
        """
        if self._closed:
            raise Unavailable(_CLOSED)
        outcome: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(_Job(work, outcome))
        return await outcome

    async def close(self, seconds: float = 15.0) -> bool:
        """Finishes what was asked. Whether it ended in time."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        if await self._worker.join(seconds):
            return True
        self._committer.hurry()
        return await self._worker.join(seconds)

    def _settle(self, jobs: Sequence[_Job], done: Done) -> None:
        self._tail.push(done.entries)
        for job, result in zip(jobs, done.results, strict=True):
            if result.error is None:
                self._kept += 1
            else:
                self._failed += 1
            if not job.outcome.done():
                _resolve(job.outcome, result)

    # --------------------------------------------------------------------- on the writer's thread

    def _run(self) -> None:
        last = False
        while not last:
            jobs, last = self._gather()
            wanted = [job for job in jobs if not job.outcome.cancelled()]
            if wanted:
                done = self._committer.commit([job.work for job in wanted])
                post(self._loop, self._settle, wanted, done)
        self._committer.close()

    def _gather(self) -> tuple[list[_Job], bool]:
        """Who waits now, at most so many; and whether those are the last."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == MOST_TOGETHER:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True


def _resolve(outcome: asyncio.Future[Any], result: Result) -> None:
    if result.error is None:
        outcome.set_result(result.value)
    elif isinstance(result.error, StopIteration):
        # A future refuses it; to the one who waits it is the same bug.
        outcome.set_exception(RuntimeError("a job raised StopIteration"))
    else:
        outcome.set_exception(result.error)
