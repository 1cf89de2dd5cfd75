"""Copies of the whole store, as one SQLite file, whatever the engine; and the way back.

The same file restores into either engine, so it is also the way from one to the other.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import BadInput, Refused, Unavailable
from app.domain.text import Text
from app.hub.store import earlier, engines, migrate, queries
from app.hub.store.errors import failure_of
from app.hub.store.reader import Reader
from app.hub.store.rows import Head
from app.hub.store.schema import auth_session, head, metadata
from app.hub.store.store import new_epoch, prepare

_ROWS: Final = 500
_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished file. Beside it lies its checksum, in the form of `sha256sum`."""

    path: Path
    sha256: str
    head: Head


async def back_up(reader: Reader, target: Path) -> Backup:
    """The store of one moment, while the hub works on. `target` must not exist.

    The file is its owner's alone: it holds personal facts. Raises `BadInput` or `Unavailable`.
    """
    return await reader.read(lambda connection: write_backup(connection, target))


def write_backup(connection: Connection, target: Path) -> Backup:
    """A whole file under its name, or none."""
    if target.exists():
        raise BadInput(Text(f"이미 있는 파일입니다: {target}", f"The file exists: {target}"))
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        found = queries.head_of(connection)
        if connection.dialect.name == engines.SQLITE:
            _copy_file(connection, part)
        else:
            with _opened(part) as copy:
                _copy_rows(connection, copy)
        sha256 = _flushed(part)
        target.with_name(f"{target.name}.sha256").write_text(f"{sha256}  {target.name}\n")
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise _no_backup(target, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Backup(target, sha256, found)


def restore(address: str, source: Path, *, replace: bool = False) -> Head:
    """Fills the store at `address` with a backup, in one transaction, under a new epoch.

    Nobody is signed in afterwards. Without `replace`, a store that holds anything is left alone.
    The hub must not run. Blocks. Raises `BadInput` (the file), `Refused` or `Unavailable`.
    """
    verify(source)
    with tempfile.TemporaryDirectory(prefix="gwanje-restore-") as folder:
        # A backup of an older version is brought up to date in a copy.
        copy = Path(folder) / "copy.db"
        shutil.copyfile(source, copy)
        prepared = prepare(address)
        try:
            with _opened(copy) as from_, prepared.engines.reader.connect() as present:
                if not replace and not _is_empty(present):
                    raise Refused(_NOT_EMPTY)
                present.rollback()
                return _refill(from_, prepared.committer.connect())
        except SQLAlchemyError as error:
            raise failure_of(error) from error
        finally:
            prepared.engines.reader.dispose()
            prepared.committer.close()
            prepared.engines.close()
            prepared.release()


def verify(source: Path) -> None:
    """Raises `BadInput` where the file is not what was written."""
    try:
        found = _sha256(source)
        beside = source.with_name(f"{source.name}.sha256")
        if beside.exists() and beside.read_text().split()[:1] != [found]:
            raise BadInput(_CHANGED)
        with closing(earlier.reading(source)) as file:
            sound = file.execute("pragma integrity_check(1)").fetchone() == ("ok",)
            ours = file.execute("select count(*) from head").fetchone() == (1,)
    except (OSError, UnicodeDecodeError, sqlite3.Error) as error:
        raise BadInput(_NO_BACKUP) from error
    if not (sound and ours):
        raise BadInput(_NO_BACKUP)


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    """The file as a database of the newest schema; committed in the end."""
    parts = engines.open_engines(engines.url_of(str(path)), readers=1)
    try:
        with parts.writer.connect() as connection:
            migrate.upgrade(connection)
            yield connection
            connection.commit()
            # One file, without a write-ahead log beside it.
            file: Any = connection.connection.driver_connection
            file.execute("pragma journal_mode = delete").close()
    finally:
        parts.close()


def _copy_file(connection: Connection, path: Path) -> None:
    source: Any = connection.connection.driver_connection
    with closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("pragma journal_mode = delete").close()


def _copy_rows(from_: Connection, to: Connection) -> None:
    """All rows of all tables, except who is signed in."""
    streamed = from_.execution_options(stream_results=True)
    for table in metadata.sorted_tables:
        if table is auth_session:
            continue
        for rows in streamed.execute(select(table)).mappings().partitions(_ROWS):
            to.execute(insert(table), [dict(row) for row in rows])


def _refill(from_: Connection, to: Connection) -> Head:
    for table in reversed(metadata.sorted_tables):
        to.execute(delete(table))
    _copy_rows(from_, to)
    to.execute(update(head).values(epoch=new_epoch(), turn=""))
    restored = queries.head_of(to)
    to.commit()
    return restored


def _is_empty(connection: Connection) -> bool:
    tables = [table for table in metadata.sorted_tables if table is not head]
    counts = (connection.execute(select(func.count()).select_from(t)).scalar() for t in tables)
    return not any(counts) and queries.head_of(connection).seq == 0


def _flushed(path: Path) -> str:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return _sha256(path)


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BYTES):
            found.update(block)
    return found.hexdigest()


def _no_backup(target: Path, error: OSError | sqlite3.Error) -> Unavailable:
    reason = getattr(error, "strerror", None) or str(error)
    return Unavailable(
        Text(
            f"백업을 쓰지 못했습니다 ({reason}): {target}",
            f"The backup was not written ({reason}): {target}",
        )
    )


_CHANGED = Text(
    "백업 파일이 만들어진 뒤에 바뀌었거나 손상되었습니다 (검사합이 다름).",
    "The backup was changed or damaged after it was made (its checksum differs).",
)
_NO_BACKUP = Text(
    "허브의 백업 파일이 아니거나 손상된 파일입니다.",
    "The file is no backup of a hub, or it is damaged.",
)
_NOT_EMPTY = Text(
    "이 저장소는 비어 있지 않습니다. 먼저 백업한 뒤 덮어쓰기를 지정하세요.",
    "This store is not empty. Back it up first, then ask for it to be replaced.",
)
