"""The part of the world that is on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.geo import mercator
from app.domain.geo.earth import Place

# From the whole country on a small window to single lanes of a road.
LEAST_ZOOM: Final = 5.0
MOST_ZOOM: Final = 20.0
# What is brought into view does not touch the edge.
_MARGIN: Final = 0.12
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Viewport:
    """`x`, `y`: the middle, in world units (`mercator`). Sizes in logical pixels."""

    x: float
    y: float
    zoom: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Logical pixels of the whole world."""
        return mercator.pixels(self.zoom)

    @property
    def bounds(self) -> Box:
        """World units: left, top, right, bottom."""
        across, down = self.width / 2 / self.scale, self.height / 2 / self.scale
        return self.x - across, self.y - down, self.x + across, self.y + down

    @property
    def middle(self) -> Place:
        return mercator.unproject(self.x, self.y)

    @property
    def metres_per_pixel(self) -> float:
        return mercator.metres_per_pixel(self.middle.latitude, self.zoom)

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """World units to logical pixels from the upper left corner."""
        scale = self.scale
        return (x - self.x) * scale + self.width / 2, (y - self.y) * scale + self.height / 2

    def place_on_screen(self, place: Place) -> tuple[float, float]:
        return self.on_screen(*mercator.project(place))

    def in_world(self, left: float, top: float) -> tuple[float, float]:
        scale = self.scale
        return self.x + (left - self.width / 2) / scale, self.y + (top - self.height / 2) / scale

    def place_at(self, left: float, top: float) -> Place:
        return mercator.unproject(*self.in_world(left, top))

    def panned(self, right: float, down: float) -> Viewport:
        """Looks so many pixels further to the right and down."""
        return self.at(self.x + right / self.scale, self.y + down / self.scale)

    def at(self, x: float, y: float) -> Viewport:
        return replace(self, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)))

    def over(self, place: Place) -> Viewport:
        return self.at(*mercator.project(place))

    def zoomed(self, zoom: float, left: float, top: float) -> Viewport:
        """To that zoom; what lies at that pixel stays there."""
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        x, y = self.in_world(left, top)
        scale = mercator.pixels(zoom)
        moved = replace(self, zoom=zoom)
        return moved.at(x - (left - self.width / 2) / scale, y - (top - self.height / 2) / scale)

    def resized(self, width: int, height: int) -> Viewport:
        """The middle stays."""
        return replace(self, width=max(1, width), height=max(1, height))

    def grown(self, pixels: int) -> Viewport:
        """With a margin of so many pixels on every side."""
        return replace(self, width=self.width + 2 * pixels, height=self.height + 2 * pixels)

    def fitted(self, places: Sequence[Place], most: float = 17.0) -> Viewport:
        """All of them in view, no nearer than `most`; unchanged without any."""
        if not places:
            return self
        return self.fitted_box(box_around(places), most)

    def fitted_box(self, box: Box, most: float = 17.0) -> Viewport:
        left, top, right, bottom = box
        room = 1 - 2 * _MARGIN
        wanted = max((right - left) / (self.width * room), (bottom - top) / (self.height * room))
        zoom = most if wanted <= 0 else min(most, math.log2(1 / (wanted * mercator.TILE)))
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        return replace(self, zoom=zoom).at((left + right) / 2, (top + bottom) / 2)


def box_around(places: Sequence[Place]) -> Box:
    """World units; at least one place."""
    xs, ys = zip(*(mercator.project(place) for place in places), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


# The country from Marado to Goseong, with Jeju and Ulleungdo.
KOREA: Final[Box] = (
    *mercator.project(Place(38.65, 124.55)),
    *mercator.project(Place(33.05, 131.0)),
)


def whole_country(width: int, height: int) -> Viewport:
    return Viewport(0.5, 0.5, LEAST_ZOOM, max(1, width), max(1, height)).fitted_box(KOREA)


def scale_bar(view: Viewport, most: float = 120.0) -> tuple[float, int]:
    """The longest round length that is at most so many pixels: pixels, metres."""
    metres = view.metres_per_pixel * most
    power = 10.0 ** math.floor(math.log10(metres))
    rounded = next(f * power for f in (5, 2, 1) if f * power <= metres)
    return rounded / view.metres_per_pixel, max(1, round(rounded))
