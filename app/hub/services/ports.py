"""What accounts and doors ask of the rest: a clock, a place for secrets, a way in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection

from app.domain.account import Subject
from app.hub.store.transaction import Transaction

Now: TypeAlias = Callable[[], datetime]


class Sealing(Protocol):
    """Keeps secrets encrypted, under a key that lies outside the database."""

    def keep(self, tx: Transaction, kind: str, owner: str, secret: bytes) -> bool: ...

    def reveal(self, connection: Connection, kind: str, owner: str) -> bytes | None: ...


class Accepting(Protocol):
    """Takes a body in; it is on the disk before this returns its id."""

    async def accept(
        self,
        door: str,
        source: str,
        headers: Mapping[str, str],
        body: bytes,
        received_at: datetime | None = None,
    ) -> str: ...


class Seeing(Protocol):
    """What of a stored entity a subject may see; None: nothing."""

    def row(
        self, subject: Subject, t: str, id_: str, d: Mapping[str, Any]
    ) -> Mapping[str, Any] | None: ...
