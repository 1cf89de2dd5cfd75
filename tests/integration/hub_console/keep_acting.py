"""Does acts in a loop and says each one that was acknowledged; killed by the test."""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path

from app.adapters.hub_store import LocalHubStore
from app.clock import SystemClock
from app.services.outbox import Outbox


async def main(path: Path) -> None:
    store = await LocalHubStore.open(path, SystemClock(), bytes(32))
    numbers = count(1)
    outbox = Outbox(store, SystemClock(), lambda: f"{path.stem}-{next(numbers)}")
    await outbox.start()
    await outbox.take_line("anna")
    while True:
        act = await outbox.act("incident.note", "i", 0, {"text": "메모 " * 50})
        sys.stdout.write(f"{act.n}\n")
        sys.stdout.flush()


asyncio.run(main(Path(sys.argv[1])))
