"""Which consoles are signed in now: known to the log, so that others can send walls to them."""

from __future__ import annotations

from functools import partial

from app.hub.store import queries
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.wire.entities import ConsoleRow

KIND = "console"


class Consoles:
    """Told by the sessions; the caller knows who it is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def signed_in(self, console: ConsoleRow) -> None:
        d = console.model_dump(mode="json")
        await self._store.writer.do(partial(_put, id_=console.id, d=d))

    async def signed_out(self, id_: str) -> None:
        await self._store.writer.do(lambda tx: tx.delete(KIND, id_))

    async def clear(self) -> None:
        """After a start nobody is signed in here until he comes back."""
        await self._store.writer.do(_clear)


def _clear(tx: Transaction) -> None:
    for row in queries.of_kind(tx.connection, KIND):
        tx.delete(KIND, row.id)


def _put(tx: Transaction, id_: str, d: dict[str, object]) -> None:
    known = tx.get(KIND, id_)
    if known is None or known.d != d:
        tx.put(KIND, id_, d)
