"""Opening: made, brought up to date, or refused in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.domain.errors import BadInput, Failure, Unavailable
from app.hub.store import earlier, engines, migrate, schema
from app.hub.store.backup import restore
from app.hub.store.columns import now_us
from app.hub.store.errors import IN_USE
from app.hub.store.migrations import s0001_first, s0002_sharing
from app.hub.store.store import Store, _made_current


def writing(address: str) -> Connection:
    return create_engine(engines.url_of(address), poolclass=NullPool).connect()


async def test_the_migrations_make_the_schema(store: Store, address: str) -> None:
    with writing(address) as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == migrate.newest() == s0002_sharing.revision
        assert s0002_sharing.down_revision == s0001_first.revision


async def test_a_second_start_changes_nothing(address: str) -> None:
    first = await Store.open(address)
    await first.close()
    second = await Store.open(address)
    await second.close()
    assert first.opened == second.opened
    assert first.opened.seq == 0
    assert first.opened.min_seq == 1


async def test_a_store_of_a_newer_version_is_left_alone(address: str) -> None:
    await (await Store.open(address)).close()
    with writing(address) as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
        connection.commit()
    with pytest.raises(Unavailable, match=r"newer version .*9999") as caught:
        await Store.open(address)
    assert "9999" in caught.value.text.ko
    with writing(address) as connection:
        assert migrate.current(connection) == "9999"


def first_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store as the version before the newest schema left it."""
    all_steps = migrate._steps
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "_steps", lambda heads, context: all_steps(heads, context)[:1])
        parts = engines.open_engines(engines.url_of(str(path)), readers=1)
        with parts.writer.connect() as connection:
            _made_current(connection, now_us, None)
            connection.execute(text("create table letter (words text)"))
            connection.execute(text("insert into letter values ('kept')"))
            connection.commit()
        parts.close()


def copies(folder: Path) -> list[Path]:
    return list(folder.glob("hub.before-*"))


async def brought_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A store that a newer version has opened, and the copy that it made before."""
    path = folder / "hub.db"
    first_version(path, monkeypatch)
    await (await Store.open(str(path))).close()
    (copy,) = copies(folder)
    return path, copy


async def test_before_a_newer_version_changes_a_store_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = await brought_up(tmp_path, monkeypatch)
    assert copy.name.startswith(f"hub.before-{migrate.newest()}-")
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("select version_num from alembic_version").fetchall() == [("0001",)]
        assert old.execute("select words from letter").fetchall() == [("kept",)]
    await (await Store.open(str(path))).close()
    assert copies(tmp_path) == [copy]


async def test_the_version_before_names_the_copy_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = await brought_up(tmp_path, monkeypatch)
    (tmp_path / "hub.before-9999-29991231-000000.db").write_bytes(b"no database" * 100)
    assert earlier.newest_of(path, {"0001"}) == copy
    assert earlier.newest_of(path, {"0000"}) is None
    with closing(sqlite3.connect(path)) as newer, newer:
        newer.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(Unavailable) as caught:
        await Store.open(str(path))
    for words in (caught.value.text.ko, caught.value.text.en):
        assert f"restore {copy}" in words
        assert str(path) in words
    path.rename(tmp_path / "moved.db")
    restore(str(path), copy)
    await (await Store.open(str(path))).close()


async def test_without_room_for_a_copy_the_store_is_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "hub.db"
    first_version(path, monkeypatch)

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(Unavailable, match="No space left"):
            await Store.open(str(path))
    with writing(str(path)) as connection:
        assert migrate.current(connection) == "0001"
    assert not copies(tmp_path)


async def test_two_hubs_do_not_share_a_store(store: Store, address: str) -> None:
    with pytest.raises(Unavailable) as caught:
        await Store.open(address)
    assert caught.value.text == IN_USE
    await store.writer.do(lambda tx: tx.put("site", "s", {}))


async def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.write_bytes(b"No database at all, but somebody's letter. " * 100)
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="damaged"):
        await Store.open(str(path))
    assert path.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be made"):
        await Store.open(str(tmp_path / "file" / "hub.db"))


async def test_a_database_out_of_reach_is_told_without_its_password() -> None:
    with pytest.raises(Failure) as caught:
        await Store.open("postgresql://hub:geheim@127.0.0.1:1/hub")
    chain = [caught.value, caught.value.__cause__]
    assert "geheim" not in f"{chain!r}{caught.value.text}"


@pytest.mark.parametrize("address", ["", ":memory:", "sqlite://", "mysql://x/y", "a://b://c"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        engines.url_of(address)


def test_addresses(tmp_path: Path) -> None:
    assert engines.url_of("/a/b.db") == engines.url_of("sqlite:////a/b.db")
    assert engines.url_of("postgresql://u:p@h/d").drivername == "postgresql+psycopg"


async def test_sqlite_is_set_as_it_must_be(tmp_path: Path) -> None:
    """Against the WAL-reset bug and power cuts; and the file is its owner's alone."""
    path = tmp_path / "hub.db"
    store = await Store.open(str(path))

    def ask(connection: Connection, name: str) -> object:
        return connection.exec_driver_sql(f"pragma {name}").scalar()

    def all_of(connection: Connection, names: tuple[str, ...]) -> dict[str, object]:
        return {name: ask(connection, name) for name in names}

    names = ("journal_mode", "synchronous", "foreign_keys")
    written = await store.writer.do(lambda tx: all_of(tx.connection, names))
    assert written == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    names = ("query_only", "wal_autocheckpoint", "mmap_size")
    read = await store.reader.read(lambda c: all_of(c, names))
    assert read == {"query_only": 1, "wal_autocheckpoint": 0, "mmap_size": 0}
    assert path.stat().st_mode & 0o777 == 0o600
    await store.close()
    assert not path.with_name("hub.db-wal").exists()
    with sqlite3.connect(path) as plain:
        assert plain.execute("pragma integrity_check").fetchone() == ("ok",)
    plain.close()
