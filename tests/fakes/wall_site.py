"""A wall with everything real but the video engine, the clock and the disk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from app.domain import wall as rule
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.layout import layout_named
from app.domain.text import Text
from app.domain.tour import Tour
from app.domain.wall import MAIN_WINDOW, Wall, WindowId
from app.services.catalog import Catalog
from app.services.preferences import Preferences
from app.services.streams import Streams
from app.services.tours import Tours
from app.services.walls import Walls
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine, plain
from tests.fakes.store import MemoryStore
from ui.theme import Theme
from ui.wall.services import WallServices
from ui.wall.view import WallView

# Four columns and rows of 320 × 180 pixels with the gaps between them.
WIDTH, HEIGHT = 4 * 320 + 3 * 2, 4 * 180 + 3 * 2
LABEL = Text("바꾸기", "change")
RED, GREEN, BLUE = (200, 30, 40), (30, 180, 60), (40, 60, 220)


def camera(index: int) -> Camera:
    return Camera(
        CameraId(f"c{index}"),
        1001 + index,
        f"Camera {index}",
        "Dalseo-gu",
        "생활방범",
        (
            Profile(ProfileName.SUB, f"rtsp://10.0.0.{index}/sub", 640, 360, 15.0),
            Profile(ProfileName.MAIN, f"rtsp://10.0.0.{index}/main", 1280, 720, 25.0),
        ),
    )


@dataclass
class Seen:
    """What the figures were told."""

    pictures: list[tuple[CameraId, int]] = field(default_factory=list)
    openings: list[tuple[CameraId, float]] = field(default_factory=list)

    def painted(self, camera: CameraId, number: int, *_times: float | None) -> None:
        self.pictures.append((camera, number))

    def opened(self, camera: CameraId, seconds: float) -> None:
        self.openings.append((camera, seconds))


class WallSite:
    """`count` cameras, the first ones on the wall; tile n shows camera cn at the start."""

    def __init__(self, layout: str = "16", count: int = 16, tours: tuple[Tour, ...] = ()) -> None:
        self.clock = HandClock(5000.0)
        self.engine = FakeEngine()
        self.store = MemoryStore()
        self.store.tours = tours
        self.seen = Seen()
        catalog = Catalog()
        catalog.load(camera(index) for index in range(count + 8))
        self.walls = Walls(self.store)
        self.tours = Tours(self.store, self.walls, Preferences(self.store), self.clock)
        asyncio.run(self.tours.start())
        self.streams = Streams(self.engine, catalog.get, self.clock)
        self.services = WallServices(
            self.walls, self.streams, catalog, self.tours, self.seen, Theme(), self.clock
        )
        wall = rule.with_layout(self.wall, layout_named(layout))
        self.walls.apply(
            MAIN_WINDOW, rule.fill(wall, [CameraId(f"c{i}") for i in range(count)]), LABEL
        )
        self.views: list[WallView] = []

    @property
    def wall(self) -> Wall:
        return self.walls.wall(MAIN_WINDOW)

    def cameras(self, window: WindowId = MAIN_WINDOW) -> list[CameraId | None]:
        """What each tile shows by itself."""
        return [rule.camera_of(content) for content in self.walls.wall(window).tiles]

    def view(self, window: WindowId = MAIN_WINDOW) -> WallView:
        """A window on the screen, in the size of the tiles above."""
        view = WallView(self.services, window)
        view.resize(WIDTH, HEIGHT)
        self.views.append(view)
        view.show()
        if not QTest.qWaitForWindowExposed(view):
            message = "the window never came up"
            raise TimeoutError(message)
        return view

    def feed(
        self, index: int, colour: tuple[int, int, int], size: tuple[int, int] = (320, 180)
    ) -> None:
        """A new picture of one colour for camera c`index`; `size` in pixels."""
        self.shows(index, plain(*colour, *size))

    def shows(self, index: int, pixels: npt.NDArray[np.uint8]) -> None:
        self.engine.paints(CameraId(f"c{index}"), pixels, arrived=self.clock.at)

    def passes(self, seconds: float) -> None:
        """Time goes by without a new picture, and everyone notices."""
        self.clock.at += seconds
        for known in self.engine.ages:
            self.engine.ages[known] += seconds
        self.streams.tick(0.0)
        for view in self.views:
            view.stage.second()

    def close(self) -> None:
        for view in self.views:
            view.shut()
            view.close()
            view.deleteLater()


def grabbed(view: WallView) -> QImage:
    """The window as it would be painted now."""
    return view.grab().toImage()


def colour_at(image: QImage, x: float, y: float) -> tuple[int, int, int]:
    found = QColor(image.pixel(round(x), round(y)))
    return (found.red(), found.green(), found.blue())


def centre(index: int, columns: int = 4) -> tuple[int, int]:
    """The middle of a tile of 320 × 180 pixels."""
    return (index % columns * 322 + 160, index // columns * 182 + 90)


def inside(index: int, x: int, y: int) -> tuple[int, int]:
    """A point of a tile, from its upper left corner."""
    return (index % 4 * 322 + x, index // 4 * 182 + y)
