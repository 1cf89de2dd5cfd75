"""A map of a few streets, with invented boundaries that are there at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.geo import mercator
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.earth import Place, destination
from app.domain.geo.place_search import NamedPlace
from app.domain.geo.viewport import Box
from app.domain.text import Text
from app.services.map_ports import Boundaries, Drawn, Outlines, PlaceName
from tests.fakes.camera_site import camera
from ui.map.feed import MapFeed, Sources
from ui.map.live import Live
from ui.map.marks import PointLayer
from ui.map.panel import MapPanel
from ui.map.view import MapView
from ui.theme import Theme

SCENE = Place(35.8189, 128.5376)
QUARTER = NamedPlace("상인동", "대구광역시 달서구 상인동", SCENE, 15.0)


class Square(Boundaries):
    """One quarter of two kilometres; everything else is sea."""

    attribution = Text("지어낸 경계", "invented boundaries")

    @override
    def within(self, box: Box, zoom: float) -> Drawn:
        corners = [destination(SCENE, b, 1400) for b in (45, 135, 225, 315, 45)]
        points = np.array([mercator.project(corner) for corner in corners])
        x, y = mercator.project(SCENE)
        return Drawn((Outlines(points, (0,), 2),), (PlaceName("상인동", x, y, 2),))

    @override
    def places(self) -> list[NamedPlace]:
        return [QUARTER]


def cameras() -> CameraMap:
    """Nine, 150 m from the next: c0 at the scene, c1 … c8 around it. c0 looks to the north."""
    placed = []
    for number in range(9):
        where = SCENE if number == 0 else destination(SCENE, number * 45.0, 150.0)
        one = camera(number, f"카메라 {number}", purpose="생활방범" if number % 2 else "어린이보호")
        azimuth = 0.0 if number == 0 else None
        placed.append(
            replace(one, latitude=where.latitude, longitude=where.longitude, azimuth=azimuth)
        )
    return CameraMap.of(placed)


@dataclass
class MapSite:
    qtbot: QtBot
    theme: Theme = field(default_factory=Theme)
    cameras: CameraMap = field(default_factory=cameras)
    dead: frozenset[CameraId] = frozenset()
    points: dict[str, PointLayer] = field(default_factory=dict)
    live: Live = field(default_factory=Live)
    now: float = 100.0

    def __post_init__(self) -> None:
        self.feed = MapFeed(
            Sources(lambda: self.cameras, lambda: self.dead, lambda: self.points, lambda: self.live)
        )

    def view(self) -> MapView:
        """800 × 600 pixels, the scene in the middle, painted."""
        made = MapView(Square(), self.theme, now=lambda: self.now)
        made.resize(800, 600)
        made.set_cameras(self.cameras)
        made.look_at(SCENE, 17.0)
        self.shown(made)
        return made

    def panel(self) -> MapPanel:
        made = MapPanel(self.feed, Square(), self.theme, lambda text: [QUARTER] if text else [])
        made.resize(800, 640)
        self.feed.begin()
        made.show()
        self.painted(made.view)
        made.view.look_at(SCENE, 17.0)
        self.painted(made.view)
        return made

    def shown(self, view: MapView) -> None:
        view.show()
        self.painted(view)

    def painted(self, view: MapView) -> None:
        """The picture of what the view looks at now is there."""
        self.qtbot.waitUntil(lambda: is_painted(view))


def is_painted(view: MapView) -> bool:
    scene = view.canvas._scene
    return (
        scene is not None
        and not view.canvas._maker.busy
        and not view.canvas._settle.isActive()
        and scene.view.zoom == view.viewport.zoom
        and abs(scene.view.x - view.viewport.x) * view.viewport.scale < 200
    )
