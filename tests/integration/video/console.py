"""A console in a process of its own, to be killed: shows the addresses of its command line.

Prints a line when all are live, and then lives until somebody ends it.
"""

from __future__ import annotations

import asyncio
import sys

from tests.integration.video.scene import scene


async def main(urls: list[str]) -> None:
    async with scene(2) as wall:
        for n, url in enumerate(urls):
            wall.add(str(n), url)
        wall.show(*wall.cameras)
        await wall.until(wall.live)
        sys.stdout.write("live\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
