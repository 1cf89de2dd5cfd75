from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.layout import LAYOUTS, Cell, Layout, layout_named
from ui.theme import Theme
from ui.wall.layout_canvas import LayoutCanvas, spanned
from ui.wall.layout_draft import Draft
from ui.wall.layout_editor import LayoutEditor

Key = Qt.Key
places = st.tuples(st.integers(0, 5), st.integers(0, 5))
areas = st.tuples(places, places).map(lambda corners: spanned(*corners))
edits = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "empty", "resize"]), areas), max_size=12
)


def edited(draft: Draft, kind: str, area: Cell) -> Draft:
    if kind == "merge":
        return draft.merged(area)
    if kind == "empty":
        return draft.emptied(area)
    if kind == "resize":
        return draft.resized(area.right, area.bottom)
    cell = draft.at(area.column, area.row)
    return draft if cell is None else draft.split(cell)


@given(edits)
def test_whatever_is_drawn_has_no_overlap_and_stays_inside(steps: list[tuple[str, Cell]]) -> None:
    draft = Draft.plain(6, 6)
    for kind, area in steps:
        draft = edited(draft, kind, area)
        assert draft.fault is None or not draft.cells


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_survives_the_editor(layout: Layout) -> None:
    assert set(Draft.of(layout).layout("x").cells) == set(layout.cells)


def test_merging_takes_every_tile_that_it_touches() -> None:
    draft = Draft.plain(4, 4).merged(Cell(0, 0, 2, 2)).merged(Cell(1, 1, 2, 1))
    assert draft.at(2, 1) == Cell(0, 0, 3, 2)


def test_a_gap_can_be_made_and_filled_again() -> None:
    draft = Draft.plain(2, 1).emptied(Cell(0, 0))
    assert draft.cells == (Cell(1, 0),)
    assert draft.resized(3, 1).at(0, 0) is None
    assert draft.emptied(Cell(0, 0)) == Draft.plain(2, 1)


@pytest.fixture
def drawn() -> list[Layout]:
    return []


@pytest.fixture
def editor(qtbot: QtBot, drawn: list[Layout]) -> LayoutEditor:
    made = LayoutEditor(layout_named("16"), Theme())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.drawn.connect(drawn.append)
    qtbot.addWidget(made)
    made.show()
    return made


def middle(canvas: LayoutCanvas, column: int, row: int) -> QPoint:
    return canvas.area_of(Cell(column, row)).center()


def test_dragging_merges_double_click_splits_right_click_empties(editor: LayoutEditor) -> None:
    canvas, left = editor.canvas, Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=middle(canvas, 0, 0))
    QTest.mouseMove(canvas, middle(canvas, 1, 1))
    QTest.mouseRelease(canvas, left, pos=middle(canvas, 1, 1))
    assert editor.draft.at(1, 1) == Cell(0, 0, 2, 2)
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=middle(canvas, 3, 3))
    assert editor.draft.at(3, 3) is None
    QTest.mouseDClick(canvas, left, pos=middle(canvas, 0, 0))
    assert len(editor.draft.cells) == 15


def test_the_keyboard_does_the_same_and_undo_takes_it_back(editor: LayoutEditor) -> None:
    canvas = editor.canvas
    canvas.select((0, 0), (0, 0))
    QTest.keyClick(canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Key.Key_Space)
    assert editor.draft.at(1, 0) == Cell(0, 0, 2, 1)
    QTest.keyClick(canvas, Key.Key_Backspace)
    assert editor.draft.at(1, 0) == Cell(1, 0)
    QTest.keyClick(canvas, Key.Key_Down)
    QTest.keyClick(canvas, Key.Key_Delete)
    assert len(editor.draft.cells) == 15
    for _ in range(3):
        editor.undo()
    assert editor.draft == Draft.of(layout_named("16"))
    editor.redo()
    assert editor.draft.at(1, 0) == Cell(0, 0, 2, 1)


def test_what_is_wrong_is_said_and_only_a_whole_layout_is_saved(
    editor: LayoutEditor, drawn: list[Layout]
) -> None:
    assert "name" in editor.problem.text()
    editor.name.setText("Gate")
    assert editor.save.isEnabled()
    editor.columns.setValue(20)
    assert "64 tiles at most" in editor.problem.text()
    assert not editor.save.isEnabled()
    editor.undo()
    assert editor.columns.value() == 4
    editor.save.click()
    assert [layout.name for layout in drawn] == ["Gate"]
