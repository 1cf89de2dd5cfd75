"""What leaves for others: kept until it was delivered or given up, through every restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from app.domain.text import Text
from app.hub.store.schema import outbound
from app.hub.store.transaction import Transaction


class State(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Letter:
    """`about`: the id of what it tells of; `next_at`: not tried before. Times in microseconds."""

    id: str
    kind: str
    target: str = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    about: str | None = None
    state: State = State.WAITING
    attempts: int = 0
    created: int = 0
    next_at: int = 0
    last_error: Text | None = None
    receipt: Mapping[str, Any] | None = field(default=None, repr=False)


def send(tx: Transaction, letter: Letter) -> None:
    """In the job that is the reason for it, so that neither is kept without the other."""
    tx.connection.execute(
        insert(outbound).values(
            id=letter.id, kind=letter.kind, target=letter.target, about=letter.about,
            body=letter.body, state=State.WAITING.value, attempts=0, created=tx.at, next_at=tx.at,
        )
    )  # fmt: skip


def due(connection: Connection, now: int, limit: int = 100) -> list[Letter]:
    """To be tried now, the longest due first."""
    query = select(outbound).where(
        outbound.c.state == State.WAITING.value, outbound.c.next_at <= now
    )
    return _letters(connection, query.order_by(outbound.c.next_at, outbound.c.id).limit(limit))


def about(connection: Connection, id_: str) -> list[Letter]:
    """All that was sent about something, in order."""
    query = select(outbound).where(outbound.c.about == id_)
    return _letters(connection, query.order_by(outbound.c.created, outbound.c.id))


def delivered(tx: Transaction, id_: str, receipt: Mapping[str, Any]) -> None:
    _change(tx, id_, state=State.DELIVERED.value, receipt=receipt, last_error=None)


def failed(tx: Transaction, id_: str, reason: Text, next_at: int | None) -> None:
    """One attempt more; None gives it up."""
    words = {"ko": reason.ko, "en": reason.en}
    if next_at is None:
        _change(tx, id_, state=State.GIVEN_UP.value, last_error=words)
    else:
        _change(tx, id_, next_at=next_at, last_error=words)


def _change(tx: Transaction, id_: str, **values: object) -> None:
    tx.connection.execute(
        update(outbound)
        .where(outbound.c.id == id_, outbound.c.state == State.WAITING.value)
        .values(attempts=outbound.c.attempts + 1, **values)
    )


def _letters(connection: Connection, query: Any) -> list[Letter]:
    return [_letter(row) for row in connection.execute(query).mappings()]


def _letter(row: RowMapping) -> Letter:
    error = row["last_error"]
    return Letter(
        row["id"], row["kind"], row["target"], row["body"], row["about"], State(row["state"]),
        row["attempts"], row["created"], row["next_at"],
        None if error is None else Text(error["ko"], error["en"]), row["receipt"],
    )  # fmt: skip
