"""The tiles of one window: where they are and which camera each of them shows now."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from app.domain.camera import CameraId
from app.domain.layout import rects
from app.domain.wall import CameraTile, HotSpotTile, TileContent, TourTile, Wall, WindowId
from app.services.tours import TourPlace
from ui.wall.geometry import Rect
from ui.wall.pane import Kind, Pane
from ui.wall.services import WallServices
from ui.wall.zoom import NONE

GAP = 2


@dataclass(frozen=True, slots=True)
class Extent:
    """A window's size in device pixels, and how many of those make a logical one."""

    width: int
    height: int
    ratio: float

    def area(self, rect: Rect) -> QRect:
        """The widget's own pixels that a rectangle of device pixels touches."""
        left, top = floor(rect.x / self.ratio), floor(rect.y / self.ratio)
        right, bottom = ceil(rect.right / self.ratio), ceil(rect.bottom / self.ratio)
        return QRect(left, top, right - left, bottom - top)


class Panes:
    """`everything` has one pane a tile; `visible` those on the screen: all, or the enlarged one."""

    def __init__(self, services: WallServices, window: WindowId) -> None:
        self._services = services
        self._window = window
        self.extent = Extent(1, 1, 1.0)
        self.everything: list[Pane] = []
        self.visible: list[Pane] = []
        self.tiles = QRegion()
        self.enlarged: int | None = None

    @property
    def wall(self) -> Wall:
        return self._services.walls.wall(self._window)

    @property
    def empty(self) -> bool:
        return all(pane.content is None for pane in self.everything)

    def rebuild(self, extent: Extent) -> None:
        """Lays the wall's tiles out; a tile that kept its content keeps zoom and look."""
        wall, self.extent = self.wall, extent
        before = self.everything
        if self.enlarged is not None and self._gone(wall, self.enlarged):
            self.enlarged = None
        places = self._places(wall, extent)
        self.everything = [
            self._pane(index, content, place, before)
            for index, (content, place) in enumerate(zip(wall.tiles, places, strict=True))
        ]
        self._show()

    def _gone(self, wall: Wall, index: int) -> bool:
        return index >= len(wall.tiles) or wall.tiles[index] is None

    def _places(self, wall: Wall, extent: Extent) -> list[Rect]:
        gap = round(GAP * extent.ratio)
        places = [Rect(*r) for r in rects(wall.layout, extent.width, extent.height, gap)]
        if self.enlarged is not None:
            places[self.enlarged] = Rect(0, 0, extent.width, extent.height)
        return places

    def _pane(
        self, index: int, content: TileContent | None, place: Rect, before: list[Pane]
    ) -> Pane:
        area = self.extent.area(place)
        old = before[index] if index < len(before) else None
        if old is not None and old.content == content:
            if old.rect != place or old.area != area:
                old.move_to(place, area)
            self.resolve(old)
            return old
        pane = Pane(index, content, None, place, area)
        self.resolve(pane)
        return pane

    def enlarge(self, index: int | None) -> None:
        """Gives the whole window to one tile, or back to all (None)."""
        self.enlarged = index
        self.rebuild(self.extent)

    def _show(self) -> None:
        if self.enlarged is None:
            self.visible = list(self.everything)
        else:
            self.visible = [self.everything[self.enlarged]]
        region = QRegion()
        for pane in self.visible:
            region += pane.area
        self.tiles = region

    def resolve(self, pane: Pane) -> bool:
        """Finds out which camera the pane shows now; True if it or its tour changed."""
        before = (pane.camera, pane.run)
        pane.run = None
        match pane.content:
            case CameraTile(camera=camera):
                pane.kind, pane.camera = Kind.CAMERA, camera
            case TourTile():
                place = TourPlace(self._window, pane.index)
                tours = self._services.tours
                pane.kind, pane.run = Kind.TOUR, tours.run_at(place)
                pane.camera = tours.camera_at(self._window, pane.index)
            case HotSpotTile():
                pane.kind, pane.camera = Kind.HOT_SPOT, self._services.hot_spot.camera
            case _:
                pane.kind, pane.camera = Kind.FREE, None
        if pane.camera != before[0]:
            pane.painted, pane.seen, pane.zoom, pane.size = 0, 0, NONE, (0, 0)
        if (pane.camera, pane.run) == before:
            return False
        pane.badges.caption = None
        return True

    def at(self, x: float, y: float) -> Pane | None:
        """The visible tile under a point of the widget."""
        ratio = self.extent.ratio
        across, down = x * ratio, y * ratio
        for pane in self.visible:
            rect = pane.rect
            if rect.x <= across < rect.right and rect.y <= down < rect.bottom:
                return pane
        return None

    def cameras(self) -> tuple[CameraId, ...]:
        return tuple(pane.camera for pane in self.everything if pane.camera is not None)
