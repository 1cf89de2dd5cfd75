"""The log may lose its beginning, never its middle; and damage does not stay hidden."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Executable, delete, func, insert, select, update

from app.hub.store import check, schema
from app.hub.store.errors import Resync
from app.hub.store.schema import command, entity, head, log
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.hub.store.trimming import Keep, trim

SECOND = 1_000_000
DAY = 86_400 * SECOND


@dataclass(slots=True)
class Clock:
    now: int = 100 * DAY

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(address: str, clock: Clock) -> AsyncIterator[Store]:
    opened = await Store.open(address, clock=clock)
    yield opened
    await opened.close()


async def fill(store: Store, clock: Clock, days: int, a_day: int = 10) -> None:
    for day in range(days):

        def work(tx: Transaction, day: int = day) -> None:
            for number in range(a_day):
                tx.put("camera", f"c{number}", {"day": day})
            tx.event("camera", "c0", {"day": day})

        await store.writer.do(work)
        clock.now += DAY


def keep(days: int, entries: int = 0) -> Keep:
    return Keep(log=timedelta(days=days), entries=entries)


async def count(store: Store, table: Any) -> int:
    query = select(func.count()).select_from(table)
    return int(await store.reader.read(lambda c: c.execute(query).scalar_one()))


async def test_the_old_beginning_of_the_log_goes(store: Store, clock: Clock) -> None:
    await fill(store, clock, days=10)
    trimmed = await trim(store.writer, keep(days=3), clock.now)
    assert (trimmed.entries, trimmed.min_seq) == (77, 78)
    assert await count(store, log) == 33
    assert await count(store, entity) == 10
    assert await store.reader.read(check.problems) == ()
    assert len((await store.reader.since(77)).entries) == 33
    with pytest.raises(Resync):
        await store.reader.since(76)
    assert (await trim(store.writer, keep(days=3), clock.now)).entries == 0
    assert (await store.writer.do(lambda tx: tx.put("camera", "c0", {}))).seq == 111


async def test_so_many_entries_stay_whatever_their_age(store: Store, clock: Clock) -> None:
    await fill(store, clock, days=10)
    clock.now += 1000 * DAY
    assert (await trim(store.writer, keep(days=3, entries=50), clock.now)).min_seq == 61
    assert (await trim(store.writer, keep(days=3), clock.now)).min_seq == 111
    assert await count(store, log) == 0
    assert await store.reader.read(check.problems) == ()
    assert (await store.reader.since(110)).entries == ()
    assert (await store.writer.do(lambda tx: tx.delete("camera", "c0"))) is not None
    assert [e.seq for e in (await store.reader.since(110)).entries] == [111]
    assert await store.reader.read(check.problems) == ()


async def test_many_entries_go_in_small_jobs(store: Store, clock: Clock) -> None:
    await fill(store, clock, days=5, a_day=700)
    before = store.writer.figures.jobs
    assert (await trim(store.writer, keep(days=1), clock.now)).entries == 4 * 701
    assert store.writer.figures.jobs - before > 3


async def test_a_clock_that_went_back_makes_no_gap(store: Store, clock: Clock) -> None:
    await fill(store, clock, days=3)
    clock.now -= 20 * DAY
    await fill(store, clock, days=3)
    clock.now += 20 * DAY
    await trim(store.writer, keep(days=5), clock.now)
    assert await store.reader.read(check.problems) == ()
    assert (await store.reader.head()).min_seq == 12


async def test_what_was_done_with_is_forgotten_what_waits_is_not(
    store: Store, clock: Clock
) -> None:
    def raw(id_: str, state: str, at: int) -> dict[str, object]:
        return {
            "id": id_, "door": "cap", "source": "s", "received_at": at, "sha256": "0",
            "headers": {}, "body": b"", "state": state,
        }  # fmt: skip

    old, young = clock.now - 200 * DAY, clock.now - DAY

    def work(tx: Transaction) -> None:
        tx.connection.execute(
            insert(schema.raw_intake),
            [
                raw("1", "normalised", old), raw("2", "quarantined", old),
                raw("3", "received", old), raw("4", "normalised", young),
            ],
        )  # fmt: skip
        tx.connection.execute(insert(schema.client).values(client="k", n=2, at=young))
        for n, at in ((1, old), (2, young)):
            tx.connection.execute(
                insert(command).values(cmd_id=f"{n}", client="k", n=n, at=at, outcome={})
            )

    await store.writer.do(work)
    assert (await trim(store.writer, Keep(), clock.now)).others == 2
    left = await store.reader.read(
        lambda c: c.execute(select(schema.raw_intake.c.id)).scalars().all()
    )
    assert sorted(left) == ["2", "3", "4"]
    assert await count(store, command) == 1


DAMAGE: dict[str, tuple[Executable, str]] = {
    "a lost entry": (delete(log).where(log.c.seq == 7), "gap"),
    "a lost end": (delete(log).where(log.c.seq == 55), "gap"),
    "a head too far": (update(head).values(seq=60), "gap"),
    "a wrong version": (update(log).where(log.c.seq == 20).values(ver=9), "version"),
    "an entity changed behind the log": (
        update(entity).where(entity.c.id == "c3").values(d={"day": 77}),
        "camera c3 is not what the log says",
    ),
    "an entity with another version": (
        update(entity).where(entity.c.id == "c4").values(ver=1),
        "camera c4 is not",
    ),
    "an entity undeleted": (
        update(entity).where(entity.c.id == "c9").values(deleted=True),
        "camera c9 is not",
    ),
    "an entity gone": (delete(entity).where(entity.c.id == "c5"), "camera c5 is not"),
    "an entity from nowhere": (
        insert(entity).values(t="camera", id="x", ver=1, deleted=False, seq=11, d={}),
        "camera x is not",
    ),
    "a command beyond its mark": (
        insert(command).values(cmd_id="1", client="k", n=5, at=1, outcome={}),
        "console k",
    ),
    "a secret of nobody": (
        insert(schema.secret).values(
            kind="camera", owner="gone", key_id="k", nonce=b"", ciphertext=b"", changed=1
        ),
        "its camera does not exist",
    ),
    "an attachment of nothing": (
        insert(schema.attachment).values(
            id="a", incident="gone", name="n", mime="m", at=1, sha256="0", size=0, bytes=b""
        ),
        "its incident does not exist",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
async def test_damage_is_found(store: Store, clock: Clock, name: str) -> None:
    await fill(store, clock, days=5)
    assert await store.reader.read(check.problems) == ()
    statement, words = DAMAGE[name]
    # Outside of a job, as damage comes: the writer would set its own head again.
    with store._engines.writer.connect() as connection:
        connection.execute(statement)
        connection.commit()
    found = await store.reader.read(check.problems)
    assert any(words in text.en for text in found), found
    assert all(text.ko for text in found)
