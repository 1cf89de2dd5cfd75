"""The database's errors, as words for a person. None of SQLAlchemy's crosses the store's edge."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
    StatementError,
)

from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.text import Text


class AlreadyThere(Refused):
    """Something of that name or number exists."""


class Resync(Refused):
    """The log does not reach back to where the reader stands: it needs a snapshot."""


FULL = Text(
    "허브의 디스크가 가득 차서 저장하지 못했습니다. 공간을 비우세요.",
    "The hub's disk is full and nothing was saved. Make room.",
)
IN_USE = Text(
    "다른 프로그램이 허브의 저장소를 쓰고 있습니다.",
    "Another program is using the hub's store.",
)
DAMAGED = Text(
    "허브의 저장소가 손상되었습니다. 백업에서 복구하세요.",
    "The hub's store is damaged. Restore it from a backup.",
)
FORBIDDEN = Text(
    "허브의 저장소에 쓸 수 없습니다. 폴더와 계정의 권한을 확인하세요.",
    "The hub's store cannot be written. Check the rights of its folder or role.",
)
AWAY = Text(
    "허브의 데이터베이스에 연결할 수 없습니다. 잠시 뒤에 다시 시도하세요.",
    "The hub's database cannot be reached. Try again in a moment.",
)
TAKEN = Text("같은 이름이나 번호가 이미 있습니다.", "The name or number is taken already.")
NOT_KEPT = Text(
    "저장할 수 없는 값입니다 (빈 값, 너무 큰 수 또는 쓸 수 없는 글자).",
    "A value that cannot be kept (missing, too large, or with an unusable letter).",
)

_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: IN_USE,
    sqlite3.SQLITE_LOCKED: IN_USE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_READONLY: FORBIDDEN,
    sqlite3.SQLITE_PERM: FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: FORBIDDEN,
    sqlite3.SQLITE_IOERR: Text(
        "허브의 디스크에서 읽거나 쓰지 못했습니다. 디스크를 확인하세요.",
        "The hub's disk could not be read or written. Check the disk.",
    ),
}
# SQLSTATE (PostgreSQL's appendix A): a whole code or its class.
_POSTGRESQL = {
    "53100": FULL,
    "53": AWAY,
    "08": AWAY,
    "57": AWAY,
    "28": FORBIDDEN,
    "42501": FORBIDDEN,
    "25006": FORBIDDEN,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
# What the outside does; ProgrammingError and the like are our own fault and stay what they are.
_OUTSIDE = (OperationalError, InterfaceError, InternalError)


def failure_of(error: SQLAlchemyError) -> BaseException:
    """What to raise instead: a `Failure` where the world failed, the error itself for a bug."""
    if isinstance(error, StatementError) and not isinstance(error, DBAPIError):
        # Never came as far as the database: a value that is no JSON.
        return error.orig or error
    if isinstance(error, IntegrityError):
        return _of_constraint(error)
    if isinstance(error, DataError):
        return BadInput(NOT_KEPT)
    words = _words(error)
    return error if words is None else Unavailable(words)


def is_lost(error: BaseException) -> bool:
    """Whether the connection is gone, and with it what was not committed."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _of_constraint(error: IntegrityError) -> Failure:
    original = error.orig
    unique = isinstance(original, psycopg.errors.UniqueViolation) or getattr(
        original, "sqlite_errorcode", 0
    ) in {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}
    return AlreadyThere(TAKEN) if unique else BadInput(NOT_KEPT)


def _words(error: SQLAlchemyError) -> Text | None:
    if is_lost(error):
        return AWAY
    original = error.orig if isinstance(error, DBAPIError) else None
    if words := _known(original):
        return words
    if isinstance(error, _OUTSIDE):
        name = type(original).__name__
        return Text(f"허브의 저장소가 실패했습니다 ({name}).", f"The hub's store failed ({name}).")
    return None


def _known(original: BaseException | None) -> Text | None:
    if isinstance(original, sqlite3.Error):
        # The low byte is the error, the rest says more (extended result codes).
        return _SQLITE.get(getattr(original, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(original, psycopg.Error):
        state = original.sqlstate or ""
        if not state and isinstance(original, psycopg.OperationalError):
            return AWAY
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return None
