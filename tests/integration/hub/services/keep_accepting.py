"""Accepts bodies in a loop and says each one that was acknowledged; killed by the test.

Arguments: database, folder, number of the round. The intake understands them meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from app.hub.hub import Hub, HubSettings
from tests.fakes.hub_site import WEBHOOK, cloud_event

TOGETHER = 12


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


async def main(database: str, folder: Path, round_: int) -> None:
    hub = await Hub.open(HubSettings(database, folder / "hub.key", folder))
    await hub.start()

    async def one_after_another(number: int) -> None:
        while True:
            name = f"{round_}-{number}"
            await hub.intake.accept("webhook", "feed", WEBHOOK, cloud_event(name, {"bell": name}))
            say(name)
            number += TOGETHER

    await asyncio.gather(*(one_after_another(number) for number in range(TOGETHER)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
