"""What moves: painted where it is, and only there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.geo import mercator
from app.domain.geo.earth import Place, destination
from app.domain.geo.viewport import Viewport
from app.domain.text import Text
from tests.fakes.map_site import SCENE
from ui.map.hand import length_words
from ui.map.live import Chosen, IncidentMark, Live, Ring, Track
from ui.map.live_painter import LivePainter
from ui.map.look import look_of
from ui.map.overlay import Overlay
from ui.theme import Theme
from ui.widgets.shapes import shape_path

VIEW = Viewport(*mercator.project(SCENE), 17.0, 800, 600)
RED = QColor("#ff5d52")
ALL = QRegion(0, 0, 800, 600)


def painted(live: Live, region: QRegion = ALL, phase: float = 0.5, ratio: float = 1.0) -> QImage:
    look = look_of(Theme(), ratio)
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    LivePainter(lambda: look).paint(painter, live, VIEW, region, phase)
    painter.end()
    return image


def shade(image: QImage, place: Place, right: int = 0) -> str:
    x, y = VIEW.place_on_screen(place)
    return image.pixelColor(round(x) + right, round(y)).name()


def mark(**values: object) -> IncidentMark:
    return IncidentMark("i1", SCENE, "diamond", RED, **{"label": "112", **values})  # type: ignore[arg-type]


def test_an_incident_stands_at_its_place_with_its_name(qtbot: QtBot) -> None:
    image = painted(Live(incidents=(mark(),)))
    assert shade(image, SCENE) == RED.name()
    label = [shade(image, SCENE, right) for right in range(14, 40)]
    assert any(tone != "#000000" for tone in label)


def test_names_at_one_place_do_not_cover_each_other(qtbot: QtBot) -> None:
    look = look_of(Theme(), 1.0)
    found = [replace(mark(label=f"incident {n}"), id=f"i{n}") for n in range(7)]
    near = replace(found[0], id="far", place=destination(SCENE, 90.0, 400.0))
    labels = LivePainter(lambda: look)._labels(Live(incidents=(*found, near)), VIEW)
    told = [(one.id, round(at[1])) for one, at in labels]
    # The one on top beside its mark; of those that find no room the mark is enough.
    assert [id_ for id_, _ in told] == ["far", "i6", "i5", "i4", "i3", "i2"]
    heights = sorted(y for id_, y in told if id_ != "far")
    assert all(below - above >= 15 for above, below in pairwise(heights))


def test_what_lies_outside_the_region_is_not_painted(qtbot: QtBot) -> None:
    far = QRegion(QRect(0, 0, 50, 50))
    assert shade(painted(Live(incidents=(mark(),)), far), SCENE) == "#000000"


def test_a_new_one_pulses_in_a_small_region(qtbot: QtBot) -> None:
    new = Live(incidents=(mark(new=True),))
    assert new.pulses
    assert not Live(incidents=(mark(),)).pulses
    box = new.pulse_region(VIEW).boundingRect()
    assert box.width() == box.height() <= 50
    assert painted(new, phase=0.2) != painted(new, phase=0.8)
    assert painted(Live(incidents=(mark(),)), phase=0.2) == painted(
        Live(incidents=(mark(),)), phase=0.8
    )


def test_the_one_on_top_is_the_one_that_is_hit() -> None:
    x, y = VIEW.place_on_screen(SCENE)
    other = IncidentMark("i2", SCENE, "circle", RED, "")
    live = Live(incidents=(mark(), other))
    assert live.incident_at(VIEW, x + 5, y) == "i2"
    assert live.incident_at(VIEW, x + 50, y) == ""
    assert live.track_at(VIEW, x, y) == ""


def test_a_jump_is_no_line(qtbot: QtBot) -> None:
    way = (SCENE, destination(SCENE, 90, 100))
    middle = destination(SCENE, 90, 50)
    line = painted(Live(tracks=(Track("t", way, "", RED),)))
    jump = painted(Live(tracks=(Track("t", way, "", RED, frozenset({1})),)))
    around = range(-8, 8)
    assert any(shade(line, middle, right) != "#000000" for right in around)
    assert all(shade(jump, middle, right) == "#000000" for right in around)


def test_a_dragnet_shows_its_numbers_its_cones_and_its_rings(qtbot: QtBot) -> None:
    where = destination(SCENE, 180, 60)
    one = Chosen(CameraId("c1"), where, 1, 0.0, 60.0, "현장이 화면 안 · 60 m")
    live = Live(rings=(Ring(SCENE, 100),), chosen=(one,))
    image = painted(live)
    theme = Theme()
    x, y = VIEW.place_on_screen(where)
    assert image.pixelColor(round(x) - 8, round(y)).name() == theme.color("focus").name()
    assert shade(image, destination(SCENE, 180, 20)) != "#000000", "its field of view"
    told = painted(Live(chosen=(one,), lit="c1"))
    assert told != painted(Live(chosen=(one,)))
    unknown = Chosen(CameraId("c1"), where, 1, None, None, "")
    assert shade(painted(Live(chosen=(unknown,))), destination(SCENE, 180, 20)) == "#000000"


@pytest.mark.parametrize("shape", ["diamond", "circle", "square", "triangle", "new one"])
def test_every_shape_has_room_around_its_middle(shape: str) -> None:
    path = shape_path(shape, 9)
    assert path.contains(path.boundingRect().center())
    assert path.boundingRect().width() <= 18


def test_lengths_are_said_as_people_say_them() -> None:
    assert [length_words(m) for m in (7.4, 940, 1234)] == ["7 m", "940 m", "1.23 km"]


def test_whose_data_it_is_stands_in_the_corner(qtbot: QtBot) -> None:
    overlay = Overlay(Theme(), Text("경계: 국토교통부", "Boundaries"))

    def width() -> int:
        image = QImage(800, 600, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        overlay.paint(painter, VIEW)
        painter.end()
        return sum(image.pixelColor(x, 590).name() != "#000000" for x in range(400, 800))

    alone = width()
    overlay.base_attribution = "© 브이월드"
    assert width() > alone > 20
