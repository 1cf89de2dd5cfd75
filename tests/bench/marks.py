"""Sees which pictures stand on the screen, for every contestant in the same way.

Every picture of the demo site carries its number (`app.demo.mark`), and the server writes down
when it sent it. Reading the numbers out of the frame buffer therefore counts what was really
shown, and tells how long it took from the camera to the screen, whoever painted it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.demo import mark
from app.demo.clock import DemoClock

# Half of the time between two pictures at 60 fps: none that stays for 17 ms is missed.
LOOK_SECONDS = 0.008
_CELLS = mark._ROWS * mark._COLUMNS
_BITS = 1 << np.arange(_CELLS - 3, -1, -1)
# A contestant may leave a gap between tiles and keep the aspect of the picture.
Rect = tuple[int, int, int, int]
_Shift = tuple[int, int, int]  # to the right, down, narrower (pixels)
_PLACES: tuple[_Shift, ...] = tuple(
    (right, down, shrink) for shrink in range(9) for right in range(5) for down in range(5)
)
_SEARCHES = 4
_SEARCH_SECONDS = 0.05
_LATEST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Tile:
    """Which stream is expected where: `mount` as the clock knows it, `rect` in pixels."""

    mount: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Sighting:
    """A picture of tile `tile` (index) that was not there at the last look.

    `at` and `sent` are monotonic seconds; their difference is capture to screen, at most one look
    too long.
    """

    tile: int
    counter: int
    at: float
    sent: float

    @property
    def delay(self) -> float:
        return self.at - self.sent


class Marks:
    """`pixels` is a frame buffer (rows, columns, 4) that changes by itself."""

    def __init__(self, pixels: NDArray[np.uint8], clock: DemoClock, tiles: Sequence[Tile]) -> None:
        self._green = pixels[:, :, 1]
        self._clock = clock
        self._tiles = tuple(tiles)
        height, width = self._green.shape
        self._rows = np.zeros((len(tiles), _CELLS), np.intp)
        self._columns = np.zeros((len(tiles), _CELLS), np.intp)
        self._limits = (height - 1, width - 1)
        self._counters = np.full(len(tiles), -1, np.int64)
        self._likely: list[_Shift] = []
        self._search_at = 0.0
        self.found = np.zeros(len(tiles), np.bool_)

    def look(self, now: float) -> list[Sighting]:
        """New pictures since the last look; tiles that were not found yet are looked for."""
        if not self.found.all():
            self._find_some(now)
        levels = self._green[self._rows, self._columns].astype(np.int32)
        counters = read_levels(levels)
        new = np.flatnonzero((counters >= 0) & (counters != self._counters) & self.found)
        seen = []
        for tile in new:
            counter = int(counters[tile])
            sent = self._sent(int(tile), counter, now)
            self._counters[tile] = counter
            if sent is not None:
                seen.append(Sighting(int(tile), counter, now, sent))
        return seen

    def _find_some(self, now: float) -> None:
        """Where one picture lies in its tile, the others do: that is cheap to try. Looking
        everywhere is not, and may come a moment later.
        """
        for tile in np.flatnonzero(~self.found):
            self._find(int(tile), now, self._likely)
        if now >= self._search_at:
            missing = np.flatnonzero(~self.found)
            for tile in missing[:_SEARCHES]:
                self._find(int(tile), now, _PLACES)
            self._search_at = now + _SEARCH_SECONDS

    def _sent(self, tile: int, counter: int, now: float) -> float | None:
        return self._clock.sent_time(self._tiles[tile].mount, counter, now)

    def _find(self, tile: int, now: float, shifts: Sequence[_Shift]) -> None:
        """Tries where the picture may lie in its tile until a mark of its camera is read."""
        if not shifts:
            return
        rows, columns = cells([_moved(self._tiles[tile].rect, shift) for shift in shifts])
        np.minimum(rows, self._limits[0], out=rows)
        np.minimum(columns, self._limits[1], out=columns)
        counters = read_levels(self._green[rows, columns].astype(np.int32))
        good = [
            int(place)
            for place in np.flatnonzero(counters >= 0)
            if (sent := self._sent(tile, int(counters[place]), now)) is not None
            and now - sent < _LATEST_SECONDS
        ]
        if good:
            # Neighbouring places are read as well; the middle one is the surest.
            best = good[len(good) // 2]
            self._rows[tile], self._columns[tile] = rows[best], columns[best]
            self.found[tile] = True
            if shifts[best] not in self._likely:
                self._likely.append(shifts[best])


def watch(
    marks: Marks, seconds: float, until: Callable[[], bool] = lambda: False
) -> list[Sighting]:
    """Looks for that long, or until `until` (asked after each look)."""
    seen: list[Sighting] = []
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        seen += marks.look(now)
        if until():
            break
        time.sleep(LOOK_SECONDS)
    return seen


def cells(rects: Sequence[Rect]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns (rects × cells) of the middle of each cell of the mark."""
    x, y, width, height = np.array(rects, dtype=np.float64).T[:, :, None]
    down, across = np.divmod(np.arange(_CELLS), mark._COLUMNS)
    rows = y + (mark._ORIGIN + down + 0.5) * height / mark._DOWN
    columns = x + (mark._ORIGIN + across + 0.5) * width / mark._ACROSS
    return rows.astype(np.intp), columns.astype(np.intp)


def read_levels(levels: NDArray[np.int32]) -> NDArray[np.int64]:
    """The counters of marks given by the brightness of their cells; -1 where there is none."""
    white, black = levels[:, 0], levels[:, mark._COLUMNS]
    contrast = np.maximum(white - black, 1)
    bits = np.delete(levels, (0, mark._COLUMNS), axis=1)
    shares = (bits - black[:, None]) / contrast[:, None] - 0.5
    words = (shares > 0) @ _BITS
    counters, checks = words >> 8, words & 0xFF
    clear = np.abs(shares).min(axis=1) >= mark._LEAST_MARGIN
    sure = clear & (contrast >= mark._LEAST_CONTRAST) & (_CHECKS[counters] == checks)
    return np.where(sure, counters, -1)


def _moved(rect: Rect, shift: _Shift) -> Rect:
    x, y, width, _ = rect
    right, down, shrink = shift
    return x + right, y + down, width - shrink, round((width - shrink) * 9 / 16)


def _all_checks() -> NDArray[np.int64]:
    """`mark`'s checksum of every counter."""
    table = np.arange(256)
    for _ in range(8):
        shifted = table << 1
        table = np.where(table & 0x80, shifted ^ mark._CHECK_POLYNOMIAL, shifted) & 0xFF
    high, low = np.divmod(np.arange(mark.COUNTERS), 256)
    found: NDArray[np.int64] = table[table[mark._CHECK_START ^ high] ^ low]
    return found


_CHECKS = _all_checks()
