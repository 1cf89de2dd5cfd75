"""What a list of sightings says: who came back when, who missed what, how old pictures became."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable

from tests.bench.marks import Marks, Sighting, watch


def until_all_seen(
    marks: Marks, tiles: Collection[int], seconds: float, since: float = 0.0
) -> tuple[list[Sighting], bool]:
    """Watches until each of `tiles` has shown a picture that was sent after `since`."""
    waiting = set(tiles)
    seen: list[Sighting] = []
    end = time.monotonic() + seconds
    while waiting and time.monotonic() < end:
        now = watch(marks, 0.05)
        seen += now
        waiting -= {one.tile for one in now if one.sent >= since}
    return seen, not waiting


def firsts(seen: Iterable[Sighting], since: float) -> dict[int, Sighting]:
    """Of each tile the first picture that was sent after `since`."""
    found: dict[int, Sighting] = {}
    for one in seen:
        if one.sent >= since and one.tile not in found:
            found[one.tile] = one
    return found


def longest_waits(seen: Iterable[Sighting]) -> dict[int, float]:
    """Of each tile the longest time (s) between two new pictures."""
    return _largest(seen, lambda before, now: now.at - before.at)


def oldest_pictures(seen: Iterable[Sighting]) -> dict[int, float]:
    """Of each tile how old (s, since it was sent) a picture became before the next one came."""
    return _largest(seen, lambda before, now: now.at - before.sent)


def missed_pictures(seen: Iterable[Sighting], fps: float) -> dict[int, int]:
    """Of each tile the pictures that were sent between two seen ones."""
    missed: dict[int, int] = {}
    last: dict[int, Sighting] = {}
    for one in seen:
        before = last.get(one.tile)
        if before is not None:
            between = round((one.sent - before.sent) * fps) - 1
            missed[one.tile] = missed.get(one.tile, 0) + max(0, between)
        last[one.tile] = one
    return missed


def _largest(
    seen: Iterable[Sighting], measure: Callable[[Sighting, Sighting], float]
) -> dict[int, float]:
    largest: dict[int, float] = {}
    last: dict[int, Sighting] = {}
    for one in seen:
        before = last.get(one.tile)
        if before is not None:
            largest[one.tile] = max(largest.get(one.tile, 0.0), measure(before, one))
        last[one.tile] = one
    return largest
