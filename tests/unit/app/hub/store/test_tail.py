from __future__ import annotations

import asyncio

import pytest

from app.hub.store.rows import Entry
from app.hub.store.tail import Tail
from app.hub.tasks import spawn
from app.wire.stream import Op


def entries(first: int, last: int) -> list[Entry]:
    return [Entry(n, 0, "camera", f"c{n}", 1, Op.PUT, 0, {}) for n in range(first, last + 1)]


def seqs(found: tuple[Entry, ...] | None) -> list[int] | None:
    return None if found is None else [entry.seq for entry in found]


async def test_what_was_committed_can_be_followed() -> None:
    tail = Tail(head=10)
    assert seqs(tail.since(10, 5)) == []
    tail.push(entries(11, 14))
    tail.push([])
    tail.push(entries(15, 15))
    assert tail.head == 15
    assert seqs(tail.since(10, 100)) == [11, 12, 13, 14, 15]
    assert seqs(tail.since(12, 2)) == [13, 14]
    assert seqs(tail.since(15, 2)) == []


async def test_memory_does_not_reach_back_for_ever() -> None:
    tail = Tail(head=0, kept=10)
    assert seqs(tail.since(-1, 5)) is None
    for first in range(1, 100, 3):
        tail.push(entries(first, first + 2))
        for since in range(tail.head - 10, tail.head):
            expected = list(range(since + 1, tail.head + 1))
            found = seqs(tail.since(since, 100))
            assert found == expected or (since < 0 and found is None)
    assert seqs(tail.since(50, 5)) is None


async def test_a_jump_forgets_what_was_before() -> None:
    tail = Tail(head=0)
    tail.push(entries(1, 3))
    tail.push(entries(7, 8))
    assert seqs(tail.since(2, 5)) is None
    assert seqs(tail.since(6, 5)) == [7, 8]


async def test_everybody_who_waits_is_woken() -> None:
    tail = Tail(head=0)
    waiting = [spawn(tail.wait(0, 30), "waits for the head") for _ in range(3)]
    patient = spawn(tail.wait(1, 30), "waits for more")
    await asyncio.sleep(0)
    tail.push(entries(1, 1))
    assert await asyncio.gather(*waiting) == [1, 1, 1]
    assert not patient.done()
    tail.push(entries(2, 2))
    assert await patient == 2


@pytest.mark.parametrize(("seq", "head"), [(0, 3), (2, 3)])
async def test_who_is_behind_does_not_wait(seq: int, head: int) -> None:
    tail = Tail(head)
    assert await tail.wait(seq, 30) == head


async def test_waiting_has_an_end() -> None:
    assert await Tail(head=3).wait(3, 0.001) == 3
