from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.adapters import store_file
from app.adapters.migrations import migrations
from app.adapters.store_copies import names_of
from app.adapters.store_file import (
    Opened,
    close_file,
    in_memory,
    open_file,
    open_or_do_without,
)
from app.domain.errors import Unavailable

NOW = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "프로필" / "gwanje.db"


def files(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()}


def write(opened: Opened, *keys: str) -> None:
    with opened.db.atomic():
        for key in keys:
            opened.db.execute("insert into preference values (?, 0, '1')", [key])


def keys(opened: Opened) -> list[str]:
    return [row[0] for row in opened.db.execute("select key from preference").fetchall()]


def made(path: Path, *keys: str) -> None:
    opened = open_file(path, NOW)
    write(opened, *keys)
    close_file(opened)


def pragma(opened: Opened, name: str) -> object:
    return opened.db.execute(f"pragma {name}").fetchone()[0]


def test_a_new_file_is_made_with_its_folders(path: Path) -> None:
    opened = open_file(path, NOW)
    assert opened.notices == ()
    assert pragma(opened, "journal_mode") == "wal"
    assert pragma(opened, "synchronous") == 2
    assert pragma(opened, "locking_mode") == "exclusive"
    assert files(path) == {"gwanje.db", "gwanje.db-wal", "gwanje.db.owner"}
    close_file(opened)
    assert files(path) == {"gwanje.db"}


def test_what_was_written_is_there_again(path: Path) -> None:
    made(path, "a")
    opened = open_file(path, NOW)
    assert keys(opened) == ["a"]
    close_file(opened)


def test_a_second_console_does_without_and_says_who_has_the_file(path: Path) -> None:
    first = open_file(path, NOW)
    second = open_or_do_without(path, NOW)
    assert second.path is None
    assert "Another console" in second.notices[0].en
    assert "2026-03-02" in second.notices[0].ko
    write(second, "lost")
    close_file(second)
    write(first, "kept")
    assert keys(first) == ["kept"]
    close_file(first)


@pytest.mark.parametrize("word", [None, "", "[]", "{}"])
def test_a_lock_without_a_name_is_a_lock_all_the_same(path: Path, word: str | None) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("begin exclusive")
        if word is not None:
            path.with_name("gwanje.db.owner").write_text(word)
        with pytest.raises(Unavailable, match="Another console"):
            open_file(path, NOW)


@pytest.mark.parametrize("content", [b"not a database, " * 500, b"\x00" * 4096, b"x"])
def test_a_damaged_file_is_put_aside_not_deleted(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    opened = open_file(path, NOW)
    aside = path.with_name("gwanje.damaged-20260302-090005.db")
    assert aside.read_bytes() == content
    assert str(aside) in opened.notices[0].ko
    write(opened, "new")
    close_file(opened)


def test_damage_inside_is_found_at_the_start(path: Path) -> None:
    made(path, *(f"key {n:05d}" for n in range(2000)))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 2000] = b"\xff" * 2000
    path.write_bytes(content)
    opened = open_file(path, NOW)
    assert len(opened.notices) == 1
    assert keys(opened) == []
    close_file(opened)
    assert path.with_name("gwanje.damaged-20260302-090005.db").read_bytes() == content


def test_two_damaged_files_in_a_second_are_both_kept(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first" * 200, b"second" * 200):
        path.write_bytes(content)
        close_file(open_file(path, NOW))
    assert files(path) == {
        "gwanje.db", "gwanje.damaged-20260302-090005.db", "gwanje.damaged-20260302-090005-2.db",
    }  # fmt: skip


def test_a_damaged_file_that_cannot_be_moved_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 100)

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    opened = open_or_do_without(path, NOW)
    assert "Permission denied" in opened.notices[0].en
    close_file(opened)
    assert path.read_bytes() == b"not a database" * 100


def test_a_folder_in_the_place_of_the_file(path: Path) -> None:
    path.mkdir(parents=True)
    opened = open_or_do_without(path, NOW)
    assert "not saved" in opened.notices[0].en
    close_file(opened)


def test_a_file_in_the_place_of_the_folder(path: Path) -> None:
    path.parent.write_text("in the way")
    opened = open_or_do_without(path, NOW)
    assert "folder cannot be made" in opened.notices[0].en
    close_file(opened)


def two_steps(*, fails: bool = False) -> Migrations:
    steps = Migrations("gwanje")
    with Database(memory=True) as empty:
        for step in migrations.pending(empty):
            steps(name=step.name)(step.fn)

    def second(db: Database) -> None:
        db.execute("alter table preference add column note text")
        if fails:
            db.execute("no sql at all")

    steps(name="0099_notes")(second)
    return steps


def test_a_newer_file_is_left_as_it_is(path: Path) -> None:
    close_file(open_file(path, NOW, two_steps()))
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="newer version"):
        open_file(path, NOW)
    opened = open_or_do_without(path, NOW)
    assert opened.path is None
    assert "0099_notes" in opened.notices[0].ko
    close_file(opened)
    assert path.read_bytes() == before


def test_a_copy_is_made_before_a_migration(path: Path) -> None:
    made(path, "a")
    opened = open_file(path, NOW, two_steps())
    assert [row["note"] for row in opened.db.query("select * from preference")] == [None]
    close_file(opened)
    copy = path.with_name("gwanje.before-0099_notes-20260302-090005.db")
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("select * from preference").fetchall() == [("a", 0, "1")]
    assert files(path) == {"gwanje.db", copy.name}


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    made(path, "a")
    with pytest.raises(Unavailable):
        open_file(path, NOW, two_steps(fails=True))
    opened = open_file(path, NOW)
    assert keys(opened) == ["a"]
    assert {step.name for step in migrations.applied(opened.db)} == names_of(migrations)
    close_file(opened)


def test_without_a_copy_there_is_no_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(path, "a")

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(Unavailable, match="No space left"):
        open_file(path, NOW, two_steps())
    assert files(path) == {"gwanje.db"}
    monkeypatch.undo()
    opened = open_file(path, NOW)
    assert keys(opened) == ["a"]
    close_file(opened)


def test_a_store_in_memory_has_the_same_tables() -> None:
    opened = in_memory()
    write(opened, "a")
    assert keys(opened) == ["a"]
    close_file(opened)


def test_nobody_hears_of_an_owner_that_cannot_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_file, "_owner", lambda path: path.parent / "no" / "folder")
    opened = open_file(path, NOW)
    assert opened.notices == ()
    close_file(opened)
