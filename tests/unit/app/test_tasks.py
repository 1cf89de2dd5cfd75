from __future__ import annotations

import asyncio
import gc
import logging
import queue
import threading
import weakref

import pytest

from app import tasks
from app.tasks import Reader, SerialQueue, spawn


async def test_a_task_lives_without_anyone_holding_it() -> None:
    """The loop alone would let it be collected (it waits on something only it knows)."""
    started, done = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        nobody_else_knows = asyncio.get_running_loop().create_future()
        waker.append(weakref.ref(nobody_else_knows))
        await nobody_else_knows
        done.set()

    waker: list[weakref.ref[asyncio.Future[None]]] = []
    task = weakref.ref(spawn(work(), "lonely"))
    await started.wait()
    gc.collect()

    assert task() is not None
    future = waker[0]()
    assert future is not None
    future.set_result(None)
    del future
    await done.wait()


async def test_a_task_has_its_name_and_result() -> None:
    async def answer() -> int:
        return 42

    task = spawn(answer(), "answer")
    assert task.get_name() == "answer"
    assert await task == 42


@pytest.mark.allow_logs("app.tasks")
async def test_an_error_nobody_awaits_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("the reason")

    task = spawn(fail(), "doomed")
    await asyncio.wait([task])
    await asyncio.sleep(0)  # the callback runs in the next round of the loop

    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "doomed" in record.getMessage()
    assert record.exc_info is not None
    assert "the reason" in str(record.exc_info[1])


async def test_cancel_waits_until_each_has_ended() -> None:
    ended: list[str] = []

    async def work(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(name)

    first, second = spawn(work("a"), "a"), spawn(work("b"), "b")
    await asyncio.sleep(0)
    await tasks.cancel(first, None, second)

    assert sorted(ended) == ["a", "b"]
    assert first.cancelled()
    assert second.cancelled()
    await tasks.cancel(first)  # harmless on what has ended


async def test_a_queue_does_one_thing_after_the_other_on_one_thread() -> None:
    jobs = SerialQueue("one")
    order: list[int] = []
    threads: set[str] = set()

    def work(number: int) -> int:
        order.append(number)
        threads.add(threading.current_thread().name)
        return number * 2

    results = await asyncio.gather(*(jobs.run(work, number) for number in range(20)))

    assert results == [number * 2 for number in range(20)]
    assert order == list(range(20))
    assert threads == {"one"}
    assert await jobs.close()


async def test_an_error_comes_back_to_who_awaits() -> None:
    jobs = SerialQueue("one")
    with pytest.raises(ZeroDivisionError):
        await jobs.run(lambda: 1 / 0)
    assert await jobs.run(lambda: "still there") == "still there"
    assert await jobs.close()


@pytest.mark.allow_logs("app.tasks")
async def test_an_error_of_a_posted_job_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    jobs = SerialQueue("one")
    jobs.post(lambda: 1 / 0)
    assert await jobs.close()

    [record] = caplog.records
    assert "one" in record.getMessage()
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ZeroDivisionError)


async def test_closing_finishes_what_was_asked_before() -> None:
    jobs = SerialQueue("one")
    done: list[int] = []
    for number in range(5):
        jobs.post(done.append, number)
    assert await jobs.close()
    assert done == [0, 1, 2, 3, 4]


async def test_a_closed_queue_takes_nothing_more() -> None:
    jobs = SerialQueue("one")
    assert await jobs.close()
    with pytest.raises(RuntimeError, match="one is closed"):
        await jobs.run(int)


@pytest.mark.allow_logs("app.tasks")
async def test_a_job_that_never_returns_does_not_keep_the_program(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jobs = SerialQueue("stuck")
    release = threading.Event()
    jobs.post(release.wait)
    try:
        assert not await jobs.close(seconds=0.05)
        assert "stuck would not end" in caplog.text
    finally:
        release.set()


async def test_a_reader_hands_items_to_the_loop_in_order() -> None:
    source: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    received: list[tuple[int, str]] = []
    over = asyncio.Event()

    def read() -> int:
        if (item := source.get()) is None:
            raise EOFError
        return item

    here = threading.current_thread().name
    reader = Reader(
        "reader",
        read,
        lambda item: received.append((item, threading.current_thread().name)),
        over.set,
    )
    for item in (1, 2, 3, None):
        source.put(item)
    await over.wait()

    assert received == [(1, here), (2, here), (3, here)]
    assert await reader.join(5)


def test_a_reader_survives_the_end_of_its_loop() -> None:
    source: queue.SimpleQueue[int] = queue.SimpleQueue()
    readers: list[Reader] = []
    taken = threading.Event()

    def read() -> int:
        item = source.get()
        if item < 0:
            taken.set()
            raise EOFError
        return item

    async def start() -> None:
        readers.append(Reader("reader", read, lambda _item: None, lambda: None))

    asyncio.run(start())
    source.put(1)
    source.put(-1)

    assert taken.wait(5)
