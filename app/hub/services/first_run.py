"""A hub that nobody can sign in to yet gets its administrator and a one-time password."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.domain.account import Role
from app.domain.site import SiteId
from app.hub import tls
from app.hub.services.accounts import Accounts, NewAccount, one_time_password

ADMINISTRATOR: Final = "admin"
FILE_NAME: Final = "first-password.txt"


async def set_up(accounts: Accounts, top: SiteId, folder: Path) -> Path | None:
    """The file with the password, which only its owner can read; None where it was done before.

    The file comes first: a hub that dies in between has no account, and starts over.
    """
    if await accounts.all():
        return None
    password = one_time_password()
    path = written(folder, ADMINISTRATOR, password)
    new = NewAccount(ADMINISTRATOR, "관리자", Role.ADMINISTRATOR, top, password)
    await accounts.create(new)
    return path


def written(folder: Path, username: str, password: str) -> Path:
    """Where a person at the machine finds a one-time password."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    tls.write_private(path, f"{username}\n{password}\n".encode())
    return path
