"""Reads beside the writer: each read sees one moment of the store, however long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.domain.text import Text
from app.hub.store import queries
from app.hub.store.errors import Resync, failure_of, is_lost
from app.hub.store.rows import Cursor, Head, Page, Tailed
from app.hub.tasks import Threads

T = TypeVar("T")

THREADS: Final = 4
# Each holds a connection and, in SQLite, the log file back: after a power cut of the whole centre
# 500 consoles ask at once.
SNAPSHOTS: Final = 4
PAGE: Final = 1_000
_GONE = Text(
    "허브의 기록이 그 위치까지 남아 있지 않습니다. 전체 상태를 다시 받아야 합니다.",
    "The hub's log does not reach back to that place. A snapshot is needed.",
)


class Snapshot:
    """The store as of `head.seq`, for as long as the `async with` block that made it lasts."""

    def __init__(
        self, reader: Reader, connection: Connection, head: Head, kinds: tuple[str, ...]
    ) -> None:
        self.head = head
        self.kinds = kinds
        self._reader = reader
        self._connection = connection

    async def count(self) -> int:
        """How many entities all pages hold together."""
        return await self._reader.on_thread(queries.count, self._connection, self.kinds)

    async def page(self, after: str | None = None, limit: int = PAGE) -> Page:
        """Entities kind by kind, each by id. `after` is a former page's; raises `BadInput`.

        A cursor also serves with a later snapshot: whoever keeps the *first* one's seq as his place
        in the log gets what changed meanwhile again, with a `ver` that tells.
        """
        cursor = None if after is None else Cursor.of(after)
        return await self._reader.on_thread(
            queries.page, self._connection, self.kinds, cursor, limit
        )


class Reader:
    """From the loop's thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = Threads("hub store reader", THREADS)
        self._snapshots = asyncio.Semaphore(SNAPSHOTS)

    async def close(self) -> bool:
        """Finishes what was asked. Whether it ended in time."""
        return await self._threads.close()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """The result of `work`, which sees one moment and cannot change anything.

        May run it twice (a lost connection). Raises `Unavailable` where the database is away.
        """
        return await self.on_thread(self._once_more, work)

    async def head(self) -> Head:
        return await self.read(queries.head_of)

    async def since(
        self,
        seq: int,
        limit: int = 500,
        pri: int | None = None,
        kinds: Collection[str] | None = None,
    ) -> Tailed:
        """What came after this place, of this priority and these kinds.

        Raises `Resync` where the log does not reach back so far, or ends before it.
        """

        def work(connection: Connection) -> Tailed:
            head = queries.head_of(connection)
            if not head.min_seq - 1 <= seq <= head.seq:
                raise Resync(_GONE)
            return Tailed(head, queries.entries(connection, seq, limit, pri, kinds))

        return await self.read(work)

    @asynccontextmanager
    async def snapshot(self, kinds: Sequence[str] | None = None) -> AsyncIterator[Snapshot]:
        """All entities of these kinds (None: all, by name), in the order given.

        Waits where too many are being taken already. A slow taker holds the writer's log file back:
        give the block a time limit.
        """
        async with self._snapshots:
            connection = await self.on_thread(self._engine.connect)
            try:
                head = await self.on_thread(queries.head_of, connection)
                of = await self.on_thread(queries.kinds, connection) if kinds is None else kinds
                yield Snapshot(self, connection, head, tuple(of))
            finally:
                # A cancelled page may still be running on its thread; closing comes after it.
                await asyncio.shield(self.on_thread(connection.close))

    async def on_thread(self, work: Callable[..., T], *args: object) -> T:
        """The store's own way to its threads: the database's errors become `Failure`s."""
        try:
            return await self._threads.run(work, *args)
        except SQLAlchemyError as error:
            raise failure_of(error) from error

    def _once_more(self, work: Callable[[Connection], T]) -> T:
        try:
            return self._once(work)
        except SQLAlchemyError as error:
            if not is_lost(error):
                raise
            return self._once(work)

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)
