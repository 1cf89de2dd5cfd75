"""The hub's ledger on this console, for those who answer for it: search, books, inspection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.account import Role
from app.domain.errors import BadInput
from app.domain.ledger.books import BookName
from app.domain.text import Text
from app.services.hub_port import HubClient
from app.services.whole_file import write_whole
from app.tasks import SerialQueue
from app.wire.ledger import Asked, Book, Inspection, Lines
from app.wire.session import Account

PAGE: Final = 200
_AUDITING: Final = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR})
_NO_NOTE = Text("점검 결과를 입력하세요.", "Say what was found.")


class Auditing:
    """Nothing of it is kept here: the ledger is the hub's."""

    def __init__(self, hub: HubClient, who: Callable[[], Account | None]) -> None:
        self._hub, self._who = hub, who
        self._files = SerialQueue("ledger files")

    @property
    def may(self) -> bool:
        who = self._who()
        return who is not None and who.role in _AUDITING

    async def search(self, asked: Asked) -> Lines:
        """The newest that fit, at most `asked.limit`. Raises HubFailure."""
        return await self._hub.ledger_lines(asked)

    async def book(self, name: BookName, since: datetime, until: datetime) -> Book:
        """Raises HubFailure. That it was taken stands in the ledger."""
        return await self._hub.ledger_book(name.value, since, until)

    async def inspection(self, month: str) -> Inspection:
        """`month`: 2026-11. Raises HubFailure."""
        return await self._hub.inspection(month)

    async def sign(self, month: str, note: str) -> Inspection:
        """Raises BadInput, HubFailure; else as it is afterwards."""
        if not note.strip():
            raise BadInput(_NO_NOTE)
        await self._hub.sign_inspection(month, note.strip())
        return await self._hub.inspection(month)

    async def save(self, path: Path, data: bytes) -> None:
        """Whole or not at all. Raises Unavailable."""
        await self._files.run(write_whole, path, data)

    async def stop(self) -> None:
        await self._files.close()
