"""What became of each console's acts: asked again, they are answered again and not done again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from app.domain.errors import Refused
from app.domain.text import Text
from app.hub.store.engines import POSTGRESQL, SQLITE
from app.hub.store.schema import client, command
from app.hub.store.transaction import Transaction, insert_into

_OUTCOME = select(command.c.outcome).where(command.c.cmd_id == bindparam("cmd_id_"))
_MARK = select(client.c.n).where(client.c.client == bindparam("client_"))
_KEEP = insert(command)


def _raise_mark(dialect: str) -> Any:
    made = insert_into(client, dialect)
    return made.on_conflict_do_update(
        index_elements=[client.c.client],
        set_={"n": made.excluded.n, "at": made.excluded.at},
        where=client.c.n < made.excluded.n,
    )


_RAISE = {dialect: _raise_mark(dialect) for dialect in (SQLITE, POSTGRESQL)}


class OutOfTurn(Refused):
    """The number is not the one that the hub expects from this client."""


def outcome_of(connection: Connection, cmd_id: str) -> Mapping[str, Any] | None:
    """The stored outcome; None for a command that was never accepted, or is forgotten."""
    found: Mapping[str, Any] | None = connection.execute(
        _OUTCOME, {"cmd_id_": cmd_id}
    ).scalar_one_or_none()
    return found


def next_n(connection: Connection, name: str) -> int:
    """The number that the hub expects from this client now; 1 for a new one."""
    mark: int | None = connection.execute(_MARK, {"client_": name}).scalar_one_or_none()
    return (mark or 0) + 1


def keep(tx: Transaction, cmd_id: str, name: str, n: int, outcome: Mapping[str, Any]) -> None:
    """Stores what became of a command, in the job that carries it out.

    Raises `OutOfTurn` for another number than the expected one: the job is undone.
    """
    if n != next_n(tx.connection, name):
        raise OutOfTurn(_OUT_OF_TURN)
    row = {"cmd_id": cmd_id, "client": name, "n": n, "at": tx.at, "outcome": outcome}
    tx.connection.execute(_KEEP, [row])
    advance(tx, name, n)


def advance(tx: Transaction, name: str, n: int) -> None:
    """Expects `n + 1` next. Never goes back.

    By itself for a client that the hub does not know any more (a restored backup): its earlier
    acts will not come again.
    """
    row = {"client": name, "n": n, "at": tx.at}
    tx.connection.execute(_RAISE[tx.connection.dialect.name], [row])


_OUT_OF_TURN = Text(
    "명령의 번호가 허브가 기다리는 번호와 다릅니다.",
    "The number of the command is not the one that the hub expects.",
)
