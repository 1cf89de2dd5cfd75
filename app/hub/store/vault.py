"""Sealed secrets: what lies here cannot be read without a key that lies outside the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, delete, select

from app.hub.store.schema import secret
from app.hub.store.transaction import Transaction, insert_into


@dataclass(frozen=True, slots=True)
class Sealed:
    """AES-256-GCM. `kind` and `owner` (a camera's id) should be part of what is authenticated."""

    kind: str
    owner: str
    key_id: str
    nonce: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)


def keep(tx: Transaction, sealed: Sealed) -> None:
    """Makes or replaces it."""
    made = insert_into(secret, tx.connection.dialect.name)
    made = made.values(
        kind=sealed.kind, owner=sealed.owner, key_id=sealed.key_id, nonce=sealed.nonce,
        ciphertext=sealed.ciphertext, changed=tx.at,
    )  # fmt: skip
    given = {name: made.excluded[name] for name in ("key_id", "nonce", "ciphertext", "changed")}
    tx.connection.execute(
        made.on_conflict_do_update(index_elements=[secret.c.kind, secret.c.owner], set_=given)
    )


def forget(tx: Transaction, kind: str, owner: str) -> None:
    tx.connection.execute(delete(secret).where(secret.c.kind == kind, secret.c.owner == owner))


def get(connection: Connection, kind: str, owner: str) -> Sealed | None:
    found = _read(connection, secret.c.kind == kind, secret.c.owner == owner)
    return found[0] if found else None


def under_other_keys(connection: Connection, key_id: str) -> Sequence[Sealed]:
    """What is still sealed with a former key, for a change of keys."""
    return _read(connection, secret.c.key_id != key_id)


def _read(connection: Connection, *where: ColumnElement[bool]) -> list[Sealed]:
    query = select(
        secret.c.kind, secret.c.owner, secret.c.key_id, secret.c.nonce, secret.c.ciphertext
    )
    for condition in where:
        query = query.where(condition)
    return [Sealed(*row) for row in connection.execute(query)]
