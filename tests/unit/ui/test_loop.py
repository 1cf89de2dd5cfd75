from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.waiting import until
from ui.loop import ConsoleLoop


def test_a_generator_that_is_left_half_read_is_ended_in_the_loop(qtbot: QtBot) -> None:
    ended: list[str] = []

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            ended.append("whole")

    async def work() -> None:
        async for _ in numbers():
            break
        await until(lambda: bool(ended))

    application = QApplication.instance()
    with asyncio.Runner(loop_factory=lambda: ConsoleLoop(application)) as runner:
        runner.run(work())
    assert ended == ["whole"]
