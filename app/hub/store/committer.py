"""Several jobs, one COMMIT: each in its own savepoint, all or none of them kept.

A lost connection is survived where that is possible without doing anything twice. Every group
writes a name of its own into the head row; when the answer to a COMMIT is lost, the name found
there after reconnecting tells whether it had been done.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.domain.errors import Unavailable
from app.hub.store.engines import SQLITE, take_turn
from app.hub.store.errors import AWAY, failure_of, is_lost
from app.hub.store.rows import Entry
from app.hub.store.schema import head
from app.hub.store.transaction import Clock, Group, Transaction

T = TypeVar("T")
Work = Callable[[Transaction], T]

# A database that restarts is back in seconds; an operator's act should not hang for longer.
PATIENCE_SECONDS: Final = 10.0
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """Of one job; of `value` and `error` only one counts."""

    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A group: what it appended to the log, and the results in the order of its jobs."""

    turn: str
    entries: Sequence[Entry]
    results: Sequence[Result]


class _GroupLostError(Exception):
    """The database undid the whole transaction for what one job did."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Committer:
    """Belongs to one thread. `hurry` from another one ends its patience."""

    def __init__(
        self,
        engine: Engine,
        hot: frozenset[str],
        clock: Clock,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.commits = 0
        self.connections = 0
        self._engine = engine
        self._hot = hot
        self._clock = clock
        self._patience = patience
        self._hurry = threading.Event()
        self._connection: Connection | None = None

    def connect(self) -> Connection:
        """The one connection that writes. Raises `Unavailable`, or SQLite's own error."""
        if self._connection is not None:
            return self._connection
        try:
            connection = self._engine.connect()
        except DBAPIError as error:
            if self._engine.dialect.name == SQLITE:
                raise
            raise Unavailable(AWAY) from error
        try:
            take_turn(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self.connections += 1
        return connection

    def hurry(self) -> None:
        self._hurry.set()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def commit(self, works: Sequence[Work[Any]]) -> Done:
        """Never raises: where nothing was kept, every result holds the reason."""
        try:
            return self._patiently(works)
        except _GroupLostError as error:
            if len(works) == 1:
                return _failed(works, _told(error.cause))
        except Exception as error:  # noqa: BLE001 - whoever waits gets it
            if len(works) == 1 or _may_come_back(error):
                return _failed(works, _told(error))
        # One of them filled the disk or broke the transaction: each on its own.
        return _joined([self.commit([work]) for work in works])

    def _patiently(self, works: Sequence[Work[Any]]) -> Done:
        sent: Done | None = None
        pause, waited = _FIRST_PAUSE, 0.0
        while True:
            try:
                connection = self.connect()
                if sent is not None and _last_turn(connection) == sent.turn:
                    return sent
                sent = None
                done = self._prepared(connection, works)
                sent = done
                connection.commit()
            except (SQLAlchemyError, Unavailable, _GroupLostError) as error:
                self._let_go()
                if not _may_come_back(error) or waited >= self._patience or self._hurry.is_set():
                    raise
            else:
                self.commits += 1
                return done
            self._hurry.wait(pause)
            waited += pause
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _prepared(self, connection: Connection, works: Sequence[Work[Any]]) -> Done:
        """Everything but the COMMIT."""
        group = Group.begin(connection, self._hot, self._clock)
        connection.exec_driver_sql("savepoint job")
        results = [_run(group, work) for work in works]
        turn = secrets.token_hex(8)
        group.end(turn)
        return Done(turn, group.entries, results)

    def _let_go(self) -> None:
        """After a failure of the whole group the connection is not trusted any more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _run(group: Group, work: Work[Any]) -> Result:
    """One job in the savepoint that is set; sets the next one.

    Not by `begin_nested`, which compiles a statement and waits for an answer twice as often: that
    would be a third of the cost of a small job.
    """
    tx = Transaction(group)
    try:
        value = work(tx)
        tx.finish()
        _next_savepoint(group.connection)
    except BaseException as error:
        if is_lost(error):
            raise
        tx.undo()
        try:
            group.connection.exec_driver_sql("rollback to savepoint job")
        except SQLAlchemyError:
            # SQLite undoes everything when the disk is full: there is no savepoint any more.
            raise _GroupLostError(error) from error
        return Result(error=_told(error))
    return Result(value)


def _next_savepoint(connection: Connection) -> None:
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("release savepoint job")
        connection.exec_driver_sql("savepoint job")
    else:
        both = "release savepoint job; savepoint job"
        connection.exec_driver_sql(both, execution_options={"no_parameters": True})


def _may_come_back(error: BaseException) -> bool:
    """Whether it was the connection that failed, and not what was asked of it."""
    return isinstance(error, Unavailable) or is_lost(error)


def _told(error: BaseException) -> BaseException:
    return failure_of(error) if isinstance(error, SQLAlchemyError) else error


def _failed(works: Sequence[Work[Any]], error: BaseException) -> Done:
    return Done("", (), [Result(error=error) for _ in works])


def _joined(parts: Sequence[Done]) -> Done:
    entries = [entry for part in parts for entry in part.entries]
    return Done("", entries, [result for part in parts for result in part.results])


def _last_turn(connection: Connection) -> str:
    turn = connection.execute(select(head.c.turn)).scalar_one()
    connection.rollback()
    return str(turn)
