"""Many small things kept in one job: what comes while one is written goes into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from app.domain.errors import Unavailable
from app.hub.store.transaction import Transaction
from app.hub.store.writer import Writer
from app.hub.tasks import spawn

T = TypeVar("T")

_MOST: Final = 200
# What comes alone is written at once; of a stream, what comes within this time of the last COMMIT
# shares the next: a COMMIT costs as much as several bodies.
_BREATH_SECONDS: Final = 0.005


class Together(Generic[T]):
    """`keep` writes some of them, in the order in which they came; it may be asked again.

    Where it fails for several, each is tried by itself: one of many must not keep out the others.
    """

    def __init__(
        self, writer: Writer, keep: Callable[[Transaction, Sequence[T]], None], name: str
    ) -> None:
        self._writer = writer
        self._keep = keep
        self._name = name
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def do(self, one: T) -> None:
        """Returns after its COMMIT. Raises what `Writer.do` raises."""
        outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, outcome))
        if self._task is None:
            self._task = spawn(self._run(), self._name)
        await outcome

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                if (pause := self._not_before - loop.time()) > 0:
                    await asyncio.sleep(pause)
                some, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._write([pair for pair in some if not pair[1].done()])
                self._not_before = loop.time() + _BREATH_SECONDS
        finally:
            self._task = None

    async def _write(self, some: Sequence[tuple[T, asyncio.Future[None]]]) -> None:
        if not some:
            return
        error: Exception | None = None
        try:
            await self._writer.do(partial(self._all, some=[one for one, _ in some]))
        except Exception as failure:  # noqa: BLE001 - whoever waits gets it
            error = failure
        if error is not None and len(some) > 1 and not isinstance(error, Unavailable):
            for pair in some:
                await self._write([pair])
            return
        for _, outcome in some:
            if outcome.done():
                continue
            if error is None:
                outcome.set_result(None)
            else:
                outcome.set_exception(error)

    def _all(self, tx: Transaction, some: Sequence[T]) -> None:
        self._keep(tx, some)
