"""Five hundred open incidents on the desk, one of them changing every 100 ms.

`python -m tests.bench queue`: what one change costs the screen's thread (CPU), and for how long it
keeps the thread from answering, with queue, list, maps, markers, tracks and alarms at work.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from app.services.hub_port import HubClient
from tests.bench import machine
from tests.bench.tables import number, table
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import SCENE, Desk, put_around, tell, there
from tests.fakes.waiting import until

INCIDENTS = 500
GOAL_MS = 50.0
_EVERY_S, _LOOK_S = 0.1, 0.002


def fill(hub: ModelHub, count: int) -> None:
    for n in range(count):
        put_incident(
            hub.model, f"i{n}", number=f"20260302-{n:04d}", grade=10 if n % 5 == 0 else 20,
            latitude=SCENE.latitude + (n % 25) * 0.001,
            longitude=SCENE.longitude + (n // 25) * 0.001,
        )  # fmt: skip


async def measure(desk: Desk, hub: ModelHub, changes: int) -> dict[str, float]:
    """While one after the other is taken up."""
    put_around(desk)
    await desk.sign_in()
    await until(lambda: len(desk.session.parts.incidents.all()) == INCIDENTS, 30)
    desk.hub.cases.open("i0")
    await asyncio.sleep(1.0)
    blocked: list[float] = []
    busy = asyncio.get_running_loop().create_task(_watch(blocked), name="watch")
    begun = time.process_time()
    for n in range(changes):
        put_incident(
            hub.model, f"i{n % INCIDENTS}", number=f"20260302-{n % INCIDENTS:04d}", state=20,
            latitude=SCENE.latitude, longitude=SCENE.longitude,
        )  # fmt: skip
        await asyncio.sleep(_EVERY_S)
    spent = time.process_time() - begun
    busy.cancel()
    await asyncio.gather(busy, return_exceptions=True)
    return {
        "change_cpu_ms": 1000 * spent / changes,
        "blocked_p99_ms": float(np.percentile(blocked, 99)),
        "blocked_max_ms": max(blocked),
    }


async def _watch(blocked: list[float]) -> None:
    """How much later than asked for this thread comes back."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(_LOOK_S)
        blocked.append(1000 * (time.monotonic() - before - _LOOK_S))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="queue", description=__doc__)
    parser.add_argument("--changes", type=int, default=200)
    given = parser.parse_args(arguments)
    application = QApplication.instance() or QApplication(["bench"])
    hub = ModelHub(HubModel())
    fill(hub, INCIDENTS)
    found: dict[str, float] = {}

    async def story(desk: Desk) -> None:
        found.update(await measure(desk, hub, given.changes))

    def make() -> AbstractAsyncContextManager[HubClient]:
        return there(hub)

    with tempfile.TemporaryDirectory(prefix="gwanje-queue-") as folder:
        tell(make, Path(folder), story)
    del application
    print(machine.one_line())
    rows = [
        ("CPU for one change", number(found["change_cpu_ms"], 1, " ms"), ""),
        ("screen's thread kept, p99", number(found["blocked_p99_ms"], 1, " ms"), "50 ms"),
        ("screen's thread kept, longest", number(found["blocked_max_ms"], 1, " ms"), ""),
    ]
    print(table((f"{INCIDENTS} open incidents", "measured", "goal"), rows))
    told: dict[str, Any] = {"incidents": INCIDENTS, "changes": given.changes, **found}
    print(json.dumps({"queue": told}))
    return 0
