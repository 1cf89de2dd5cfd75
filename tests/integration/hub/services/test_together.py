"""Many small things in few jobs: app.hub.services.together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.hub.hub import Hub
from app.hub.services.together import Together
from app.hub.store.transaction import Transaction

NO = Text("안 됩니다", "no")


class Kept:
    """What was kept; -1 is refused."""

    def __init__(self) -> None:
        self.jobs: list[list[int]] = []

    def __call__(self, tx: Transaction, some: Sequence[int]) -> None:
        assert tx.connection.in_transaction()
        if -1 in some:
            raise BadInput(NO)
        self.jobs.append(list(some))


async def test_what_comes_while_one_is_written_goes_into_the_next(hub: Hub) -> None:
    kept = Kept()
    together = Together(hub.writer, kept, "test")
    await asyncio.gather(*(together.do(n) for n in range(450)))
    assert [n for job in kept.jobs for n in job] == list(range(450))
    assert len(kept.jobs) < 5


async def test_one_of_many_keeps_out_no_other(hub: Hub) -> None:
    kept = Kept()
    together = Together(hub.writer, kept, "test")
    outcomes = await asyncio.gather(*map(together.do, (1, -1, 2)), return_exceptions=True)
    assert [isinstance(one, BadInput) for one in outcomes] == [False, True, False]
    assert kept.jobs == [[1], [2]]


async def test_who_no_longer_waits_is_left_out(hub: Hub) -> None:
    kept = Kept()
    together = Together(hub.writer, kept, "test")
    tasks = [asyncio.ensure_future(together.do(n)) for n in range(2)]
    tasks[0].cancel()
    await asyncio.wait(tasks)
    await together.do(2)
    assert [n for job in kept.jobs for n in job] == [1, 2]


async def test_a_store_that_closes_is_told_to_all(hub: Hub) -> None:
    together = Together(hub.writer, Kept(), "test")
    await hub.writer.close()
    for one in await asyncio.gather(*map(together.do, (1, 2)), return_exceptions=True):
        assert isinstance(one, Unavailable)
    with pytest.raises(Unavailable):
        await together.do(3)
