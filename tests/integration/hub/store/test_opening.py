"""Opening: made, brought up to date, or refused in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.domain.errors import BadInput, Failure, Unavailable
from app.hub.store import engines, migrate, schema
from app.hub.store.errors import IN_USE
from app.hub.store.migrations import s0001_first, s0002_sharing
from app.hub.store.store import Store


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
