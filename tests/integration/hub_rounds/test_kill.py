"""A hub and a console are killed; the short form of tests/faults/test_hub.py."""

from __future__ import annotations

from pathlib import Path

from tests.bench.hub_rounds import rounds


async def test_two_deaths_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    async with rounds(tmp_path, desks=1) as running:
        await running.act(running.desks[0], "before")
        await running.round(0, 1, desk_too=True)
        assert await running.settled() == []
        verdict = await running.verdict()
    assert running.kills == 2
    assert verdict.sent > 0
    assert (verdict.lost, verdict.doubled) == (0, 0)
    assert verdict.on_console == verdict.sent
    assert verdict.delivered == len(running.offline) == 3
