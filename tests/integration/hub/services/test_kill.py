"""kill -9 between a raw body and its incident: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from app.hub.store import check
from tests.fakes.hub_site import Clock, a_hub, incidents
from tests.integration.hub.services import keep_accepting

ROUNDS = 3


def accept_and_be_killed(root: Path, database: Path, round_: int, after: int) -> list[str]:
    """Everything that was acknowledged."""
    script = str(Path(keep_accepting.__file__))
    with subprocess.Popen(
        [sys.executable, script, str(database), str(database.parent), str(round_)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root)}, cwd=root,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(after)]
        process.kill()
        said += process.stdout.readlines()
    return [line.strip() for line in said]


async def test_after_a_kill_each_acknowledged_body_is_one_incident(
    root: Path, tmp_path: Path, clock: Clock
) -> None:
    dice = random.Random(7)
    database = tmp_path / "hub.db"
    said: list[str] = []
    for round_ in range(ROUNDS):
        said += accept_and_be_killed(root, database, round_, dice.randrange(20, 120))
    async with a_hub(str(database), tmp_path, clock) as hub:
        await hub.intake.work_off()
        found = await incidents(hub)
        told = Counter(one.external for one in found)
        assert set(said) <= set(told)
        assert set(told.values()) == {1}
        days = {one.number[:8] for one in found}
        for day in days:
            counts = [int(one.number[9:]) for one in found if one.number.startswith(day)]
            assert sorted(counts) == list(range(1, len(counts) + 1))
        assert await hub.reader.read(check.problems) == ()
