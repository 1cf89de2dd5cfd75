"""When the map asks for another picture, and what it shows until it is there."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from app.domain.geo.camera_map import CameraMap
from tests.fakes.map_site import SCENE, MapSite
from ui.map.canvas import Canvas
from ui.map.scene import MARGIN, Order
from ui.map.view import MapView


def orders(canvas: Canvas) -> list[float]:
    """The zooms of everything that is ordered from now on."""
    found: list[float] = []
    order = canvas._maker.order

    def heard(wanted: Order) -> None:
        found.append(wanted.view.zoom)
        order(wanted)

    setattr(canvas._maker, "order", heard)  # noqa: B010 - watched, not replaced
    return found


def test_within_the_margin_nothing_is_painted_anew(view: MapView, site: MapSite) -> None:
    found = orders(view.canvas)
    view.set_viewport(view.viewport.panned(MARGIN / 2 - 10, 0))
    assert found == []
    view.set_viewport(view.viewport.panned(30, 0))
    assert found == [17.0]
    site.painted(view)


def test_a_turn_of_the_wheel_is_painted_once_it_is_over(view: MapView, site: MapSite) -> None:
    found = orders(view.canvas)
    for _ in range(4):
        view.zoom_by(0.25)
    assert found == [], "the picture at hand is stretched"
    before = view.grab().toImage()
    site.painted(view)
    assert found == [18.0]
    assert view.grab().toImage() != before


def test_a_long_turn_is_painted_on_the_way(view: MapView, site: MapSite) -> None:
    found = orders(view.canvas)
    view.zoom_by(0.25)
    site.now += 1.0
    view.zoom_by(0.25)
    assert found == [17.5]
    site.painted(view)


def test_a_hidden_map_paints_nothing(view: MapView) -> None:
    found = orders(view.canvas)
    view.hide()
    view.set_layers(cameras=True, cones=False, points=())
    assert found == []
    view.show()
    assert found == [17.0]


def test_a_picture_of_another_list_names_no_camera_that_is_gone(
    view: MapView, site: MapSite
) -> None:
    x, y = view.viewport.place_on_screen(site.cameras.place(8))
    assert view.cameras_at(QPointF(x, y)) == ["c8"]
    view.set_cameras(CameraMap.of(site.cameras.cameras[:2]))
    assert view.cameras_at(QPointF(x, y)) == []
    site.painted(view)
    left, top = view.viewport.place_on_screen(SCENE)
    assert view.cameras_at(QPointF(left, top)) == ["c0"]
