"""Who has worked at this console, by its stores: names that no bundle of diagnostics may tell."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from app.adapters.sqlite_reading import unchanged

_log = logging.getLogger(__name__)

# Of each store, what asks for names of persons; those who watch a wall for years are few.
_ASKED: Final = (
    ("console.db", "select distinct operator from act limit 500"),
    ("console.db", "select value from preference where key = 'operator'"),
    ("hub.db", "select distinct username from line limit 500"),
)


def known_names(profile: Path) -> list[str]:
    """Of one profile folder; a store that is missing or damaged tells none."""
    return sorted({name for file, query in _ASKED for name in _names(profile / file, query)})


def _names(path: Path, query: str) -> Iterator[str]:
    if not path.is_file():
        return
    try:
        with closing(unchanged(path)) as db:
            for (said,) in db.execute(query).fetchall():
                if name := _plain(str(said)).strip():
                    yield name
    except sqlite3.Error as error:
        _log.info("%s: no names from it (%s)", path.name, type(error).__name__)


def _plain(said: str) -> str:
    """A setting is kept as JSON."""
    try:
        value = json.loads(said)
    except ValueError:
        return said
    return value if isinstance(value, str) else said
