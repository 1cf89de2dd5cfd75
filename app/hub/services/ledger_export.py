"""The ledger as one file that anybody can check with `ledger_verifier.py`.

A head, the entries as they were hashed, the newest checkpoint right behind the last entry that it
signs, then what came since. No line holds anything that tells who somebody is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.ledger import merkle
from app.domain.ledger.checkpoint import VerifierKey
from app.domain.ledger.entry import FIRST_PREV
from app.hub.store import ledger as rows
from app.hub.store.ledger import Tree
from app.hub.store.schema import ledger

FORMAT: Final = 1
_PAGE: Final = 2_000


class Export:
    """`lines` goes on where it was left, on whatever connection: entries are only ever appended.

    What is exported is settled by the first line.
    """

    def __init__(self, key: VerifierKey) -> None:
        self._key = key
        self._after = -1
        self._last = 0
        self._signed: tuple[int, str] | None = None

    def lines(self, connection: Connection) -> Iterator[str]:
        """Each with its line's end."""
        if self._after < 0:
            yield self._begin(connection)
        for n, entry in _entries(connection, self._after, self._last):
            self._after = n
            line = f"{entry}\n"
            if self._signed is not None and n == self._signed[0]:
                line += _json({"checkpoint": self._signed[1]})
            yield line

    def _begin(self, connection: Connection) -> str:
        self._last, _ = rows.last(connection)
        kept = select(func.min(ledger.c.n)).where(ledger.c.entry != "")
        first = connection.execute(kept).scalar_one()
        self._after = self._last if first is None else int(first) - 1
        self._signed = rows.newest_checkpoint(connection)
        return _json(head(connection, self._key, self._after))


def head(connection: Connection, key: VerifierKey, before: int) -> dict[str, object]:
    """What stood before the first entry that is still kept."""
    tree = Tree(connection)
    prev = FIRST_PREV
    if before:
        after = rows.one(connection, before + 1)
        prev = str(json.loads(after.entry)["prev"])
    return {
        "gwanje-ledger": FORMAT,
        "key": key.text,
        "before": before,
        "peaks": [peak.hex() for peak in merkle.peaks(before, tree)],
        "prev": prev,
    }


def _entries(connection: Connection, after: int, last: int) -> Iterator[tuple[int, str]]:
    while after < last:
        query = select(ledger.c.n, ledger.c.entry).where(ledger.c.n > after, ledger.c.n <= last)
        page = connection.execute(query.order_by(ledger.c.n).limit(_PAGE)).all()
        if not page:
            return
        for n, entry in page:
            yield int(n), str(entry)
        after = int(page[-1][0])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
