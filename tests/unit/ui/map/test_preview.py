from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from pytestqt.qtbot import QtBot

from app.domain.stream import Fault
from tests.fakes.camera_site import CAMERAS, CameraSite
from ui.cameras.words import state_words
from ui.map.preview import SIZE, Preview, beside
from ui.theme import Theme
from ui.widgets.pictures import fitted


@pytest.fixture
def site() -> CameraSite:
    return CameraSite()


@pytest.fixture
def preview(qtbot: QtBot, site: CameraSite) -> Iterator[Preview]:
    made = Preview(site.streams, Theme(), state_words)
    yield made
    made.leave()
    made.deleteLater()


def test_a_camera_is_opened_only_after_the_pointer_rests(
    qtbot: QtBot, site: CameraSite, preview: Preview
) -> None:
    one, other = CAMERAS[:2]
    preview.point(one, QPoint(20, 20))
    preview.point(other, QPoint(30, 20))
    assert site.streams.shown() == set()
    qtbot.waitUntil(preview.isVisible)
    assert site.streams.shown() == {other.id}
    site.plays(other.number)
    site.engine.shows(other.id, 1)
    image = preview.grab().toImage()
    middle = image.pixelColor(image.width() // 2, SIZE.height() // 2)
    assert (middle.red(), middle.green(), middle.blue()) == (92, 91, 90)
    preview.point(None, QPoint())
    assert not preview.isVisible()
    assert preview.camera is None
    assert site.streams.shown() == set()


def test_one_that_is_not_live_says_so(qtbot: QtBot, site: CameraSite, preview: Preview) -> None:
    preview.point(CAMERAS[0], QPoint(20, 20))
    qtbot.waitUntil(preview.isVisible)
    site.fails(CAMERAS[0].number, Fault.UNAUTHORISED)
    image = preview.grab().toImage()
    row = [image.pixelColor(x, SIZE.height() // 2).name() for x in range(image.width())]
    assert len(set(row)) > 1, "there are words"


def test_the_picture_keeps_its_shape() -> None:
    box = QRectF(0, 0, 288, 162)
    assert fitted(box, 640, 360) == box
    narrow = fitted(box, 360, 360)
    assert narrow.width() == narrow.height() == 162
    assert narrow.center() == box.center()


def test_it_stays_on_the_screen() -> None:
    screen = QRect(0, 0, 1920, 1080)
    assert beside(QPoint(100, 100), QSize(288, 186), screen) == QPoint(118, 118)
    corner = beside(QPoint(1900, 1060), QSize(288, 186), screen)
    assert screen.contains(QRect(corner, QSize(288, 186)))
