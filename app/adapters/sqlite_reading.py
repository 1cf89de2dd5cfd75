"""Looking into a SQLite file that must stay as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def unchanged(path: Path, *, one_thread: bool = True) -> sqlite3.Connection:
    """Reads only. What is in the file's journal is not seen. Raises SQLite's errors.

    Immutable: otherwise SQLite would make a journal beside the file, and wait for a console that
    has it. `one_thread`: refuses calls of another thread than the one that opened it.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=one_thread)
