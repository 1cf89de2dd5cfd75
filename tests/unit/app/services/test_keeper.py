from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from app.domain.errors import Failure
from app.domain.text import Text
from app.services.keeper import Keeper, read
from app.services.store_port import Loaded
from app.signals import Signal
from tests.fakes.store import DISK_FULL


class Disk:
    def __init__(self) -> None:
        self.written: list[int] = []
        self.value = 0
        self.refuses: Failure | None = None
        self.gate: asyncio.Event | None = None

    async def write(self) -> None:
        value = self.value
        if self.gate is not None:
            await self.gate.wait()
        if self.refuses is not None:
            raise self.refuses
        self.written.append(value)


class Told:
    def __init__(self) -> None:
        self.signal: Signal[Text] = Signal("test")
        self.texts: list[Text] = []
        self.signal.connect(self.texts.append)


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - the test's time limit ends it
        await asyncio.sleep(0)


def keeper(disk: Disk, told: Told, delay: float = 0.0) -> Keeper:
    return Keeper("test", disk.write, told.signal, delay)


async def test_several_changes_are_one_writing() -> None:
    disk, told = Disk(), Told()
    keep = keeper(disk, told)
    for disk.value in (1, 2, 3):
        keep.touch()
    await until(lambda: bool(disk.written))
    assert disk.written == [3]
    assert not keep.due
    await keep.stop()
    assert disk.written == [3]


async def test_a_change_during_the_writing_is_written_too() -> None:
    disk, told = Disk(), Told()
    disk.gate = asyncio.Event()
    keep = keeper(disk, told)
    disk.value = 1
    keep.touch()
    await until(lambda: not keep.due)
    disk.value = 2
    keep.touch()
    disk.gate.set()
    await until(lambda: len(disk.written) == 2)
    assert disk.written == [1, 2]
    await keep.stop()


async def test_what_waits_is_written_at_the_end() -> None:
    disk, told = Disk(), Told()
    keep = keeper(disk, told, delay=3600)
    disk.value = 7
    keep.touch()
    await keep.stop()
    assert disk.written == [7]


async def test_a_writing_that_is_cut_off_by_the_end_is_done_again() -> None:
    disk, told = Disk(), Told()
    disk.gate = asyncio.Event()
    keep = keeper(disk, told)
    disk.value = 1
    keep.touch()
    await until(lambda: not keep.due)
    stopping = asyncio.gather(keep.stop())
    await until(lambda: keep.due)
    disk.gate.set()
    await stopping
    assert disk.written == [1]


async def test_a_failure_is_told_once_and_tried_at_the_next_change() -> None:
    disk, told = Disk(), Told()
    keep = keeper(disk, told)
    disk.refuses = DISK_FULL
    keep.touch()
    await until(lambda: bool(told.texts))
    assert keep.due
    with pytest.raises(Failure):
        await keep.flush()
    await keep.stop()
    assert told.texts == [DISK_FULL.text]
    disk.refuses, disk.value = None, 5
    keep.touch()
    await until(lambda: disk.written == [5])
    disk.refuses = DISK_FULL
    keep.touch()
    await until(lambda: len(told.texts) == 2)
    disk.refuses = None
    await keep.stop()
    assert disk.written == [5, 5]


def test_without_a_loop_it_waits_for_the_end() -> None:
    disk, told = Disk(), Told()
    keep = keeper(disk, told)
    disk.value = 9
    keep.touch()
    assert keep.due
    asyncio.run(keep.stop())
    assert disk.written == [9]


async def test_what_cannot_be_read_is_told() -> None:
    told = Told()
    problem = Text("문제", "a problem")

    async def half() -> Loaded[int]:
        return Loaded(1, (problem,))

    async def none() -> Loaded[int]:
        raise DISK_FULL

    assert await read(half(), 0, told.signal) == 1
    assert await read(none(), 0, told.signal) == 0
    assert told.texts == [problem, DISK_FULL.text]
