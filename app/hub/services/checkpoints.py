"""A checkpoint every minute, or as soon as a thousand entries wait for one."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from app.domain.errors import Failure
from app.hub.services.ledger import Ledger
from app.hub.store import ledger as rows
from app.hub.store.store import Store
from app.hub.store.transaction import Clock
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

EVERY_US: Final = 60_000_000
ENTRIES: Final = 1_000
_LOOK_SECONDS: Final = 1.0


class Checkpoints:
    """`go` is one look; a task looks every second."""

    def __init__(self, store: Store, ledger: Ledger, clock: Clock) -> None:
        self._store = store
        self._ledger = ledger
        self._clock = clock
        self._at = 0
        self._size = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = spawn(self._run(), "checkpoints")

    async def stop(self) -> None:
        """Signs what is there: a hub that ends leaves nothing unsigned."""
        task, self._task = self._task, None
        if task is not None:
            await cancel(task)
            await self._quietly_sign()

    @property
    def alive(self) -> bool:
        return self._task is None or not self._task.done()

    async def go(self) -> None:
        size, _ = await self._store.reader.read(rows.last)
        if size == self._size:
            return
        now = self._clock()
        if size - self._size >= ENTRIES or now - self._at >= EVERY_US:
            self._size, self._at = await self._ledger.checkpoint(), now

    async def _run(self) -> None:
        while True:
            try:
                await self.go()
            except Failure as failure:
                _log.warning("the checkpoint waits: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not end this for good
                _log.exception("the checkpoint")
            await asyncio.sleep(_LOOK_SECONDS)

    async def _quietly_sign(self) -> None:
        try:
            await self._ledger.checkpoint()
        except Failure as failure:
            _log.warning("no last checkpoint: %s", failure)
