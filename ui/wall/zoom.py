"""Digital zoom: which part of a picture is looked at. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

STEP = 1.25
MAXIMUM = 8.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """`factor` 1…8; `left`, `top` of the visible part as fractions of the picture.

    The visible part is 1/factor of the picture each way and never leaves it.
    """

    factor: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def active(self) -> bool:
        return self.factor > 1.0

    @property
    def span(self) -> float:
        return 1.0 / self.factor

    def steps(self, count: float, x: float = 0.5, y: float = 0.5) -> Zoom:
        """Zooms by ×1.25 per step; the point (fractions of what is visible) stays in place."""
        factor = min(MAXIMUM, max(1.0, self.factor * STEP**count))
        if factor < 1.0 + 1e-6:
            return NONE
        anchor_x = self.left + x * self.span
        anchor_y = self.top + y * self.span
        return _inside(factor, anchor_x - x / factor, anchor_y - y / factor)

    def panned(self, dx: float, dy: float) -> Zoom:
        """Moves what is visible by fractions of itself; stops at the picture's edge."""
        return _inside(self.factor, self.left + dx * self.span, self.top + dy * self.span)

    def source(self, width: int, height: int) -> tuple[float, float, float, float]:
        """x, y, width, height of the visible part in a picture of this size."""
        return (self.left * width, self.top * height, self.span * width, self.span * height)


NONE = Zoom()


def _inside(factor: float, left: float, top: float) -> Zoom:
    most = 1.0 - 1.0 / factor
    return Zoom(factor, min(most, max(0.0, left)), min(most, max(0.0, top)))
