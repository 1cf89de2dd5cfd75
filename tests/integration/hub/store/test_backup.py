"""A backup is the store of one moment, on either engine, and comes back on either."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.domain.errors import BadInput, Refused, Unavailable
from app.hub.store import backup, check, schema
from app.hub.store.backup import back_up, restore, verify
from app.hub.store.errors import IN_USE
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from tests.fakes.postgres import Postgres


def fill(tx: Transaction) -> None:
    for number in range(700):
        tx.put("camera", f"c{number}", {"number": number, "name": "정문 \x00☎"})
    tx.delete("camera", "c5")
    tx.event("camera", "c6", {"bell": True})
    rows: dict[Any, dict[str, object]] = {
        schema.client: {"client": "k", "n": 3, "at": 1},
        schema.command: {"cmd_id": "x", "client": "k", "n": 3, "at": 1, "outcome": {"seq": 1}},
        schema.raw_intake: {
            "id": "r", "door": "cap", "source": "s", "received_at": 1, "sha256": "0",
            "headers": {"a": "b"}, "body": bytes(range(256)), "state": "received",
        },
        schema.account: {
            "id": "a", "username": "김관제", "verifier": "argon2id", "disabled": False,
            "failures": 0, "locked_until": 0, "created": 1, "changed": 1, "d": {},
        },
        schema.auth_session: {
            "token_sha256": "t", "account": "a", "client": "k", "created": 1, "seen": 1,
            "expires": 2, "d": {},
        },
    }  # fmt: skip
    for table, row in rows.items():
        tx.connection.execute(insert(table), [row])


async def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    def read(connection: Any) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: sorted((tuple(r) for r in connection.execute(select(table))), key=repr)
            for table in schema.metadata.sorted_tables
            if table not in (schema.head, schema.auth_session)
        }

    return await store.reader.read(read)


async def test_there_and_back(store: Store, tmp_path: Path) -> None:
    """Into an empty store of SQLite, with all that was there but the sessions."""
    await store.writer.do(fill)
    made = await back_up(store.reader, tmp_path / "out" / "backup.db")
    before = await content(store)
    assert made.head == await store.reader.head()
    assert sorted(p.name for p in made.path.parent.iterdir()) == ["backup.db", "backup.db.sha256"]
    assert made.path.stat().st_mode & 0o777 == 0o600

    restored = await asyncio.to_thread(restore, str(tmp_path / "new.db"), made.path)
    again = await Store.open(str(tmp_path / "new.db"))
    assert await content(again) == before
    assert again.opened == restored
    assert again.opened.epoch != made.head.epoch
    assert (again.opened.seq, again.opened.min_seq) == (702, 1)
    signed_in = await again.reader.read(lambda c: c.execute(select(schema.auth_session)).all())
    assert signed_in == []
    assert await again.reader.read(check.problems) == ()
    assert (await again.writer.do(lambda tx: tx.put("camera", "c5", {}))).seq == 703
    await again.close()


async def test_a_backup_moves_to_postgresql(postgres_server: Postgres, tmp_path: Path) -> None:
    small = await Store.open(str(tmp_path / "hub.db"))
    await small.writer.do(fill)
    made = await back_up(small.reader, tmp_path / "backup.db")
    before = await content(small)
    await small.close()
    address = postgres_server.new()
    await asyncio.to_thread(restore, address, made.path)
    large = await Store.open(address)
    assert await content(large) == before
    assert await large.reader.read(check.problems) == ()
    await large.close()
    postgres_server.drop(address)


async def test_the_hub_works_on_meanwhile(store: Store, tmp_path: Path) -> None:
    await store.writer.do(fill)
    stopped = asyncio.Event()

    async def work() -> int:
        count = 0
        while not stopped.is_set():
            await store.writer.do(lambda tx: tx.put("camera", f"c{tx.head % 9}", {"at": tx.at}))
            count += 1
        return count

    working = asyncio.ensure_future(work())
    made = [await back_up(store.reader, tmp_path / f"{n}.db") for n in range(3)]
    stopped.set()
    assert await working > 0
    for one in made:
        await asyncio.to_thread(restore, str(tmp_path / f"from-{one.path.name}"), one.path)
        again = await Store.open(str(tmp_path / f"from-{one.path.name}"))
        assert again.opened.seq == one.head.seq
        assert await again.reader.read(check.problems) == ()
        await again.close()


async def test_what_is_there_is_replaced_only_when_asked(
    store: Store, address: str, tmp_path: Path
) -> None:
    await store.writer.do(lambda tx: tx.put("camera", "old", {}))
    made = await back_up(store.reader, tmp_path / "backup.db")
    await store.writer.do(lambda tx: tx.put("camera", "new", {}))
    with pytest.raises(Unavailable) as caught:
        await asyncio.to_thread(restore, address, made.path, replace=True)
    assert caught.value.text == IN_USE
    await store.close()
    with pytest.raises(Refused, match="not empty"):
        await asyncio.to_thread(restore, address, made.path)
    await asyncio.to_thread(restore, address, made.path, replace=True)
    again = await Store.open(address)
    assert again.opened.seq == 1
    assert again.opened.epoch not in {store.opened.epoch, made.head.epoch}
    await again.close()


async def test_a_restoring_that_fails_leaves_everything(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await Store.open(address)
    await store.writer.do(fill)
    made = await back_up(store.reader, tmp_path / "backup.db")
    await store.writer.do(lambda tx: tx.put("camera", "new", {}))
    before = await content(store)
    await store.close()

    def broken() -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(backup, "new_epoch", broken)
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(restore, address, made.path, replace=True)
    again = await Store.open(address)
    assert await content(again) == before
    assert again.opened.epoch == store.opened.epoch
    await again.close()


async def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    store = await Store.open(str(tmp_path / "hub.db"))
    await store.writer.do(fill)
    made = await back_up(store.reader, tmp_path / "backup.db")
    await store.close()
    verify(made.path)
    with sqlite3.connect(made.path) as changed:
        changed.execute("update log set ver = 7 where seq = 3")
    changed.close()
    with pytest.raises(BadInput, match="checksum"):
        verify(made.path)
    made.path.with_name("backup.db.sha256").unlink()
    verify(made.path)


@pytest.mark.parametrize("content_", [b"", b"x" * 5000, b"SQLite format 3\x00" + b"\x01" * 4096])
async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content_: bytes) -> None:
    source = tmp_path / "backup.db"
    source.write_bytes(content_)
    with pytest.raises(BadInput, match="no backup"):
        await asyncio.to_thread(restore, str(tmp_path / "hub.db"), source)
    with pytest.raises(BadInput, match="no backup"):
        verify(tmp_path / "absent.db")


async def test_no_file_is_written_over_and_no_half_one_left(tmp_path: Path) -> None:
    store = await Store.open(str(tmp_path / "hub.db"))
    with pytest.raises(BadInput, match="exists"):
        await back_up(store.reader, tmp_path / "hub.db")
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="not written"):
        await back_up(store.reader, tmp_path / "file" / "backup.db")
    await store.close()
    assert [name for name in os.listdir(tmp_path) if "hub" not in name] == ["file"]  # noqa: PTH208
