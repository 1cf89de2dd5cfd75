"""What the worker paints, looked at pixel by pixel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.errors import BadInput, Failure
from app.domain.geo import mercator
from app.domain.geo.earth import Place, destination
from app.domain.geo.viewport import Viewport
from app.domain.text import Text
from app.services.map_ports import Outlines, PlaceName, TilePictures
from tests.fakes.map_site import SCENE, Square, cameras
from ui.map import base
from ui.map.look import Look, look_of
from ui.map.marks import (
    CONE_M,
    PointLayer,
    Sprites,
    cone,
    count_words,
    paint_points,
    point_shape,
)
from ui.map.scene import Order, Scene, SceneMaker, ScenePainter
from ui.theme import Theme

VIEW = Viewport(*mercator.project(SCENE), 16.0, 800, 600)


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    return look_of(Theme(), 1.0)


def painted(order: Order) -> QImage:
    return ScenePainter(Square(), lambda *_: None).paint(order).image


def order(look: Look, **values: object) -> Order:
    made = Order(VIEW, look, cameras(), np.zeros(9, np.bool_), with_cones=False)
    return replace(made, **values)  # type: ignore[arg-type]


def color(image: QImage, place: Place, right: float = 0.0, down: float = 0.0) -> str:
    x, y = VIEW.place_on_screen(place)
    return image.pixelColor(round(x + right), round(y + down)).name()


class Tiles(TilePictures):
    attribution = "© 시험"
    least_zoom, most_zoom = 10, 16

    def __init__(self, data: bytes | Failure) -> None:
        self.data = data
        self.asked: list[tuple[int, int, int]] = []

    @override
    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        self.asked.append((zoom, column, row))
        if isinstance(self.data, Failure):
            raise self.data
        return self.data


def picture(shade: str) -> bytes:
    """A tile of one colour, as PPM."""
    tone = QColor(shade)
    return b"P6 256 256 255\n" + bytes((tone.red(), tone.green(), tone.blue())) * 256 * 256


def test_land_is_within_its_line_and_the_sea_around_it(look: Look) -> None:
    image = painted(order(look, with_cameras=False, view=replace(VIEW, zoom=14.0)))
    view = replace(VIEW, zoom=14.0)

    def shade(place: Place) -> str:
        x, y = view.place_on_screen(place)
        return image.pixelColor(round(x), round(y)).name()

    assert shade(destination(SCENE, 30, 300)) == look.land.name()
    assert shade(destination(SCENE, 90, 1500)) == look.sea.name()


def test_a_camera_is_a_dot_and_hollow_where_it_gives_no_picture(look: Look) -> None:
    dead = np.zeros(9, np.bool_)
    dead[1] = True
    found = cameras()
    image = painted(order(look, dead=dead))
    assert color(image, found.place(2)) == look.dot.name()
    assert color(image, found.place(1)) == look.land.name()
    rim = {color(image, found.place(1), right=right) for right in range(6)}
    assert look.dead.name() in rim


def test_a_cluster_says_how_many_and_warns_with_its_ring(look: Look) -> None:
    sprites = Sprites(look)
    calm, worried = sprites.disc(12, 0), sprites.disc(12, 3)
    assert calm.width() == worried.width() >= 24
    edge = calm.width() // 2, 2
    assert worried.pixelColor(*edge).name() == look.dead.name()
    assert calm.pixelColor(*edge).name() != look.dead.name()
    assert sprites.disc(12, 0) is calm, "drawn once"
    assert [count_words(n) for n in (7, 999, 1340, 12_800)] == ["7", "999", "1.3k", "12k"]


def test_a_cone_opens_where_the_camera_looks(look: Look) -> None:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setBrush(QColor("white"))
    cone(painter, (100, 100), 80, 90.0, 40.0)
    painter.end()
    white = QColor("white").name()
    assert image.pixelColor(160, 100).name() == white
    assert [image.pixelColor(*p).name() == white for p in ((100, 40), (40, 100), (150, 160))] == [
        False,
        False,
        False,
    ]


def test_cones_are_there_from_street_level_on(look: Look) -> None:
    before = painted(order(look))
    with_cones = painted(order(look, with_cones=True))
    ahead = destination(SCENE, 0, CONE_M / 2)
    assert color(with_cones, ahead) != color(before, ahead)
    far = replace(VIEW, zoom=15.0)
    assert painted(order(look, view=far)) == painted(order(look, view=far, with_cones=True))


def test_points_are_there_where_streets_are(look: Look) -> None:
    x, y = mercator.project(destination(SCENE, 60, 80))
    layer = PointLayer("police_box", np.array([x]), np.array([y]), ("상인지구대",))
    image = painted(order(look, points=(layer,)))
    assert color(image, destination(SCENE, 60, 80)) == look.faint.name()
    far = QImage(800, 600, QImage.Format.Format_RGB32)
    far.fill(0)
    painter = QPainter(far)
    paint_points(painter, layer, replace(VIEW, zoom=11.0), look)
    painter.end()
    assert far.pixelColor(400, 300).name() == "#000000"
    shapes = {kind: point_shape(kind).elementCount() for kind in ("bell", "police_box", "other")}
    assert shapes == {"bell": 4, "police_box": 5, "other": 5}


def test_names_do_not_cover_each_other(look: Look) -> None:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(look.land)
    x, y = mercator.project(SCENE)
    taken: list[QRectF] = []
    painter = QPainter(image)
    names = [
        PlaceName(name, x, y, 2)
        for name in ("상인동", "진천동", "월성동", "대천동", "유천동", "본동")
    ]
    base.paint_names(painter, names, VIEW, look, taken)
    painter.end()
    assert 3 <= len(taken) < len(names), "one has its place, some stand beside it, some have none"
    assert not any(a.intersects(b) for a in taken for b in taken if a is not b)


def test_rings_become_one_path(look: Look) -> None:
    square = [destination(SCENE, b, 200) for b in (45, 135, 225, 315, 45)]
    hole = [destination(SCENE, b, 20) for b in (45, 135, 225, 315, 45)]
    points = np.array([mercator.project(p) for p in (*square, *hole)])
    path = base.path_of(Outlines(points, (0, 5), 2), VIEW)
    assert path.elementCount() == 10
    assert path.elementAt(5).isMoveTo()
    x, y = VIEW.place_on_screen(square[0])
    assert (path.elementAt(0).x, path.elementAt(0).y) == pytest.approx((x, y), abs=1e-6)
    assert base.path_of(Outlines(np.zeros((0, 2)), (), 0), VIEW).isEmpty()


def test_a_base_map_lies_below_everything_and_is_read_once(look: Look) -> None:
    tiles = Tiles(picture("#405060"))
    painter = ScenePainter(Square(), lambda *_: None)
    wanted = order(look, tiles=tiles)
    image = painter.paint(wanted).image
    assert color(image, destination(SCENE, 20, 60)) == "#405060"
    assert color(image, cameras().place(2)) == look.dot.name()
    asked = len(tiles.asked)
    painter.paint(wanted)
    assert len(tiles.asked) == asked > 4
    assert {zoom for zoom, _, _ in tiles.asked} == {16}


def test_a_nearer_view_takes_the_finest_tiles_there_are() -> None:
    near = base.tiles_in(replace(VIEW, zoom=19.0), 10, 16)
    assert {zoom for zoom, _, _ in near} == {16}
    far = base.tiles_in(replace(VIEW, zoom=7.0), 10, 16)
    assert {zoom for zoom, _, _ in far} == {10}


@pytest.mark.parametrize("data", [b"no picture", BadInput(Text("손상", "damaged"))])
def test_a_broken_base_map_leaves_the_boundaries(look: Look, data: bytes | Failure) -> None:
    said: list[Failure] = []
    painter = ScenePainter(Square(), lambda _tiles, failure: said.append(failure))
    image = painter.paint(order(look, tiles=Tiles(data))).image
    assert color(image, destination(SCENE, 20, 60)) == look.land.name()
    assert len(said) == isinstance(data, Failure)


def test_of_many_orders_the_first_and_the_last_are_painted(qtbot: QtBot, look: Look) -> None:
    maker = SceneMaker(Square())
    made: list[Scene] = []
    maker.made.connect(made.append)
    for zoom in (12.0, 13.0, 14.0, 15.0):
        maker.order(order(look, view=replace(VIEW, zoom=zoom)))
    qtbot.waitUntil(lambda: len(made) == 2)
    assert [scene.view.zoom for scene in made] == [12.0, 15.0]
    maker.shut()
    maker.order(order(look))
    assert not maker.busy


def test_a_base_map_complains_once(qtbot: QtBot, look: Look) -> None:
    maker = SceneMaker(Square())
    said: list[Failure] = []
    made: list[Scene] = []
    maker.failed.connect(said.append)
    maker.made.connect(made.append)
    wanted = order(look, tiles=Tiles(BadInput(Text("손상", "damaged"))))
    maker.order(wanted)
    qtbot.waitUntil(lambda: len(made) == 1)
    maker.order(wanted)
    qtbot.waitUntil(lambda: len(made) == 2)
    assert len(said) == 1
    maker.shut()


@pytest.mark.allow_logs("ui.map.scene")
def test_a_picture_that_cannot_be_painted_does_not_stop_the_next(qtbot: QtBot, look: Look) -> None:
    maker = SceneMaker(Square())
    made: list[Scene] = []
    maker.made.connect(made.append)
    maker.order(order(look, dead=np.zeros(3, np.bool_)))
    qtbot.waitUntil(lambda: not maker.busy)
    maker.order(order(look))
    qtbot.waitUntil(lambda: len(made) == 1)
    maker.shut()
