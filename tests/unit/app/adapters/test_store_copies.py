"""An older version of the program meets the file of a newer one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.adapters.migrations import migrations
from app.adapters.store import LocalStore
from app.adapters.store_copies import ONLY_ADDS, copy, foreign
from app.adapters.store_file import Opened, close_file, open_file, open_or_do_without
from app.domain.errors import Unavailable
from tests.fakes.clock import HandClock

NOW = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
BEFORE = "console.before-0098_other-20260302-090005.db"
NEWER = "console.newer-20260305-090005.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "console.db"


def newer(*names: str) -> Migrations:
    """What this version knows and steps of the next one, each a change that is no addition."""
    steps = Migrations("gwanje")
    with Database(memory=True) as empty:
        for step in migrations.pending(empty):
            steps(name=step.name)(step.fn)

    def changed(db: Database) -> None:
        db.execute("alter table preference rename column value to content")

    def added(db: Database) -> None:
        db.execute("alter table preference add column note text not null default ''")

    for name in names:
        steps(name=name)(added if name.endswith(ONLY_ADDS) else changed)
    return steps


def write(opened: Opened, key: str, column: str = "value") -> None:
    with opened.db.atomic():
        opened.db.execute(
            f"insert into preference (key, position, {column}) values (?, 0, 1)",  # noqa: S608 - ours
            [key],
        )


def keys(opened: Opened) -> list[str]:
    return [row[0] for row in opened.db.execute("select key from preference").fetchall()]


def made(path: Path, steps: Migrations, key: str, column: str = "value") -> None:
    opened = open_file(path, NOW, steps)
    write(opened, key, column)
    close_file(opened)


def files(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()}


def test_a_newer_version_that_only_added_takes_nothing_from_the_one_before(path: Path) -> None:
    steps = newer(f"0099_notes{ONLY_ADDS}")
    made(path, migrations, "old")
    made(path, steps, "new")
    made(path, migrations, "old again")
    there = files(path)
    opened = open_file(path, LATER, steps, back=True)
    assert keys(opened) == ["new", "old", "old again"]
    assert opened.notices == ()
    close_file(opened)
    assert files(path) == there


def test_the_way_back_is_the_copy_from_before_and_nothing_newer_is_lost(path: Path) -> None:
    made(path, migrations, "old")
    made(path, newer("0098_other"), "new", "content")
    opened = open_file(path, LATER, back=True)
    assert keys(opened) == ["old"]
    assert foreign(opened.db, migrations) == []
    assert all(name in opened.notices[0].ko for name in (BEFORE, NEWER))
    assert all(name in opened.notices[0].en for name in (BEFORE, NEWER))
    write(opened, "since")
    close_file(opened)
    assert files(path) == {path.name, BEFORE, NEWER}
    with closing(sqlite3.connect(path.with_name(NEWER))) as kept:
        assert kept.execute("select key, content from preference").fetchall() == [
            ("new", "1"),
            ("old", "1"),
        ]
    opened = open_file(path, LATER, back=True)
    assert opened.notices == ()
    assert keys(opened) == ["old", "since"]
    close_file(opened)


def test_of_two_copies_the_newest_that_can_be_read_is_taken(path: Path) -> None:
    made(path, migrations, "first")
    opened = open_file(path, NOW)
    for day, key in ((1, "second"), (2, "third")):
        copy(opened.db, path, f"before-0098_other-2026030{day}-000000")
        write(opened, key)
    close_file(opened)
    damaged = path.with_name("console.before-0098_other-20260303-000000.db")
    damaged.write_bytes(b"no database" * 100)
    path.with_name("console.before-by-hand.db").write_bytes(b"")
    opened = open_file(path, NOW, newer("0098_other"))
    copy(opened.db, path, "before-0099_more-20260304-000000")
    close_file(opened)
    path.with_name(BEFORE).unlink()
    opened = open_file(path, LATER, back=True)
    assert keys(opened) == ["first", "second"]
    close_file(opened)


def test_without_a_copy_the_newer_file_is_left_as_it_is(path: Path) -> None:
    made(path, newer("0098_other"), "new", "content")
    before = path.read_bytes()
    opened = open_or_do_without(path, LATER, back=True)
    assert opened.path is None
    assert str(path) in opened.notices[0].en
    assert "0098_other" in opened.notices[0].ko
    close_file(opened)
    assert path.read_bytes() == before


def test_where_the_newer_file_cannot_be_kept_it_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(path, migrations, "old")
    made(path, newer("0098_other"), "new", "content")
    before = path.read_bytes()

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(Unavailable, match="No space left"):
        open_file(path, LATER, back=True)
    assert path.read_bytes() == before
    assert files(path) == {path.name, BEFORE}


async def test_the_console_says_that_it_went_back(path: Path) -> None:
    made(path, migrations, "old")
    made(path, newer("0098_other"), "new", "content")
    store = await LocalStore.open(path, HandClock())
    assert store.saving
    assert BEFORE in store.notices[0].en
    assert set((await store.load_preferences()).value) == {"old"}
    await store.close()
