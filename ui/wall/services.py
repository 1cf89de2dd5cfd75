"""What a wall needs of the console."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from app.clock import Clock
from app.domain.camera import Camera, CameraId
from app.services.markers import Markers
from app.services.streams import Streams
from app.services.tours import Tours
from app.services.walls import Walls
from app.signals import Signal
from ui.theme import Theme
from ui.wall.hot_spot import HotSpot
from ui.wall.surface import Painted
from ui.wall.watermark import Watermark


class CameraList(Protocol):
    """The part of the catalogue that a wall reads."""

    changed: Signal[None]

    def get(self, camera: CameraId, /) -> Camera | None: ...

    def by_number(self, number: int, /) -> Camera | None: ...


@dataclass(frozen=True, slots=True)
class WallServices:
    """Shared by all wall windows of one console."""

    walls: Walls
    streams: Streams
    catalog: CameraList
    tours: Tours
    figures: Painted
    theme: Theme
    clock: Clock
    hot_spot: HotSpot = field(default_factory=HotSpot)
    markers: Markers = field(default_factory=lambda: Markers(lambda _: None, tuple))
    watermark: Watermark = field(default_factory=Watermark)
