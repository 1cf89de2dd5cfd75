from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.layout import MAX_GRID, MAX_TILES, Cell, layout_named
from app.domain.layout_edit import (
    Draft,
    blank,
    draft_of,
    finished,
    merged,
    problems,
    resized,
    spanning,
    split,
)


def covers_its_grid_once(draft: Draft) -> bool:
    units = sorted((u.row, u.column) for cell in draft.cells for u in cell.units())
    return units == [(r, c) for r in range(draft.rows) for c in range(draft.columns)]


def test_two_corners_span_a_rectangle() -> None:
    assert spanning(Cell(3, 1), Cell(1, 2)) == Cell(1, 1, 3, 2)
    assert spanning(Cell(0, 0, 2, 2), Cell(1, 1)) == Cell(0, 0, 2, 2)


def test_drawing_one_large_and_five() -> None:
    draft = merged(blank(3, 3), spanning(Cell(0, 0), Cell(1, 1)))
    assert finished(draft, "own").cells == layout_named("1+5").cells


def test_a_known_layout_can_be_changed() -> None:
    draft = draft_of(layout_named("2+8"))
    apart = split(draft, draft.cells.index(Cell(0, 0, 2, 2)))
    assert len(apart.cells) == 13
    assert Cell(2, 0, 2, 2) in apart.cells
    assert covers_its_grid_once(apart)


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (Cell(2, 2, 2, 1), "leaves"),
        (Cell(-1, 0, 2, 1), "leaves"),
        (Cell(0, 0, 0, 1), "leaves"),
        (Cell(0, 0, 1, 0), "leaves"),
        (Cell(1, 1, 2, 2), "cuts"),
    ],
)
def test_what_cannot_be_merged_says_why(area: Cell, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        merged(draft_of(layout_named("1+5")), area)
    assert words in caught.value.text.en


def test_a_merged_cell_can_be_taken_into_a_larger_one() -> None:
    whole = merged(draft_of(layout_named("1+5")), Cell(0, 0, 3, 3))
    assert whole.cells == (Cell(0, 0, 3, 3),)


def test_a_smaller_grid_lets_cells_fall_apart() -> None:
    smaller = resized(draft_of(layout_named("1+7")), 3, 2)
    assert smaller == blank(3, 2)
    larger = resized(draft_of(layout_named("1+5")), 4, 3)
    assert Cell(0, 0, 2, 2) in larger.cells
    assert covers_its_grid_once(larger)


def test_a_grid_keeps_to_its_limits() -> None:
    assert (blank(0, -3).columns, blank(0, -3).rows) == (1, 1)
    assert blank(99, 1).columns == MAX_GRID


def test_problems_name_everything_at_once() -> None:
    found = problems(blank(9, 9), "  ")
    assert [text.en for text in found] == [
        "Enter a name.",
        f"{MAX_TILES} tiles at most, not 81: merge cells or make the grid smaller.",
    ]
    assert problems(blank(2, 2), "정문", taken=["4"]) == ()
    assert "taken" in problems(blank(2, 2), " GATE ", taken=["Gate"])[0].en
    with pytest.raises(BadInput):
        finished(blank(9, 9), "large")


@given(st.data())
def test_whatever_is_drawn_covers_the_grid_once(data: st.DataObject) -> None:
    draft = blank(data.draw(st.integers(1, 8)), data.draw(st.integers(1, 8)))
    for _ in range(data.draw(st.integers(1, 8))):
        if data.draw(st.booleans()):
            corners = st.sampled_from(draft.cells)
            area = spanning(data.draw(corners), data.draw(corners))
            try:
                draft = merged(draft, area)
            except BadInput:
                continue
            assert area in draft.cells
        else:
            draft = split(draft, data.draw(st.integers(0, len(draft.cells) - 1)))
        assert covers_its_grid_once(draft)
    assert problems(draft, "own") == ()
