"""Saves walls and acts in a loop and says each one that was acknowledged; killed by the test."""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path

from app.adapters.store import LocalStore
from app.clock import SystemClock
from app.domain.act import Act, ActKind
from app.domain.wall import MAIN_WINDOW, WallId, empty_wall
from app.domain.wall_set import WallSet
from app.services.store_port import KeptWalls


async def main(path: Path) -> None:
    store = await LocalStore.open(path, SystemClock())
    if not store.saving:
        raise SystemExit(str(store.notices))
    for number in count(1):
        wall = empty_wall(WallId(str(number)), name=f"wall {number}")
        await store.keep_walls(KeptWalls(WallSet(((MAIN_WINDOW, wall),), (wall,))))
        await store.append_acts(
            [Act(str(number), SystemClock().now(), ActKind.SNAPSHOT, None, "김관제")]
        )
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
