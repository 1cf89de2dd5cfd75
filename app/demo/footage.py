"""Prepares the clips of the demo site once and keeps them in the user's cache."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from app.clock import SystemClock
from app.demo import encoding
from app.demo.clips import INDEX_NAME, Clip, Index, write_index
from app.demo.recipes import RECIPES, Recipe
from app.demo.scenes import Scenery, find_scenery
from app.tasks import Reader, SerialQueue

# Part of the folder's name: raise it whenever a clip would come out differently.
_VERSION = 3
FULL_SECONDS = 20.0
_UNFINISHED = ".part"
_STALE_SECONDS = 24 * 3600.0

Progress = Callable[[float], None]


def default_cache() -> Path:
    return platformdirs.user_cache_path("gwanje", appauthor=False) / "demo"


def prepared(cache: Path, seconds: float = FULL_SECONDS) -> Path | None:
    """The folder with the clips if they are all there."""
    folder = _folder(cache, find_scenery(), seconds)
    return folder if (folder / INDEX_NAME).is_file() else None


async def prepare(
    cache: Path, seconds: float = FULL_SECONDS, report: Progress = lambda _: None
) -> Path:
    """The folder with clips of `seconds` each, made now if need be; `report` gets 0…1.

    The clips appear all at once or not at all. Two programs that prepare at the same time do the
    work twice and keep one result. Raises OSError (no room, no right to write).
    """
    scenery = find_scenery()
    folder = _folder(cache, scenery, seconds)
    if (folder / INDEX_NAME).is_file():
        return folder
    unfinished = _new_folder(cache, folder.name)
    try:
        await _make(unfinished, scenery, seconds, report)
        _publish(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _new_folder(cache: Path, name: str) -> Path:
    cache.mkdir(parents=True, exist_ok=True)
    _remove_stale(cache)
    return Path(tempfile.mkdtemp(prefix=f"{name}.", suffix=_UNFINISHED, dir=cache))


def _folder(cache: Path, scenery: Scenery, seconds: float) -> Path:
    return cache / f"clips-{_VERSION}-{scenery.name}-{seconds:g}s"


async def _make(folder: Path, scenery: Scenery, seconds: float, report: Progress) -> None:
    """Encodes on every core; libraries run outside the interpreter's lock."""
    loop = asyncio.get_running_loop()
    total = sum(_effort(recipe, seconds) for recipe in RECIPES)
    done = 0.0

    def advance(effort: float) -> None:
        nonlocal done
        done += effort
        report(min(done / total, 1.0))

    def make(recipe: Recipe, first_counter: int) -> Clip:
        share = _effort(recipe, seconds) / encoding.unit_count(recipe, seconds)
        for _ in encoding.encode(recipe, scenery, folder, seconds, first_counter):
            loop.call_soon_threadsafe(advance, share)
        return encoding.describe(recipe, folder, first_counter)

    waiting = _with_counters(seconds)

    async def work(queue: SerialQueue) -> list[Clip]:
        made = []
        while waiting:
            made.append(await queue.run(make, *waiting.pop()))
        return made

    queues = [SerialQueue(f"clips {core}") for core in range(os.cpu_count() or 1)]
    try:
        batches = await asyncio.gather(*(work(queue) for queue in queues))
        audio = await queues[0].run(_make_audio, folder, seconds)
    finally:
        for queue in queues:
            await queue.close()
    clips = sorted((clip for batch in batches for clip in batch), key=lambda clip: clip.name)
    write_index(folder, Index(scenery.name, {clip.name: clip for clip in [*clips, audio]}))


def _with_counters(seconds: float) -> list[tuple[Recipe, int]]:
    """Each recipe with its first counter, the longest work last (it is taken from the end)."""
    first = 0
    numbered = []
    for recipe in RECIPES:
        numbered.append((recipe, first))
        first += encoding.unit_count(recipe, seconds)
    return sorted(numbered, key=lambda pair: _effort(pair[0], seconds))


def _make_audio(folder: Path, seconds: float) -> Clip:
    encoding.encode_audio(folder, seconds)
    return encoding.describe_audio(folder)


def _effort(recipe: Recipe, seconds: float) -> float:
    """Encoding time goes with pixels; H.265 takes about three times as long."""
    pixels = recipe.width * recipe.height * encoding.unit_count(recipe, seconds)
    return pixels * (3.0 if recipe.encoder == "libx265" else 1.0)


def _publish(unfinished: Path, folder: Path) -> None:
    try:
        unfinished.rename(folder)
    except OSError:
        # Somebody else was faster; theirs is as good. Anything else is a real failure.
        if not (folder / INDEX_NAME).is_file():
            raise


def _remove_stale(cache: Path) -> None:
    """Takes away what killed preparations have left behind."""
    now = SystemClock().now().timestamp()
    for folder in cache.glob(f"*{_UNFINISHED}"):
        if now - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _read_parent() -> bytes:
    line = sys.stdin.buffer.readline()
    if not line:
        raise EOFError
    return line


async def _serve_parent(cache: Path, seconds: float) -> None:
    """The preparing process: one JSON line for each per cent; ends with its parent's pipe."""
    Reader("parent", _read_parent, lambda _: None, lambda: os._exit(1))
    told = -1

    def tell(fraction: float) -> None:
        nonlocal told
        if int(fraction * 100) > told:
            told = int(fraction * 100)
            _say({"fraction": fraction})

    try:
        _say({"folder": str(await prepare(cache, seconds, tell))})
    except OSError as error:
        _say({"error": str(error)})


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve_parent(Path(sys.argv[1]), float(sys.argv[2])))
    # The reader's thread still waits for the parent: nothing is left to be cleaned up.
    os._exit(0)
