"""`make pictures`: every screen in both languages, dark and light, at 1080p and at 4K.

Out of the running program, into `out/pictures`, to be looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.machine import out_folder
from tests.bench.screen import screen
from tests.bench.show_desk import Show

SIZES = {"1080p": (1920, 1080), "4k": (3840, 2160)}
LANGUAGES, THEMES = ("ko", "en"), ("dark", "light")
_EVENTS = 6


async def _one(size: tuple[int, int], language: str, theme: str, target: Path) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="gwanje-pictures-", dir=out_folder()) as name,
        screen(*size) as seen,
    ):
        async with Show(seen, Path(name), language, theme) as show:
            await asyncio.sleep(9.0)
            show.hand.click(size[0] // 3, size[1] // 2)
            for _ in range(_EVENTS):
                await show.tell()
            await asyncio.sleep(3.0)
            return await show.screens(target)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES))
    given = parser.parse_args()
    folder = out_folder() / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    count = 0
    for size, language, theme in itertools.product(given.sizes, LANGUAGES, THEMES):
        target = folder / f"{size}-{language}-{theme}"
        target.mkdir(parents=True)
        asyncio.run(_one(SIZES[size], language, theme, target))
        count += len(list(target.glob("*.png")))
        print(f"{target}: {len(list(target.glob('*.png')))}", file=sys.stderr, flush=True)
    print(json.dumps({"pictures": count, "folder": str(folder)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
