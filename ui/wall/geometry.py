"""Where a picture is in its tile, in device pixels of the window. No Qt."""

from __future__ import annotations

from typing import NamedTuple

# A scaler rounds to even sizes: a picture this much smaller than its tile is the right size.
_ROUNDING = 2


class Rect(NamedTuple):
    """Whole device pixels from the top left corner of the wall."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def fraction(self, x: float, y: float) -> tuple[float, float]:
        """A point as fractions of this rectangle, moved inside it."""
        across = (x - self.x) / max(1, self.width)
        down = (y - self.y) / max(1, self.height)
        return min(1.0, max(0.0, across)), min(1.0, max(0.0, down))


def fitted(tile: Rect, width: int, height: int) -> Rect:
    """The place of a `width` × `height` picture in a tile: whole, centred, its aspect kept.

    A picture that the decoder made for this tile keeps its size to the pixel, so that it can be
    copied without scaling.
    """
    if width <= 0 or height <= 0 or tile.width <= 0 or tile.height <= 0:
        return tile
    fits = width <= tile.width and height <= tile.height
    if not fits or (tile.width - width > _ROUNDING and tile.height - height > _ROUNDING):
        scale = min(tile.width / width, tile.height / height)
        width = min(tile.width, max(1, round(width * scale)))
        height = min(tile.height, max(1, round(height * scale)))
    return Rect(
        tile.x + (tile.width - width) // 2, tile.y + (tile.height - height) // 2, width, height
    )
