"""Masks drawn by hand and by key: ui.cameras.mask_editor and .mask_canvas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.camera import Masks
from app.domain.stream import Fault
from tests.fakes.camera_site import CAMERAS, CameraSite
from ui.cameras.mask_canvas import MaskCanvas
from ui.cameras.mask_editor import MaskEditor
from ui.cameras.words import state_words
from ui.theme import Theme
from ui.widgets.pictures import fitted

SQUARE = ((0.2, 0.2), (0.6, 0.2), (0.6, 0.6), (0.2, 0.6))
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Hand:
    """An editor on the screen, its picture live; points are parts of the picture."""

    def __init__(self, qtbot: QtBot, masks: Masks = ()) -> None:
        self.site = CameraSite()
        self.camera = replace(CAMERAS[0], masks=masks)
        self.editor = MaskEditor(self.camera, self.site.streams, Theme(), state_words)
        self.canvas: MaskCanvas = self.editor.canvas
        self.decided: list[tuple[Masks, str]] = []
        self.editor.decided.connect(lambda masks, reason: self.decided.append((masks, reason)))
        self.editor.open()
        qtbot.waitExposed(self.editor)
        self.site.plays(self.camera.number)
        self.site.engine.shows(self.camera.id, 1)
        self.canvas.grab()

    @property
    def masks(self) -> Masks:
        return self.editor.draft.masks

    def at(self, x: float, y: float) -> QPoint:
        box = fitted(self.canvas.rect().toRectF(), 16, 9)
        with self.site.engine.newest(self.camera.id) as picture:
            assert picture is not None
            box = fitted(self.canvas.rect().toRectF(), picture.width, picture.height)
        spot = QPointF(box.x() + x * box.width(), box.y() + y * box.height())
        return spot.toPoint()

    def click(self, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
        QTest.mouseClick(self.canvas, button, pos=self.at(x, y))

    def drag(self, from_: tuple[float, float], to: tuple[float, float]) -> None:
        QTest.mousePress(self.canvas, LEFT, pos=self.at(*from_))
        QTest.mouseMove(self.canvas, self.at(*to))
        QTest.mouseRelease(self.canvas, LEFT, pos=self.at(*to))

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.canvas, key)

    def near(self, wanted: Masks) -> bool:
        return [pytest.approx(one, abs=0.01) for mask in wanted for one in mask] == [
            one for mask in self.masks for one in mask
        ]


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    made = Hand(qtbot)
    yield made
    made.editor.close()
    made.editor.deleteLater()


@pytest.fixture
def masked(qtbot: QtBot) -> Iterator[Hand]:
    made = Hand(qtbot, (SQUARE,))
    yield made
    made.editor.close()
    made.editor.deleteLater()


@pytest.mark.parametrize("way", ["first corner", "right click", "enter", "double click"])
def test_a_shape_is_closed_in_every_usual_way(hand: Hand, way: str) -> None:
    for point in SQUARE:
        hand.click(*point)
    assert hand.masks == ()
    assert not hand.editor.save.isEnabled()
    match way:
        case "first corner":
            hand.click(*SQUARE[0])
        case "right click":
            hand.click(0.9, 0.9, RIGHT)
        case "enter":
            hand.key(Qt.Key.Key_Return)
        case _:
            QTest.mouseDClick(hand.canvas, LEFT, pos=hand.at(*SQUARE[3]))
    assert hand.near((SQUARE,))
    assert hand.editor.save.isEnabled()
    hand.editor.save.click()
    assert [reason for _, reason in hand.decided] == [""]
    assert not hand.editor.isVisible()
    assert hand.site.streams.shown() == set()


def test_corners_are_taken_back_and_a_shape_is_given_up(hand: Hand) -> None:
    for point in SQUARE[:3]:
        hand.click(*point)
    hand.key(Qt.Key.Key_Backspace)
    assert len(hand.editor.draft.open) == 2
    hand.click(0.9, 0.9, RIGHT)
    assert hand.masks == ()
    seen = []
    for _ in range(2):
        hand.key(Qt.Key.Key_Escape)
        seen.append((len(hand.editor.draft.open), hand.editor.isVisible()))
    assert seen == [(0, True), (0, False)]
    assert hand.decided == []


def test_steps_are_undone_and_done_again(hand: Hand) -> None:
    assert not hand.editor.undoing.isEnabled()
    hand.click(0.1, 0.1)
    hand.click(0.2, 0.1)
    hand.editor.undoing.click()
    assert len(hand.editor.draft.open) == 1
    hand.editor.redoing.click()
    assert len(hand.editor.draft.open) == 2


def test_a_corner_and_a_mask_are_dragged(masked: Hand) -> None:
    masked.drag((0.6, 0.6), (0.8, 0.7))
    assert masked.near(((*SQUARE[:2], (0.8, 0.7), SQUARE[3]),))
    masked.editor.undo()
    masked.drag((0.3, 0.3), (0.4, 0.5))
    assert masked.near((tuple((x + 0.1, y + 0.2) for x, y in SQUARE),))
    # A drag is one step, not as many as the mouse said.
    masked.editor.undo()
    assert masked.masks == (SQUARE,)


def test_it_goes_without_a_mouse(masked: Hand) -> None:
    masked.key(Qt.Key.Key_PageDown)
    masked.key(Qt.Key.Key_Right)
    masked.key(Qt.Key.Key_Down)
    assert masked.near((tuple((x + 0.01, y + 0.01) for x, y in SQUARE),))
    masked.key(Qt.Key.Key_Delete)
    assert masked.masks == ()
    masked.key(Qt.Key.Key_F24)


def test_whoever_changes_masks_says_why(masked: Hand) -> None:
    editor = masked.editor
    assert not editor.save.isEnabled()
    editor.clear.click()
    assert not editor.save.isEnabled()
    assert "why" in editor.problem.text()
    editor.reason.setText("  집이 철거됨 ")
    editor.save.click()
    assert masked.decided == [((), "집이 철거됨")]


def test_a_mask_is_chosen_and_deleted(masked: Hand) -> None:
    assert not masked.editor.remove.isEnabled()
    masked.click(0.3, 0.3)
    masked.editor.remove.click()
    assert masked.masks == ()
    assert masked.editor.problem.text().startswith("Say why")


def test_the_picture_lies_below_the_masks(masked: Hand) -> None:
    image = masked.canvas.grab().toImage()
    free, covered = (image.pixelColor(masked.at(*at)) for at in ((0.9, 0.9), (0.4, 0.4)))
    assert (free.red(), free.green(), free.blue()) == (92, 91, 90)
    assert covered != free


def test_a_camera_that_is_not_live_says_so(masked: Hand) -> None:
    masked.site.fails(masked.camera.number, Fault.UNAUTHORISED)
    image = masked.canvas.grab().toImage()
    middle = image.height() // 2
    assert len({image.pixelColor(x, middle).name() for x in range(image.width())}) > 1


def test_the_language_can_change(masked: Hand) -> None:
    masked.editor.save.setText("")
    QApplication.sendEvent(masked.editor, QEvent(QEvent.Type.LanguageChange))
    assert masked.editor.save.text() == "Save"
    assert str(masked.camera.number) in masked.editor.windowTitle()
