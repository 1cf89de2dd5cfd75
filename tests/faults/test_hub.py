"""The hub and a console are killed in the middle of everything, again and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.hub_rounds import rounds

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

ROUNDS = 20


async def test_twenty_deaths_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    async with rounds(tmp_path, desks=2) as running:
        for number in range(ROUNDS):
            await running.round(number, 2, desk_too=number % 2 == 1)
            assert await running.settled() == []
        verdict = await running.verdict()
    assert running.kills == ROUNDS + ROUNDS // 2
    assert verdict.sent > ROUNDS
    assert (verdict.lost, verdict.doubled) == (0, 0)
    assert verdict.on_console == verdict.sent
    assert verdict.delivered == len(running.offline) == 6 * ROUNDS
