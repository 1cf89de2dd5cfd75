"""What the map asks of the outside world: boundaries, and pictures of a base map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from app.domain.geo.mercator import Floats
from app.domain.geo.place_search import NamedPlace
from app.domain.geo.viewport import Box
from app.domain.text import Text


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name on the map: world units; `rank` 0 province, 1 city or district, 2 emd."""

    text: str
    x: float
    y: float
    rank: int


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings as one array of points (n × 2, world units), each ring's first point in `starts`.

    `rank`: whose boundaries they are, as of `PlaceName`.
    """

    points: Floats = field(repr=False)
    starts: tuple[int, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What there is to draw in a box: the finest boundaries last, names the weightiest first."""

    outlines: tuple[Outlines, ...]
    names: tuple[PlaceName, ...]


class Boundaries(Protocol):
    """Any thread may ask."""

    attribution: Text

    def within(self, box: Box, zoom: float) -> Drawn: ...

    def places(self) -> list[NamedPlace]:
        """Of the whole country, for finding one by its name."""
        ...


class TilePictures(Protocol):
    """Encoded pictures of square tiles, rows counted from the north. Any thread may ask."""

    attribution: str
    least_zoom: int
    most_zoom: int

    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        """None where the set has none. Raises `Failure` where it cannot be read."""
        ...
