"""Writes a service's state a moment after its last change, and surely at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.domain.errors import Failure
from app.domain.text import Text
from app.services.store_port import Loaded
from app.signals import Signal
from app.tasks import cancel, spawn

T = TypeVar("T")

# A drag over the wall makes some ten changes a second; a kill within this time loses the last one.
DELAY_SECONDS = 0.3


async def read(load: Awaitable[Loaded[T]], otherwise: T, notices: Signal[Text]) -> T:
    """What was kept, problems told; `otherwise` if the store cannot be read at all."""
    try:
        loaded = await load
    except Failure as failure:
        loaded = Loaded(otherwise, (failure.text,))
    for problem in loaded.problems:
        notices.emit(problem)
    return loaded.value


class Keeper:
    """One state, one writing at a time. What failed stays due and is tried at the next change."""

    def __init__(
        self,
        name: str,
        write: Callable[[], Awaitable[None]],
        notices: Signal[Text],
        delay: float = DELAY_SECONDS,
    ) -> None:
        self._name = name
        self._write = write
        self._notices = notices
        self._delay = delay
        self._due = False
        self._failing = False
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    @property
    def due(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._due

    def touch(self) -> None:
        """Something changed. Without a running loop it is written by the next `flush`."""
        self._due = True
        if self._task is None or self._task.done():
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return
            self._task = spawn(self._later(), f"keep {self._name}")

    async def flush(self) -> None:
        """Writes now what is due; raises `Failure` and keeps it due if that fails."""
        async with self._turn:
            if not self._due:
                return
            self._due = False
            try:
                await self._write()
            except BaseException:
                self._due = True
                raise
            self._failing = False

    async def stop(self) -> None:
        """The last writing; a failure becomes a notice."""
        await cancel(self._task)
        await self._try()

    async def _later(self) -> None:
        due = True
        while due:
            await asyncio.sleep(self._delay)
            written = await self._try()
            due = written and self._due

    async def _try(self) -> bool:
        try:
            await self.flush()
        except Failure as failure:
            # Told once, not at every change of a long shift.
            if not self._failing:
                self._failing = True
                self._notices.emit(failure.text)
            return False
        return True
