"""What a job may rely on: all or nothing, and a place without a gap."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.hub.store import check, queries
from app.hub.store.errors import AlreadyThere
from app.hub.store.rows import Entry
from app.hub.store.schema import setting
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.hub.store.writer import MOST_TOGETHER
from app.wire.stream import Op

NO = BadInput(Text("안 됩니다", "No"))


def put(number: int, **d: Any) -> Any:
    return lambda tx: tx.put("camera", f"c{number}", {"number": number, **d})


def refuse(tx: Transaction) -> None:
    tx.put("camera", "refused", {"number": 0})
    tx.event("camera", "refused", {})
    raise NO


async def whole_log(store: Store) -> tuple[Entry, ...]:
    return (await store.reader.since(0, 100_000)).entries


async def test_a_change_has_its_place_when_it_is_acknowledged(store: Store) -> None:
    entry = await store.writer.do(put(1, site="s1", name="정문"))
    assert (entry.seq, entry.ver, entry.op, entry.pri) == (1, 1, Op.PUT, 0)
    assert store.tail.head == 1
    assert store.tail.since(0, 10) == (entry,)
    assert await whole_log(store) == (entry,)
    found = await store.reader.read(lambda c: queries.get(c, "camera", "c1"))
    assert found is not None
    assert (found.ver, found.seq, found.d) == (1, 1, {"number": 1, "site": "s1", "name": "정문"})


async def test_versions_count_the_changes_of_one_entity(store: Store) -> None:
    def work(tx: Transaction) -> list[int]:
        entries = [
            tx.put("incident", "i", {"state": 10}),
            tx.event("incident", "i", {"siren": True}),
            tx.put("incident", "i", {"state": 20}),
            tx.delete("incident", "i"),
            tx.put("incident", "i", {"state": 30}),
            tx.event("incident", "never", {}),
        ]
        assert tx.head == 6
        return [entry.ver for entry in entries if entry is not None]

    assert await store.writer.do(work) == [1, 1, 2, 3, 4, 0]
    assert [(e.seq, e.op.value, e.pri) for e in await whole_log(store)] == [
        (1, "put", 1), (2, "evt", 1), (3, "put", 1), (4, "del", 1), (5, "put", 1), (6, "evt", 1),
    ]  # fmt: skip


async def test_what_is_deleted_is_gone_but_its_version_counts_on(store: Store) -> None:
    await store.writer.do(put(1))
    deleted = await store.writer.do(lambda tx: tx.delete("camera", "c1"))
    assert deleted is not None
    assert (deleted.ver, deleted.d) == (2, {})
    assert await store.reader.read(lambda c: queries.get(c, "camera", "c1")) is None
    assert await store.writer.do(lambda tx: tx.delete("camera", "c1")) is None
    assert await store.writer.do(lambda tx: tx.delete("camera", "never")) is None
    assert (await store.writer.do(put(1))).ver == 3


async def test_a_failing_job_takes_nothing_and_nobody_with_it(store: Store) -> None:
    jobs = [refuse if number % 3 == 0 else put(number) for number in range(300)]
    outcomes = await asyncio.gather(*(store.writer.do(job) for job in jobs), return_exceptions=True)
    for number, outcome in enumerate(outcomes):
        if number % 3 == 0:
            assert outcome is NO
        else:
            assert isinstance(outcome, Entry)
    entries = await whole_log(store)
    assert [entry.seq for entry in entries] == list(range(1, 201))
    assert [entry.id for entry in entries] == [f"c{n}" for n in range(300) if n % 3]
    assert store.writer.figures.failed == 100
    assert (await store.reader.head()).seq == store.tail.head == 200


async def test_those_who_wait_share_a_commit(store: Store) -> None:
    before = store.writer.figures.commits
    await asyncio.gather(*(store.writer.do(put(number)) for number in range(1000)))
    figures = store.writer.figures
    assert figures.jobs == 1000
    # The first may have gone alone; after it at most so many go together.
    assert 1000 / MOST_TOGETHER <= figures.commits - before <= 1000 / MOST_TOGETHER + 2


async def test_what_the_database_refuses_is_told_and_undone(store: Store) -> None:
    row = {"name": "zone", "value": "서울", "changed": 1}

    def twice(tx: Transaction) -> None:
        tx.put("camera", "c", {})
        tx.connection.execute(insert(setting), [row])

    def without_value(tx: Transaction) -> None:
        tx.connection.execute(insert(setting).values(name="x", changed=1))

    await store.writer.do(twice)
    with pytest.raises(AlreadyThere):
        await store.writer.do(twice)
    with pytest.raises(BadInput):
        await store.writer.do(without_value)
    assert (await store.reader.head()).seq == 1
    names = await store.reader.read(lambda c: c.execute(select(setting.c.name)).scalars().all())
    assert names == ["zone"]


async def test_a_bug_in_a_job_reaches_its_caller_as_it_is(store: Store) -> None:
    def stops(tx: Transaction) -> None:
        raise StopIteration

    with pytest.raises(ZeroDivisionError):
        await store.writer.do(lambda tx: 1 / 0)
    with pytest.raises(ValueError, match="Out of range"):
        await store.writer.do(lambda tx: tx.event("camera", "c", {"azimuth": float("nan")}))
    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.writer.do(stops)
    assert await store.writer.do(put(1))


async def test_texts_come_back_as_they_were(store: Store) -> None:
    d = {"ko": "비상벨 ☎ 🚨", "nul": "a\x00b", "half": "\ud83d", "quote": "';--\"", "n": 2**53 + 1}
    await store.writer.do(lambda tx: tx.put("point", "한글 아이디", d))
    found = await store.reader.read(lambda c: queries.get(c, "point", "한글 아이디"))
    assert found is not None
    assert found.d == d


async def test_who_gives_up_waiting_stops_nobody(store: Store) -> None:
    tasks = [asyncio.ensure_future(store.writer.do(put(number))) for number in range(50)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(outcome, Entry) for outcome in outcomes[1::2])
    entries = await whole_log(store)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert {entry.id for entry in entries} >= {f"c{number}" for number in range(1, 50, 2)}


async def test_closing_finishes_what_was_asked(address: str) -> None:
    store = await Store.open(address)
    jobs = [asyncio.ensure_future(store.writer.do(put(number))) for number in range(500)]
    await asyncio.sleep(0)
    await store.close()
    assert [(await job).seq for job in jobs] == list(range(1, 501))
    with pytest.raises(Unavailable):
        await store.writer.do(put(1))
    again = await Store.open(address)
    assert again.opened.seq == again.tail.head == 500
    assert again.opened.epoch == store.opened.epoch
    await again.close()


async def test_what_is_put_off_is_there_after_its_job_and_gone_with_it(store: Store) -> None:
    def twice(tx: Transaction) -> None:
        tx.put_later("incident", "i1", {"site": "s1", "n": 1}, ver=0)
        tx.event("incident", "i1", {"event": "x"}, ver=1)
        tx.put_later("incident", "i1", {"site": "s1", "n": 2}, ver=1)
        tx.put_later("incident", "i2", {"n": 1}, ver=0)

    def refused(tx: Transaction) -> None:
        tx.put_later("incident", "i1", {"n": 9}, ver=2)
        raise NO

    await store.writer.do(twice)
    with pytest.raises(BadInput):
        await store.writer.do(refused)
    first, second = await store.reader.read(lambda c: queries.of_kind(c, "incident"))
    assert (first.ver, first.seq, first.d) == (2, 3, {"site": "s1", "n": 2})
    assert (second.ver, second.seq) == (1, 4)
    assert [(e.seq, e.ver, e.op) for e in await whole_log(store)] == [
        (1, 1, Op.PUT), (2, 1, Op.EVT), (3, 2, Op.PUT), (4, 1, Op.PUT),
    ]  # fmt: skip
    assert await store.reader.read(check.problems) == ()
