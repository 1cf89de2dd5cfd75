from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from app.adapters.migrations import migrations
from app.adapters.records import read_value
from app.adapters.shelf import Shelf
from app.domain.text import Text

WHAT = Text("설정", "setting")


@pytest.fixture
def db() -> Iterator[Database]:
    made = Database(memory=True)
    migrations.apply(made)
    yield made
    made.close()


def rows(db: Database) -> list[tuple[str, int, str]]:
    query = "select key, position, value from preference order by position, key"
    return [tuple(row) for row in db.execute(query).fetchall()]


def test_the_table_holds_what_was_given_in_its_order(db: Database) -> None:
    shelf = Shelf("preference", WHAT)
    shelf.write(db, {"b": "1", "a": "2"})
    shelf.write(db, {"a": "2", "c": "3", "b": "1"})
    assert rows(db) == [("a", 0, "2"), ("c", 1, "3"), ("b", 2, "1")]
    shelf.write(db, {"c": "4"})
    assert rows(db) == [("c", 0, "4")]
    assert shelf.read(db, read_value) == ({"c": 4}, [])


def test_unchanged_rows_are_not_written(db: Database) -> None:
    shelf = Shelf("preference", WHAT)
    shelf.write(db, {"a": "1", "b": "2"})
    before = db.conn.total_changes
    shelf.write(db, {"a": "1", "b": "2"})
    assert db.conn.total_changes == before
    shelf.write(db, {"a": "1", "b": "3"})
    assert db.conn.total_changes == before + 1


def test_what_cannot_be_read_is_told_and_stays(db: Database) -> None:
    Shelf("preference", WHAT).write(db, {"good": "1", "bad": "{"})
    shelf = Shelf("preference", WHAT)
    found, problems = shelf.read(db, read_value)
    assert found == {"good": 1}
    assert len(problems) == 1
    assert "bad" in problems[0].ko
    shelf.write(db, {})
    assert [row[0] for row in rows(db)] == ["bad"]
