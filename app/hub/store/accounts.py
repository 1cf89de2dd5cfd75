"""Who may sign in, and who is signed in now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from app.hub.store.schema import account, auth_session
from app.hub.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Account:
    """`d`: name, role, site and what else belongs to the person. Times in microseconds."""

    id: str
    username: str
    verifier: str = field(repr=False)
    disabled: bool = False
    failures: int = 0
    locked_until: int = 0
    created: int = 0
    changed: int = 0
    d: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class AuthSession:
    """`token_sha256`: in hexadecimal; the token itself is nowhere kept. Times in microseconds."""

    token_sha256: str = field(repr=False)
    account: str
    client: str
    expires: int
    created: int = 0
    seen: int = 0
    revoked: int | None = None
    d: Mapping[str, Any] = field(default_factory=dict, repr=False)


def add(tx: Transaction, new: Account) -> None:
    """Raises `AlreadyThere` for a username that is taken, when the job ends."""
    tx.connection.execute(
        insert(account).values(
            id=new.id, username=new.username, verifier=new.verifier, disabled=new.disabled,
            failures=0, locked_until=0, created=tx.at, changed=tx.at, d=new.d,
        )
    )  # fmt: skip


def change(tx: Transaction, id_: str, **values: object) -> bool:
    """Columns by name; False for an account that is not there."""
    changed = tx.connection.execute(
        update(account).where(account.c.id == id_).values(changed=tx.at, **values)
    )
    return bool(changed.rowcount)


def remove(tx: Transaction, id_: str) -> None:
    """Signs it out everywhere, too."""
    tx.connection.execute(delete(auth_session).where(auth_session.c.account == id_))
    tx.connection.execute(delete(account).where(account.c.id == id_))


def get(connection: Connection, id_: str) -> Account | None:
    return _account(connection, select(account).where(account.c.id == id_))


def by_username(connection: Connection, username: str) -> Account | None:
    """The spelling must be the one that was kept."""
    return _account(connection, select(account).where(account.c.username == username))


def all_of_them(connection: Connection) -> list[Account]:
    """By username."""
    rows = connection.execute(select(account).order_by(account.c.username)).mappings()
    return [_of(row) for row in rows]


def sign_in(tx: Transaction, session: AuthSession) -> None:
    tx.connection.execute(
        insert(auth_session).values(
            token_sha256=session.token_sha256, account=session.account, client=session.client,
            created=tx.at, seen=tx.at, expires=session.expires, revoked=None, d=session.d,
        )
    )  # fmt: skip


def session(connection: Connection, token_sha256: str, now: int) -> AuthSession | None:
    """None for one that is unknown, over, revoked, or of an account that is disabled."""
    query = (
        select(auth_session)
        .join(account, account.c.id == auth_session.c.account)
        .where(
            auth_session.c.token_sha256 == token_sha256,
            auth_session.c.expires > now,
            auth_session.c.revoked.is_(None),
            account.c.disabled.is_(False),
        )
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else AuthSession(**row)


def prolong(tx: Transaction, token_sha256: str, expires: int) -> None:
    tx.connection.execute(
        update(auth_session)
        .where(auth_session.c.token_sha256 == token_sha256)
        .values(seen=tx.at, expires=expires)
    )


def revoke(tx: Transaction, token_sha256: str) -> None:
    """Signs out one session; from the COMMIT on."""
    _revoke(tx, auth_session.c.token_sha256, token_sha256)


def revoke_all(tx: Transaction, account_id: str) -> int:
    """Signs out an account everywhere; from how many places."""
    return _revoke(tx, auth_session.c.account, account_id)


def _revoke(tx: Transaction, column: Any, value: str) -> int:
    done = tx.connection.execute(
        update(auth_session)
        .where(column == value, auth_session.c.revoked.is_(None))
        .values(revoked=tx.at)
    )
    return done.rowcount


def _account(connection: Connection, query: Any) -> Account | None:
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _of(row)


def _of(row: RowMapping) -> Account:
    return Account(**row)
