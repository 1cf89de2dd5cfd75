from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.sqlite_reading import unchanged


def test_a_file_is_read_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "관제 100%.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma journal_mode = wal")
        db.execute("create table one (word text)")
    before = path.read_bytes()
    with closing(unchanged(path)) as db:
        assert db.execute("select count(*) from one").fetchone() == (0,)
        assert [file.name for file in tmp_path.iterdir()] == [path.name]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("insert into one values ('x')")
    assert path.read_bytes() == before


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        unchanged(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []
