"""One table of keys, their order, and a JSON text each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from app.domain.text import Text
from app.formats.wall_json import UNREADABLE

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")


class Shelf:
    """Rows that could not be read are never deleted: a newer version may know what they mean."""

    def __init__(self, table: str, what: Text) -> None:
        self._table = table
        self._what = what
        self._ours: set[str] = set()

    def read(self, db: Database, parse: Callable[[str], T]) -> tuple[dict[str, T], list[Text]]:
        """The entries in their order, and words for each that could not be read."""
        found: dict[str, T] = {}
        problems: list[Text] = []
        query = f"select key, value from {self._table} order by position, key"  # noqa: S608 - ours
        for key, value in db.execute(query).fetchall():
            try:
                found[key] = parse(value)
            except UNREADABLE:
                problems.append(
                    Text(
                        f"저장된 {self._what.ko} ‘{key}’을(를) 읽을 수 없어 건너뜁니다.",
                        f"The stored {self._what.en} “{key}” cannot be read and is left out.",
                    )
                )
            else:
                self._ours.add(key)
        return found, problems

    def write(self, db: Database, entries: Mapping[str, str]) -> None:
        """Makes the table hold `entries` in this order; unchanged rows are not touched.

        Inside the caller's transaction.
        """
        table = self._table
        gone = self._ours - entries.keys()
        self._ours |= entries.keys()
        for key in gone:
            db.execute(f"delete from {table} where key = ?", [key])  # noqa: S608 - ours
        for position, (key, value) in enumerate(entries.items()):
            db.execute(
                f"insert into {table} (key, position, value) values (?, ?, ?) "  # noqa: S608 - ours
                "on conflict (key) do update set position = excluded.position, "
                "value = excluded.value "
                "where position != excluded.position or value != excluded.value",
                [key, position, value],
            )
