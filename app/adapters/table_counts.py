"""How many rows each table of a store file has, without a word of what is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.adapters.sqlite_reading import unchanged
from app.adapters.store_errors import code_of, is_damage


def table_counts(path: Path) -> dict[str, int] | str:
    """Or why not, in a word; what is in the journal only is not counted."""
    if not path.is_file():
        return "absent"
    try:
        with closing(unchanged(path)) as db:
            names = [
                row[0]
                for row in db.execute(
                    "select name from sqlite_master "
                    "where type = 'table' and name not like 'sqlite%' order by name"
                )
            ]
            # Names come from the file itself and are quoted.
            return {
                name: db.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608
                for name in names
            }
    except sqlite3.Error as error:
        return "damaged" if is_damage(error) else f"cannot be opened ({code_of(error)})"
