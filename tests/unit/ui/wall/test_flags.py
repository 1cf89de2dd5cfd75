"""Incidents in the pictures of a real wall."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtTest import QTest

from app.domain.camera import CameraId
from app.domain.markers import Marker
from tests.fakes.wall_site import WallSite, colour_at, grabbed
from ui.wall.badges import _middle
from ui.wall.captions import Labels
from ui.wall.flags import Flags, boxed, column
from ui.wall.panes import Extent
from ui.wall.view import WallView
from ui.wall.zoom import Zoom

C0, C1 = CameraId("c0"), CameraId("c1")
RED = (255, 93, 82)
GREY = (90, 90, 90)


def mark(incident: str = "i1", at: float | None = 0.25, metres: int = 80) -> Marker:
    return Marker(incident, "emergency_video", 10, metres, 45, at)


def put(site: WallSite, **markers: tuple[Marker, ...]) -> None:
    own = site.services.markers
    own._markers = {CameraId(camera): found for camera, found in markers.items()}
    own.changed.emit(frozenset(own._markers))


def reds(image: QImage, left: int, right: int) -> list[int]:
    """Columns of the first row of tiles that hold the colour of the grade."""
    return [
        x for x in range(left, right) if any(colour_at(image, x, y) == RED for y in range(20, 120))
    ]


@pytest.fixture
def view(site: WallSite) -> WallView:
    made = site.view()
    for index in range(3):
        site.feed(index, GREY)
    site.passes(0.0)
    return made


def test_a_marker_stands_at_its_column_in_the_picture(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark(at=0.25),))
    found = reds(grabbed(view), 0, 320)
    assert 80 in found, "the stem"
    put(site, c0=(mark(at=0.75),))
    assert 240 in reds(grabbed(view), 0, 320)


def test_an_unknown_direction_has_no_stem_and_its_corner(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark(at=None),))
    found = reds(grabbed(view), 0, 320)
    assert found
    assert found[-1] - found[0] < 14, "only the shape of its grade"
    assert 80 not in found


def test_several_do_not_cover_each_other(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark("i1"), mark("i2", metres=90), mark("i3", None), mark("i4", None)))
    pane = view.stage.panes.everything[0]
    assert len(pane.markers) == 4
    grabbed(view)
    assert len(pane.badges.flags) == 4
    put(site, c0=(mark("i1"),))
    assert list(pane.badges.flags) == [mark("i1")], "what is not shown any more is forgotten"


def test_digital_zoom_takes_the_marker_along(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark(at=0.25),))
    pane = view.stage.panes.everything[0]
    assert column(pane, mark(at=0.25)) == 80
    view.control.set_zoom(pane, Zoom(2.0, 0.0, 0.0))
    assert column(pane, mark(at=0.25)) == 160
    assert column(pane, mark(at=0.75)) is None
    assert column(pane, mark(at=None)) is None
    grabbed(view)


def test_a_tile_that_is_not_live_keeps_its_marker(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark(),))
    site.passes(60.0)
    found = reds(grabbed(view), 0, 320)
    assert found, "somebody must know that this one would see it"
    assert 80 not in found, "in the corner: the middle says what is wrong"


@pytest.mark.parametrize(("down", "moved"), [(0, False), (90, True), (1000, True)])
def test_what_a_dark_tile_says_stands_below_its_markers(
    view: WallView, down: int, *, moved: bool
) -> None:
    rect = view.stage.panes.everything[0].rect
    message, caption = QPixmap(100, 40), 28
    top = _middle(view.stage.panes.everything[0], message, caption, rect.y + down)
    assert (top != rect.y + (rect.height - caption - 40) // 2) is moved
    assert top + 40 <= rect.bottom - caption
    if down < rect.height - caption - 40:
        assert top >= rect.y + down


def test_markers_end_where_the_words_begin(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark("i1", None), mark("i2", None), mark("i3", None)))
    pane = view.stage.panes.everything[0]
    flags = Flags(site.services.theme, Labels(site.services.theme))
    each = (flags.reach(pane) - pane.rect.y) // 3
    rows = []
    for floor in (None, pane.rect.y + 2 * each, pane.rect.y):
        image = QImage(400, 200, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        flags.paint(painter, pane, floor)
        painter.end()
        columns = range(pane.rect.x, pane.rect.right)
        rows.append(sum(any(colour_at(image, x, y) == RED for x in columns) for y in range(180)))
    assert rows[0] > rows[1] > rows[2] == 0


def test_a_small_tile_has_no_room(make_site: Callable[..., WallSite]) -> None:
    site = make_site("64", 64)
    view = site.view()
    view.stage.resize(Extent(640, 400, 1.0))
    site.feed(0, GREY)
    put(site, c0=(mark(),))
    assert view.stage.panes.everything[0].rect.width < 120
    assert reds(grabbed(view), 0, 80) == []


def test_m_steps_through_the_marked_tiles(site: WallSite, view: WallView) -> None:
    assert not view.next_marked()
    put(site, c0=(mark(),), c2=(mark(),))
    seen = []
    for _ in range(3):
        assert view.next_marked()
        seen.append(view.focused_index)
    assert seen == [0, 2, 0]
    view.enlarge(0)
    view.next_marked()
    assert view.enlarged_index == 2


def test_what_is_pointed_at_on_the_map_lights_its_tiles(site: WallSite, view: WallView) -> None:
    put(site, c0=(mark(),), c1=(mark("i2"),))
    site.services.markers.light("i2")
    assert [p.lit for p in view.stage.panes.everything[:3]] == [False, True, False]
    edge = colour_at(grabbed(view), 323, 90)
    site.services.markers.light(C0)
    assert [p.lit for p in view.stage.panes.everything[:3]] == [True, False, False]
    assert colour_at(grabbed(view), 323, 90) != edge
    site.services.markers.light("")
    assert not any(p.lit for p in view.stage.panes.everything)


def test_the_camera_under_the_pointer_is_told_once(site: WallSite, view: WallView) -> None:
    hovered: list[object] = []
    view.hovered.connect(hovered.append)
    for x in (60, 90, 420):
        QTest.mouseMove(view, QPoint(x, 60))
    view.hover(None)
    assert hovered == [C0, C1, None]


def test_what_analytics_saw_is_boxed_and_goes_with_the_zoom(site: WallSite, view: WallView) -> None:
    boxed_mark = Marker("i1", "fall", 10, 0, None, None, (0.5, 0.5, 0.25, 0.25))
    put(site, c0=(boxed_mark,))
    pane = view.stage.panes.everything[0]
    assert boxed(pane, boxed_mark) == QRectF(160, 90, 80, 45)
    assert colour_at(grabbed(view), 160, 110) == RED
    view.control.set_zoom(pane, Zoom(2.0, 0.5, 0.5))
    assert boxed(pane, boxed_mark) == QRectF(0, 0, 160, 90)
    view.control.set_zoom(pane, Zoom(4.0, 0.0, 0.0))
    assert boxed(pane, boxed_mark) is None
    assert boxed(pane, mark()) is None
