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


async def _one(size: tuple[int, int], language: str, theme: str, target: Path) -> list[str]:
    with (
        tempfile.TemporaryDirectory(prefix="gwanje-pictures-", dir=out_folder()) as name,
        screen(*size) as seen,
    ):
        async with Show(seen, Path(name), language, theme) as show:
            # A click before there is a window gives the keys to nobody.
            await show.until("a live wall", show.live)
            show.hand.click(size[0] // 3, size[1] // 2)
            for _ in range(_EVENTS):
                await show.tell()
            await asyncio.sleep(3.0)
            await show.screens(target)
            return show.faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES))
    given = parser.parse_args()
    folder = out_folder() / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    count, faults = 0, list[str]()
    for size, language, theme in itertools.product(given.sizes, LANGUAGES, THEMES):
        target = folder / f"{size}-{language}-{theme}"
        target.mkdir(parents=True)
        faults += [f"{target.name}: {one}" for one in
                   asyncio.run(_one(SIZES[size], language, theme, target))]  # fmt: skip
        count += len(list(target.glob("*.png")))
        print(f"{target}: {len(list(target.glob('*.png')))}", file=sys.stderr, flush=True)
    print(json.dumps({"pictures": count, "folder": str(folder), "faults": faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
