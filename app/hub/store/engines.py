"""Opens the database: one connection that writes, a few that read.

SQLite before 3.51.3 can lose pages when two connections write or checkpoint at once (the WAL-reset
bug), so only the writer does either: readers are `query_only`, never checkpoint, and are closed
before it. `synchronous=FULL`: an acknowledged commit survives a power cut. No memory map: it makes
that bug worse and turns a disk error into a crash.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.hub.store.errors import FORBIDDEN, IN_USE

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
# Long enough for a backup program that looks in, short enough for an operator.
_BUSY_MS = 5_000
# A snapshot holds the log file back while it is read; afterwards it is cut to this size again.
_JOURNAL_BYTES = 64 * 1024 * 1024
# "gwan" and a 2: whoever holds this advisory lock is the one writer of the database.
WRITER_LOCK: Final = 0x6777616E_00000002
_CONNECT_SECONDS = 5
_TURN_MS = 3_000


@dataclass(frozen=True, slots=True)
class Engines:
    """`writer` makes one connection at a time, `reader` as many as there are readers."""

    kind: str
    writer: Engine
    reader: Engine

    def close(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def url_of(text: str) -> URL:
    """`sqlite:///PATH`, a plain path, or `postgresql://…`. Raises `BadInput`."""
    try:
        url = make_url(text) if "://" in text else URL.create(SQLITE, database=text)
    except (ArgumentError, ValueError):
        raise BadInput(_NO_URL) from None
    if url.get_backend_name() == POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != SQLITE or url.database in {None, "", ":memory:"}:
        raise BadInput(_NO_URL)
    return url.set(drivername="sqlite+pysqlite")


def file_of(url: URL) -> Path | None:
    """The store's own file; None for a database that is somebody else's to look after."""
    return Path(str(url.database)) if url.get_backend_name() == SQLITE else None


def open_engines(url: URL, readers: int) -> Engines:
    """Connects lazily. For SQLite makes the file, readable by its owner only."""
    if url.get_backend_name() == POSTGRESQL:
        return _postgresql(url, readers)
    _make_file(Path(str(url.database)))
    return _sqlite(url, readers)


def only_one(kind: str, url: URL) -> Callable[[], None]:
    """Makes sure that no other hub writes to this SQLite file.

    Until the answer is called, or the process dies. For PostgreSQL see `take_turn`. Raises
    `Unavailable` where another one does.
    """
    if kind != SQLITE:
        return lambda: None
    # A lock of the operating system that works alike on Linux and Windows and ends with its
    # process: SQLite's own, on a file beside the store.
    path = f"{url.database}-hub"
    holder = sqlite3.connect(path, timeout=0.0, isolation_level=None, check_same_thread=False)
    try:
        holder.execute("pragma locking_mode = exclusive").close()
        holder.execute("begin exclusive").close()
    except sqlite3.Error as error:
        holder.close()
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        raise Unavailable(IN_USE if busy else FORBIDDEN) from error
    return holder.close


def take_turn(connection: Connection) -> None:
    """Makes this connection the one writer of a PostgreSQL database, as long as it lives.

    Waits a moment for one that just died and that the server has not given up yet. Raises
    `Unavailable` where another hub is at work.
    """
    if connection.dialect.name != POSTGRESQL:
        return
    try:
        connection.exec_driver_sql(f"set local lock_timeout = {_TURN_MS}")
        connection.exec_driver_sql("select pg_advisory_lock(%s)", (WRITER_LOCK,))
        connection.commit()
    except OperationalError as error:
        if isinstance(error.orig, psycopg.errors.LockNotAvailable):
            raise Unavailable(IN_USE) from error
        raise


def _postgresql(url: URL, readers: int) -> Engines:
    arguments = {
        "connect_timeout": _CONNECT_SECONDS,
        "application_name": "gwanje-hub",
        # Half-open connections are found within half a minute, not after two hours.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    writer = create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)
    reader = create_engine(
        url,
        pool_size=readers,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=arguments,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )
    return Engines(POSTGRESQL, writer, reader)


def _sqlite(url: URL, readers: int) -> Engines:
    arguments = {"timeout": _BUSY_MS / 1000, "check_same_thread": False}
    writer = create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)
    reader = create_engine(
        url, pool_size=readers, max_overflow=0, connect_args=arguments, hide_parameters=True
    )
    _set_up(
        writer,
        "begin immediate",
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        f"journal_size_limit = {_JOURNAL_BYTES}",
    )
    _set_up(reader, "begin", "query_only = on", "wal_autocheckpoint = 0")
    return Engines(SQLITE, writer, reader)


def _set_up(engine: Engine, begin: str, *pragmas: str) -> None:
    def connected(connection: Any, _record: object) -> None:
        # Python's driver must not begin transactions on its own: it knows nothing of savepoints.
        connection.isolation_level = None
        for pragma in (f"busy_timeout = {_BUSY_MS}", "mmap_size = 0", *pragmas):
            connection.execute(f"pragma {pragma}").close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            Text(
                f"허브의 저장소를 만들 수 없습니다 ({error.strerror}): {path}",
                f"The hub's store cannot be made ({error.strerror}): {path}",
            )
        ) from error


_NO_URL = Text(
    "저장소 주소가 올바르지 않습니다. 파일 경로, sqlite:///경로 또는 postgresql://… 로 쓰세요.",
    "The store's address is not right. Give a path, sqlite:///PATH or postgresql://….",
)
