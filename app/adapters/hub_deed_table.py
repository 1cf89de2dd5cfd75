"""Entries of the ledger in SQLite; the functions run inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.adapters.hub_rows_table import meta, set_meta
from app.adapters.sealing import Sealer
from app.domain.text import Text
from app.services.hub_store_port import KeptDeed
from app.services.store_port import Loaded
from app.wire.ledger import Deed

if TYPE_CHECKING:
    from sqlite_utils import Database

_MEMORY = "ledger "


class DeedTable:
    """What an entry says is sealed and bound to its place."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def keep(self, db: Database, client: str, deeds: Sequence[Deed]) -> None:
        row = db.execute("select next_n from deed_line where client = ?", [client]).fetchone()
        first = row[0] if row else 1
        for n, deed in enumerate(deeds, first):
            numbered = deed.model_copy(update={"n": n})
            body = self._sealer.seal(numbered.model_dump_json().encode(), f"deed|{client}|{n}")
            db.execute("insert into deed (client, n, body) values (?, ?, ?)", [client, n, body])
        db.execute(
            "insert into deed_line (client, next_n) values (?, ?) "
            "on conflict (client) do update set next_n = excluded.next_n",
            [client, first + len(deeds)],
        )

    def some(self, db: Database, limit: int) -> Loaded[tuple[KeptDeed, ...]]:
        rows = db.execute(
            "select client, n, sent, body from deed order by sent, client, n limit ?", [limit]
        ).fetchall()
        found: list[KeptDeed] = []
        problems: list[Text] = []
        for client, n, sent, body in rows:
            try:
                raw = self._sealer.open(body, f"deed|{client}|{n}")
                deed = Deed.model_validate_json(raw)
            except ValueError:
                problems.append(_unreadable(n))
                continue
            found.append(KeptDeed(client, n, deed, bool(sent)))
        return Loaded(tuple(found), tuple(problems))

    def sent(self, db: Database, client: str, below: int) -> None:
        db.execute("update deed set sent = 1 where client = ? and n < ?", [client, below])
        # A hub that was put back to an older state wants the later ones again.
        db.execute("update deed set sent = 0 where client = ? and n >= ?", [client, below])

    def forget(self, db: Database, client: str, numbers: Sequence[int]) -> None:
        for n in numbers:
            db.execute("delete from deed where client = ? and n = ?", [client, n])

    def waiting(self, db: Database) -> int:
        return int(db.execute("select count(*) from deed").fetchone()[0])

    def remember(self, db: Database, name: str, value: str) -> None:
        set_meta(db, _MEMORY + name, value)

    def remembered(self, db: Database, name: str) -> str:
        return meta(db, _MEMORY + name) or ""


def _unreadable(n: int) -> Text:
    return Text(
        f"대장에 보낼 항목 {n}번을 읽을 수 없습니다. 관리자에게 알리세요.",
        f"Entry {n} for the ledger cannot be read. Tell the administrator.",
    )
