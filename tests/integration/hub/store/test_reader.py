"""A reader sees one moment, however much is written meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import delete, update

from app.domain.errors import BadInput, Unavailable
from app.hub.store import queries
from app.hub.store.errors import Resync
from app.hub.store.reader import SNAPSHOTS, Snapshot
from app.hub.store.rows import Cursor, Entity
from app.hub.store.schema import head, log
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction


async def fill(store: Store, kind: str, count: int, **d: Any) -> None:
    def work(tx: Transaction) -> None:
        for number in range(count):
            tx.put(kind, f"{kind}{number:04d}", {"number": number, **d})

    await store.writer.do(work)


async def pages(snapshot: Snapshot, limit: int) -> list[Entity]:
    rows: list[Entity] = []
    after: str | None = None
    while True:
        page = await snapshot.page(after, limit)
        assert len(page.rows) <= limit
        rows += page.rows
        if (after := page.after) is None:
            return rows


async def test_the_log_can_be_followed_from_any_place(store: Store) -> None:
    await fill(store, "camera", 10)
    await fill(store, "incident", 10)
    assert [e.seq for e in (await store.reader.since(7, 5)).entries] == [8, 9, 10, 11, 12]
    assert [e.seq for e in (await store.reader.since(5, 3, pri=1)).entries] == [11, 12, 13]
    of_camera = await store.reader.since(5, 100, kinds={"camera"})
    assert [e.seq for e in of_camera.entries] == [6, 7, 8, 9, 10]
    at_end = await store.reader.since(20)
    assert (at_end.entries, at_end.head.seq) == ((), 20)


async def test_a_place_that_is_not_there_needs_a_snapshot(store: Store) -> None:
    await fill(store, "camera", 10)

    def forget(tx: Transaction) -> None:
        tx.connection.execute(delete(log).where(log.c.seq < 5))
        tx.connection.execute(update(head).values(min_seq=5))

    await store.writer.do(forget)
    assert [e.seq for e in (await store.reader.since(4)).entries] == [5, 6, 7, 8, 9, 10]
    for place in (-1, 0, 3, 11, 2**40):
        with pytest.raises(Resync):
            await store.reader.since(place)


@pytest.mark.parametrize("limit", [1, 7, 10, 30, 1000])
async def test_pages_hold_everything_once(store: Store, limit: int) -> None:
    for kind in ("site", "camera", "point"):
        await fill(store, kind, 10)
    await store.writer.do(lambda tx: tx.delete("camera", "camera0003"))
    async with store.reader.snapshot(["site", "point", "camera"]) as snapshot:
        rows = await pages(snapshot, limit)
        assert await snapshot.count() == len(rows) == 29
    kinds = [row.t for row in rows]
    assert kinds == ["site"] * 10 + ["point"] * 10 + ["camera"] * 9
    assert [row.id for row in rows if row.t == "camera"] == [
        f"camera{n:04d}" for n in range(10) if n != 3
    ]
    async with store.reader.snapshot() as snapshot:
        assert snapshot.kinds == ("camera", "point", "site")
        assert sorted(await pages(snapshot, 4), key=lambda row: row.seq) == sorted(
            rows, key=lambda row: row.seq
        )


async def test_a_snapshot_stands_still_while_others_write(store: Store) -> None:
    await fill(store, "camera", 50, state="before")
    async with store.reader.snapshot() as snapshot:
        first = await snapshot.page(None, 20)
        await fill(store, "camera", 60, state="after")
        await store.writer.do(lambda tx: tx.delete("camera", "camera0040"))
        second = await snapshot.page(first.after, 20)
        third = await snapshot.page(second.after, 20)
        assert await snapshot.count() == 50
        assert snapshot.head.seq == 50
    rows = (*first.rows, *second.rows, *third.rows)
    assert [row.d["number"] for row in rows] == list(range(50))
    assert {row.d["state"] for row in rows} == {"before"}
    assert (await store.reader.head()).seq == 111


async def test_a_cursor_goes_on_in_a_later_snapshot(store: Store) -> None:
    """What changed meanwhile comes with a newer version, and again by the log."""
    await fill(store, "camera", 20)
    async with store.reader.snapshot(["camera"]) as snapshot:
        begun = snapshot.head.seq
        first = await snapshot.page(None, 10)
    await store.writer.do(lambda tx: tx.put("camera", "camera0015", {"number": 99}))
    async with store.reader.snapshot(["camera"]) as snapshot:
        rest = await snapshot.page(first.after, 100)
    assert [row.id for row in rest.rows] == [f"camera{n:04d}" for n in range(10, 20)]
    (again,) = (await store.reader.since(begun)).entries
    assert (again.id, again.ver) == ("camera0015", rest.rows[5].ver)


async def test_more_takers_than_places_wait_for_their_turn(store: Store) -> None:
    await fill(store, "camera", 30)

    async def take() -> int:
        async with store.reader.snapshot() as snapshot:
            return len(await pages(snapshot, 7))

    assert await asyncio.gather(*(take() for _ in range(SNAPSHOTS * 4))) == [30] * SNAPSHOTS * 4


async def test_a_taker_that_goes_away_gives_its_place_back(store: Store) -> None:
    await fill(store, "camera", 30)

    async def take_and_fail() -> None:
        async with store.reader.snapshot() as snapshot:
            await snapshot.page(None, 10)
            raise KeyError

    for _ in range(SNAPSHOTS * 2):
        with pytest.raises(KeyError):
            await take_and_fail()
    async with store.reader.snapshot() as snapshot:
        assert await snapshot.count() == 30


async def test_a_reader_can_change_nothing(store: Store) -> None:
    await fill(store, "camera", 3)
    with pytest.raises(Unavailable):
        await store.reader.read(lambda c: c.execute(delete(log)))
    assert (await store.reader.head()).seq == 3


async def test_questions_of_use_cases(store: Store) -> None:
    await fill(store, "camera", 3, site="a")
    await fill(store, "point", 2, site="b")
    await store.writer.do(lambda tx: tx.put("camera", "camera0001", {"number": 5, "site": "b"}))
    read = store.reader.read
    assert [e.id for e in await read(lambda c: queries.of_kind(c, "camera", "a"))] == [
        "camera0000", "camera0002",
    ]  # fmt: skip
    assert len(await read(lambda c: queries.of_kind(c, "camera"))) == 3
    entries = await read(lambda c: queries.history(c, "camera", "camera0001"))
    assert [(entry.ver, entry.d["number"]) for entry in entries] == [(1, 1), (2, 5)]


@pytest.mark.parametrize("text", ["", "/", "camera", "camera/", "/x"])
def test_a_cursor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        Cursor.of(text)


def test_a_cursor_survives_its_text() -> None:
    for cursor in (Cursor("camera", "a/b"), Cursor("point", "한글 1")):
        assert Cursor.of(cursor.text) == cursor
