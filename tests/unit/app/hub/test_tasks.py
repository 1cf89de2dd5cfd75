from __future__ import annotations

import asyncio
import threading

import pytest

from app.hub.tasks import Threads, Worker, cancel, post, spawn


async def test_a_task_has_a_name_and_an_end() -> None:
    async def work() -> str:
        return "done"

    task = spawn(work(), "a task")
    assert task.get_name() == "a task"
    assert await task == "done"


@pytest.mark.allow_logs("app.hub.tasks")
async def test_a_failed_task_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise ZeroDivisionError

    task = spawn(work(), "a broken task")
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert "a broken task failed" in caplog.text


async def test_cancelling_waits_for_the_end() -> None:
    ended: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(True)

    task = spawn(work(), "endless")
    await asyncio.sleep(0)
    await cancel(task, None)
    assert ended == [True]


async def test_one_thread_does_one_thing_after_the_other() -> None:
    threads = Threads("one")
    order: list[int] = []
    await asyncio.gather(*(threads.run(order.append, number) for number in range(50)))
    assert order == list(range(50))
    assert await threads.close()


async def test_several_threads_work_at_once_and_no_more_than_so_many() -> None:
    threads = Threads("three", 3)
    together = threading.Barrier(3)
    assert sorted(await asyncio.gather(*(threads.run(together.wait, 5) for _ in range(3)))) == [
        0, 1, 2,
    ]  # fmt: skip
    names = {await threads.run(lambda: threading.current_thread().name) for _ in range(20)}
    assert names <= {"three 1", "three 2", "three 3"}
    assert await threads.close()


async def test_an_error_comes_back_and_the_thread_goes_on() -> None:
    threads = Threads("failing")
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 / 0)
    assert await threads.run(lambda: 7) == 7
    assert await threads.close()
    with pytest.raises(RuntimeError, match="failing is closed"):
        await threads.run(lambda: 7)


@pytest.mark.allow_logs("app.hub.tasks")
async def test_a_thread_that_does_not_end_is_named(caplog: pytest.LogCaptureFixture) -> None:
    threads = Threads("stuck")
    go = threading.Event()
    waiting = spawn(threads.run(go.wait), "stuck run")
    await asyncio.sleep(0)
    assert not await threads.close(seconds=0.01)
    assert "stuck would not end" in caplog.text
    go.set()
    assert await waiting
    assert await threads.close()


async def test_a_worker_ends_when_its_work_does() -> None:
    end = threading.Event()

    def work() -> None:
        end.wait()

    worker = Worker("a worker", work)
    assert not await worker.join(0.01)
    end.set()
    assert await worker.join(5)


async def test_posts_arrive_in_order_on_the_loop() -> None:
    loop = asyncio.get_running_loop()
    seen: list[object] = []
    arrived = asyncio.Event()

    def work() -> None:
        for number in range(10):
            post(loop, seen.append, number)
        post(loop, arrived.set)

    worker = Worker("poster", work)
    await arrived.wait()
    assert seen == list(range(10))
    assert await worker.join(5)


def test_posting_to_a_loop_that_ended_is_nothing() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    post(loop, lambda: 1 / 0)
