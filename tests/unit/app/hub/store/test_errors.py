from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)

from app.domain.errors import BadInput, Failure, Unavailable
from app.domain.text import Text
from app.hub.store import errors
from app.hub.store.errors import AlreadyThere, failure_of, is_lost


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("original", "kind", "text"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), Unavailable, errors.FULL),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Unavailable, errors.IN_USE),
        (of_sqlite(sqlite3.SQLITE_CORRUPT_INDEX), Unavailable, errors.DAMAGED),
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), Unavailable, errors.FORBIDDEN),
        (psycopg.errors.DiskFull("x"), Unavailable, errors.FULL),
        (psycopg.errors.TooManyConnections("x"), Unavailable, errors.AWAY),
        (psycopg.errors.AdminShutdown("x"), Unavailable, errors.AWAY),
        (psycopg.errors.InsufficientPrivilege("x"), Unavailable, errors.FORBIDDEN),
        (psycopg.errors.DataCorrupted("x"), Unavailable, errors.DAMAGED),
        (psycopg.OperationalError("server closed the connection"), Unavailable, errors.AWAY),
    ],
)
def test_what_the_world_did_has_words(original: Exception, kind: type[Failure], text: Text) -> None:
    found = failure_of(OperationalError("select 1", {}, original))
    assert type(found) is kind
    assert isinstance(found, Failure)
    assert found.text == text


def test_an_unknown_failure_is_still_the_worlds() -> None:
    found = failure_of(InternalError("select 1", {"password": "geheim"}, sqlite3.InternalError()))
    assert isinstance(found, Unavailable)
    assert "geheim" not in str(found.text)


def test_constraints() -> None:
    taken = sqlite3.IntegrityError("x")
    taken.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_UNIQUE
    missing = sqlite3.IntegrityError("x")
    missing.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_NOTNULL
    cases: list[tuple[BaseException, type[Failure]]] = [
        (taken, AlreadyThere),
        (psycopg.errors.UniqueViolation("x"), AlreadyThere),
        (missing, BadInput),
        (psycopg.errors.NotNullViolation("x"), BadInput),
    ]
    for original, kind in cases:
        assert type(failure_of(IntegrityError("insert", {}, original))) is kind
    too_large = DataError("insert", {}, psycopg.errors.NumericValueOutOfRange("x"))
    assert type(failure_of(too_large)) is BadInput


def test_our_own_bugs_stay_what_they_are() -> None:
    bug: SQLAlchemyError = ProgrammingError("selekt", {}, psycopg.errors.SyntaxError("x"))
    assert failure_of(bug) is bug
    cause = ValueError("no JSON")
    assert failure_of(StatementError("words", "insert", {}, cause)) is cause


def test_a_lost_connection_is_told_from_a_lost_disk() -> None:
    gone = psycopg.OperationalError("x")
    assert is_lost(OperationalError("select", {}, gone, connection_invalidated=True))
    assert not is_lost(OperationalError("select", {}, of_sqlite(sqlite3.SQLITE_FULL)))
    assert not is_lost(ValueError())
