"""The schema of the local store, step by step. A step that was released never changes.

Each runs in one transaction with the record of having been applied. One whose name ends in
`_only_adds` keeps its word: the version before goes on using the file (docs/adr/0019).
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("gwanje")

_SHELVES = ("working_wall", "saved_wall", "own_layout", "placement", "tour", "preference")


@migrations(name="0001_walls_tours_preferences_acts")
def _first(db: Database) -> None:
    for table in _SHELVES:
        db.execute(
            f"create table {table} "
            "(key text primary key, position integer not null, value text not null) without rowid"
        )
    db.execute(
        "create table act (number integer primary key autoincrement, id text not null unique, "
        "at text not null, kind text not null, camera text, operator text not null, "
        "detail text not null)"
    )
    for change in ("update", "delete"):
        db.execute(
            f"create trigger act_no_{change} before {change} on act "
            "begin select raise(abort, 'acts are only appended'); end"
        )
