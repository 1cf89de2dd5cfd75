from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.table_counts import table_counts


def made(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute('create table "act" (name text)')
        db.execute("insert into act values ('홍길동'), ('kim')")
        db.commit()


def test_rows_are_counted_and_nothing_is_left_behind(tmp_path: Path) -> None:
    made(tmp_path / "x.db")
    assert table_counts(tmp_path / "x.db") == {"act": 2}
    assert [file.name for file in tmp_path.iterdir()] == ["x.db"]


def test_a_file_that_a_console_holds_is_read_all_the_same(tmp_path: Path) -> None:
    made(tmp_path / "x.db")
    with closing(sqlite3.connect(tmp_path / "x.db")) as other:
        other.execute("begin exclusive")
        assert table_counts(tmp_path / "x.db") == {"act": 2}


def test_a_folder_may_be_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "x.db")
    monkeypatch.chdir(tmp_path)
    assert table_counts(Path("x.db")) == {"act": 2}


def test_what_is_no_store_is_said(tmp_path: Path) -> None:
    assert table_counts(tmp_path / "x.db") == "absent"
    (tmp_path / "x.db").write_bytes(b"no database" * 100)
    assert table_counts(tmp_path / "x.db") == "damaged"
    (tmp_path / "folder").mkdir()
    assert table_counts(tmp_path / "folder") == "absent"
