"""Opens the hub's store and closes it: one writer, its readers, and the tail of the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import SQLAlchemyError

from app.hub.store import engines, migrate, queries
from app.hub.store.columns import now_us
from app.hub.store.committer import PATIENCE_SECONDS, Committer
from app.hub.store.engines import Engines
from app.hub.store.errors import failure_of
from app.hub.store.reader import SNAPSHOTS, THREADS, Reader
from app.hub.store.rows import Head
from app.hub.store.schema import head
from app.hub.store.tail import Tail
from app.hub.store.transaction import Clock
from app.hub.store.writer import Writer
from app.hub.tasks import Threads


class Store:
    """Made by `open`; `close` it in the end. `opened` is the head as it was found."""

    def __init__(self, prepared: Prepared) -> None:
        self.opened = prepared.found
        self.kind = prepared.engines.kind
        self.tail = Tail(self.opened.seq)
        self.writer = Writer(prepared.committer, self.tail)
        self.reader = Reader(prepared.engines.reader)
        self._engines = prepared.engines
        self._release = prepared.release

    @classmethod
    async def open(
        cls,
        address: str,
        hot: Collection[str] = (),
        clock: Clock = now_us,
        patience: float = PATIENCE_SECONDS,
    ) -> Store:
        """The store at this path or URL, made and brought up to date where needed.

        `hot`: kinds that go first after a pause. `patience`: seconds that a job waits for a
        database that is away. Raises `BadInput` (address) or `Unavailable` (in use, of a newer
        version, no room, out of reach).
        """
        threads = Threads("hub store opening")
        try:
            return cls(await threads.run(prepare, address, frozenset(hot), clock, patience))
        finally:
            await threads.close()

    async def close(self) -> None:
        """Finishes what was asked.

        The writer's connection is the last one: who closes a SQLite database last moves its
        write-ahead log into it, and only the writer may.
        """
        await self.reader.close()
        self._engines.reader.dispose()
        await self.writer.close()
        self._engines.close()
        self._release()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An open, current database that nobody else writes to; `release` gives it free."""

    found: Head
    engines: Engines
    committer: Committer
    release: Callable[[], None]


def prepare(
    address: str,
    hot: frozenset[str] = frozenset(),
    clock: Clock = now_us,
    patience: float = PATIENCE_SECONDS,
) -> Prepared:
    """What `Store.open` does off the loop; enough by itself for a command without a loop."""
    url = engines.url_of(address)
    with ExitStack() as undo:
        parts = engines.open_engines(url, THREADS + SNAPSHOTS)
        undo.callback(parts.close)
        release = engines.only_one(parts.kind, url)
        undo.callback(release)
        committer = Committer(parts.writer, hot, clock, patience)
        undo.callback(committer.close)
        try:
            found = _made_current(committer.connect(), clock, engines.file_of(url))
        except SQLAlchemyError as error:
            raise failure_of(error) from error
        undo.pop_all()
    return Prepared(found, parts, committer, release)


def new_epoch() -> str:
    """Names this run of the log; another one begins with each restored backup."""
    return secrets.token_hex(8)


def _made_current(connection: Connection, clock: Clock, file: Path | None) -> Head:
    migrate.upgrade(connection, file)
    if connection.execute(select(head.c.one)).first() is None:
        row = {"one": 1, "seq": 0, "epoch": new_epoch(), "min_seq": 1, "turn": ""}
        connection.execute(insert(head).values(**row, created=clock()))
    found = queries.head_of(connection)
    connection.commit()
    return found
