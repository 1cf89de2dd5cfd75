"""Privacy masks, drawn before a picture leaves the decoder: no path has it without them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.camera import Masks


def cover(pixels: Any, width: int, height: int, stride: int, masks: Masks) -> None:
    """Blackens them in BGRX `pixels` (a writable buffer). `stride` in bytes."""
    if not masks:
        return
    rows = np.frombuffer(pixels, dtype=np.uint8)[: stride * height].reshape(height, stride)
    picture = rows[:, : width * 4].reshape(height, width, 4)
    picture[covered(masks, width, height)] = 0


@lru_cache(maxsize=64)
def covered(masks: Masks, width: int, height: int) -> NDArray[np.bool_]:
    """Which pixels (height, width) lie in one of the polygons, by their middles (even-odd)."""
    across = (np.arange(width) + 0.5) / width
    down = ((np.arange(height) + 0.5) / height)[:, None]
    found = np.zeros((height, width), dtype=np.bool_)
    for polygon in masks:
        inside = np.zeros((height, width), dtype=np.bool_)
        for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            if y1 == y2:
                continue
            crosses = (down < max(y1, y2)) & (down >= min(y1, y2))
            at = x1 + (down - y1) * (x2 - x1) / (y2 - y1)
            inside ^= crosses & (across[None, :] < at)
        found |= inside
    return found
