"""What a row looks like, by the colours that are in it."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.stream import Fault
from app.domain.tile import TileState
from tests.fakes.camera_site import CAMERAS, CameraSite
from ui.cameras import marks
from ui.cameras.delegate import ROW
from ui.cameras.marks import Shape
from ui.cameras.model import CameraTreeModel
from ui.cameras.roles import CameraRow
from ui.cameras.states import LiveStates
from ui.cameras.view import CameraView
from ui.theme import Theme, ThemeName


class Stage:
    def __init__(self, qtbot: QtBot) -> None:
        self.site = CameraSite()
        self.theme = Theme()
        self.model = CameraTreeModel(LiveStates(self.site.streams))
        self.model.load(self.site.catalog.tree(), self.site.catalog.places())
        self.tree = CameraView(self.model, self.theme)
        self.model.setParent(self.tree)
        qtbot.addWidget(self.tree)
        self.tree.resize(336, 400)
        self.tree.expandAll()

    def row(self, number: int) -> QImage:
        index = self.model.index_of(CameraId(f"c{number}"))
        return self.tree.viewport().grab(self.tree.visualRect(index)).toImage()

    def has(self, picture: QImage, token: str) -> bool:
        color = self.theme.color(token)
        return any(
            near(picture.pixelColor(x, y), color)
            for x in range(picture.width())
            for y in range(picture.height())
        )


def near(one: QColor, other: QColor) -> bool:
    apart = (
        one.red() - other.red(),
        one.green() - other.green(),
        one.blue() - other.blue(),
    )
    return max(map(abs, apart)) < 12


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_colour_is_for_state_only(stage: Stage) -> None:
    off = stage.row(1021)
    assert not any(stage.has(off, token) for token in ("fine", "normal", "urgent"))
    stage.site.plays(1021)
    assert stage.has(stage.row(1021), "fine")
    stage.site.fails(1021, Fault.NOT_FOUND)
    assert stage.has(stage.row(1021), "urgent")
    assert not stage.has(stage.row(1044), "urgent")


def test_a_group_shows_that_something_is_wrong_below(stage: Stage) -> None:
    site = stage.model.index(1, 0)

    def grab() -> QImage:
        return stage.tree.viewport().grab(stage.tree.visualRect(site)).toImage()

    assert not stage.has(grab(), "urgent")
    stage.site.fails(1021)
    assert stage.has(grab(), "urgent")


def test_the_theme_can_change(stage: Stage) -> None:
    stage.site.plays(1021)
    stage.theme.set(ThemeName.LIGHT)
    assert stage.has(stage.row(1021), "fine")


def test_rows_grow_with_large_text(stage: Stage) -> None:
    assert stage.tree.sizeHintForRow(0) == ROW
    stage.theme.set(ThemeName.DARK, large=True)
    assert stage.tree.sizeHintForRow(0) == stage.theme.px(ROW) > ROW


def test_a_long_name_is_cut_and_its_state_is_not(stage: Stage) -> None:
    long = dataclasses.replace(CAMERAS[0], name="아주 긴 이름 " * 20)
    stage.site.catalog.load([long])
    stage.model.load(stage.site.catalog.tree(), stage.site.catalog.places())
    stage.tree.expandAll()
    before = stage.row(1021)
    stage.site.fails(1021)
    after = stage.row(1021)
    end = QRect(before.width() - 60, 0, 48, before.height())
    assert before.copy(end) != after.copy(end)


@pytest.mark.parametrize(
    ("state", "shape"),
    [
        (TileState.LIVE, Shape.DOT),
        (TileState.OFF, Shape.POINT),
        (TileState.CONNECTING, Shape.RING),
        (TileState.LATE, Shape.HALF),
        (TileState.FROZEN, Shape.SQUARE),
        (TileState.UNREACHABLE, Shape.DIAMOND),
    ],
)
def test_shapes_tell_states_apart_without_colour(state: TileState, shape: Shape) -> None:
    assert marks.mark_of(CameraRow(CAMERAS[0], state)).shape is shape
    assert marks.mark_of(CameraRow(CAMERAS[4], state)).shape is Shape.DASH


def test_one_mark_for_each_look() -> None:
    looks = {marks.mark_of(CameraRow(CAMERAS[0], state)) for state in TileState}
    assert len(looks) == len({look.shape for look in looks}) == 6
