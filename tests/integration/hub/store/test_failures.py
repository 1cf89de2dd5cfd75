"""A full disk and a lost connection: told, survived, and nothing half or twice."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from app.domain.errors import Unavailable
from app.hub.store import queries
from app.hub.store.errors import AWAY, FULL
from app.hub.store.rows import Entry
from app.hub.store.store import Store
from tests.fakes.postgres import Postgres


def put(id_: str, size: int = 10) -> Callable[[Any], Entry]:
    return lambda tx: tx.put("camera", id_, {"text": "x" * size})


async def look(store: Store, acknowledged: set[str]) -> None:
    """The log has no gap and holds exactly these, each once."""
    entries = (await store.reader.since(0, 100_000)).entries
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert sorted(entry.id for entry in entries) == sorted(acknowledged)


# ----------------------------------------------------------------------------------- a full disk


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[tuple[Store, list[int]]]:
    """A store that may have so many pages and no more, and the number."""
    store = await Store.open(str(tmp_path / "hub.db"))
    pages = [100]

    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"pragma max_page_count = {pages[0]}").close()

    event.listen(store._engines.writer, "connect", limit)
    # From the next connection on.
    store.writer._committer.close()
    yield store, pages
    await store.close()


async def test_a_full_disk_fails_only_what_does_not_fit(
    small: tuple[Store, list[int]],
) -> None:
    store, pages = small
    sizes = {f"{n}": 1_000_000 if n % 10 == 5 else 10 for n in range(40)}
    outcomes = await asyncio.gather(
        *(store.writer.do(put(id_, size)) for id_, size in sizes.items()), return_exceptions=True
    )
    for (id_, size), outcome in zip(sizes.items(), outcomes, strict=True):
        if size > 10:
            assert isinstance(outcome, Unavailable), id_
            assert outcome.text == FULL
        else:
            assert isinstance(outcome, Entry), outcome
    kept = {id_ for id_, size in sizes.items() if size == 10}
    await look(store, kept)
    pages[0] = 10_000
    store.writer._committer.close()
    await store.writer.do(put("large", 1_000_000))
    await look(store, {*kept, "large"})


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


async def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(tiny_disk: Path) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(b"\0" * 300_000)
    store = await Store.open(str(tiny_disk / "hub.db"))
    acknowledged: set[str] = set()
    failures: list[BaseException] = []
    for round_ in range(40):
        ids = [f"{round_}-{n}" for n in range(10)]
        jobs = (store.writer.do(put(id_, 2_000)) for id_ in ids)
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        kept = {i for i, o in zip(ids, outcomes, strict=True) if isinstance(o, Entry)}
        acknowledged |= kept
        failures += [o for o in outcomes if isinstance(o, BaseException)]
        if len(kept) == 0:
            break
    assert failures
    assert {type(failure) for failure in failures} == {Unavailable}
    assert acknowledged
    await look(store, acknowledged)
    ballast.unlink()
    await store.writer.do(put("after"))
    await look(store, {*acknowledged, "after"})
    await store.close()
    again = await Store.open(str(tiny_disk / "hub.db"))
    await look(again, {*acknowledged, "after"})
    await again.close()


# ------------------------------------------------------------------------------ a lost connection


@pytest.fixture
async def remote(postgres_server: Postgres) -> AsyncIterator[tuple[Store, Postgres]]:
    address = postgres_server.new()
    store = await Store.open(address, patience=20.0)
    yield store, postgres_server
    await store.close()
    postgres_server.drop(address)


def cut(server: Postgres) -> None:
    """Ends all connections of the hub."""
    server.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where application_name = 'gwanje-hub'"
    )


async def test_a_connection_that_was_cut_is_made_again(remote: tuple[Store, Postgres]) -> None:
    store, server = remote
    expected: set[str] = set()
    for round_ in range(3):
        ids = {f"{round_}-{n}" for n in range(30)}
        await asyncio.gather(*(store.writer.do(put(id_)) for id_ in ids))
        expected |= ids
        cut(server)
        await look(store, expected)
    assert store.writer.figures.connections == 3


async def test_a_cut_in_the_middle_of_a_job_runs_it_again(remote: tuple[Store, Postgres]) -> None:
    store, server = remote
    runs: list[int] = []

    def work(tx: Any) -> Entry:
        entry: Entry = tx.put("camera", "c", {})
        runs.append(entry.seq)
        if len(runs) == 1:
            cut(server)
        tx.put("camera", "d", {})
        return entry

    assert (await store.writer.do(work)).seq == 1
    assert runs == [1, 1]
    await look(store, {"c", "d"})


@pytest.mark.parametrize("kept", [True, False])
async def test_a_lost_answer_to_commit_does_nothing_twice(store: Store, *, kept: bool) -> None:
    """Whether the COMMIT had been done is found out by the name of the group."""
    lost: list[bool] = []

    def lose(connection: Connection) -> None:
        if lost:
            return
        lost.append(True)
        if kept:
            connection.connection.commit()
        cause = psycopg.OperationalError("lost")
        raise OperationalError("commit", {}, cause, connection_invalidated=True)

    event.listen(store._engines.writer, "commit", lose)
    entries = await asyncio.gather(*(store.writer.do(put(f"{n}")) for n in range(50)))
    assert lost
    assert [entry.seq for entry in entries] == list(range(1, 51))
    await look(store, {f"{n}" for n in range(50)})
    assert store.tail.head == 50


async def test_patience_ends(postgres_server: Postgres) -> None:
    address = postgres_server.new()
    store = await Store.open(address, patience=0.1)
    await store.writer.do(put("before"))
    postgres_server.drop(address)
    with pytest.raises(Unavailable) as caught:
        await store.writer.do(put("lost"))
    assert caught.value.text == AWAY
    with pytest.raises(Unavailable):
        await store.reader.read(queries.head_of)
    await store.close()
