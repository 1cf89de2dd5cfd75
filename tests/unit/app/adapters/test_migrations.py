from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from app.adapters.migrations import migrations


@pytest.fixture
def db() -> Iterator[Database]:
    made = Database(memory=True)
    migrations.apply(made)
    yield made
    made.close()


def test_what_was_applied_is_recorded(db: Database) -> None:
    assert [step.name for step in migrations.applied(db)] == ["0001_walls_tours_preferences_acts"]
    assert migrations.pending(db) == []


def test_numbers_of_the_steps_count_up() -> None:
    empty = Database(memory=True)
    names = [step.name for step in migrations.pending(empty)]
    empty.close()
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("change", ["update act set operator = 'x'", "delete from act"])
def test_acts_are_only_appended(db: Database, change: str) -> None:
    db.execute("insert into act (id, at, kind, operator, detail) values ('1', '', '', 'a', '')")
    with pytest.raises(sqlite3.IntegrityError, match="only appended"):
        db.execute(change)
