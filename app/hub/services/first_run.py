"""A hub that nobody can sign in to yet gets its site, its administrator and a one-time password."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.account import Role
from app.domain.errors import BadInput
from app.domain.site import SiteId, SiteKind
from app.domain.text import Text
from app.hub import tls
from app.hub.services.accounts import NewAccount, new_id, one_time_password, row_of
from app.hub.services.hashing import Hashing
from app.hub.services.sign_in import username_of
from app.hub.store import accounts, queries
from app.hub.store.transaction import Transaction
from app.wire.entities import SiteRow

ADMINISTRATOR: Final = "admin"
FILE_NAME: Final = "first-password.txt"


def set_up(
    tx: Transaction, centre: str, folder: Path, hashing: Hashing, now: datetime
) -> Path | None:
    """For the writer's thread, before anybody is served. The password's file; None where done."""
    if accounts.all_of_them(tx.connection):
        return None
    sites = queries.of_kind(tx.connection, "site")
    site = sites[0].id if sites else new_id(now)
    if not sites:
        row = SiteRow(id=site, name=centre, kind=SiteKind.CENTRE.value)
        tx.put("site", site, row.model_dump(mode="json"))
    password = one_time_password()
    new = NewAccount(ADMINISTRATOR, "관리자", Role.ADMINISTRATOR, SiteId(site))
    accounts.add(tx, row_of(new, new_id(now), hashing.verifier_now(password)))
    return _written(folder, ADMINISTRATOR, password)


def reset(tx: Transaction, username: str, folder: Path, hashing: Hashing) -> Path:
    """A new one-time password for a person who cannot sign in; ends that account's sessions.

    Raises `BadInput` for a name that nobody has.
    """
    account = accounts.by_username(tx.connection, username_of(username))
    if account is None:
        raise BadInput(
            Text(f"그런 계정이 없습니다: {username}", f"There is no such account: {username}")
        )
    password = one_time_password()
    accounts.change(
        tx, account.id, verifier=hashing.verifier_now(password), disabled=False, failures=0,
        locked_until=0, d={**account.d, "must_change": True},
    )  # fmt: skip
    accounts.revoke_all(tx, account.id)
    return _written(folder, account.username, password)


def _written(folder: Path, username: str, password: str) -> Path:
    path = folder / FILE_NAME
    tls.write_private(path, f"{username}\n{password}\n".encode())
    return path
