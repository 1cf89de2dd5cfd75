"""Masks while they are drawn: app.domain.mask_draft."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import MOST_MASK_POINTS, MOST_MASKS
from app.domain.mask_draft import MaskDraft

SQUARE = ((0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.4))
# A notch in its right side: a simple box around it would be wrong there.
NOTCHED = ((0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0))


def drawn(*points: tuple[float, float]) -> MaskDraft:
    draft = MaskDraft()
    for point in points:
        draft = draft.added(point)
    return draft


def test_three_corners_make_a_mask() -> None:
    assert drawn((0, 0), (1, 0)).closed().masks == ()
    closed = drawn((0, 0), (1, 0), (1, 1)).closed()
    assert closed == MaskDraft((((0, 0), (1, 0), (1, 1)),), (), 0)


def test_a_corner_beyond_the_picture_stands_on_its_edge() -> None:
    assert drawn((-0.2, 0.5), (1.4, 2)).open == ((0.0, 0.5), (1.0, 1.0))


def test_a_corner_and_a_shape_are_taken_back() -> None:
    draft = drawn((0, 0), (1, 0), (1, 1))
    assert draft.stepped_back().open == ((0, 0), (1, 0))
    assert draft.without_open() == MaskDraft()
    assert MaskDraft().stepped_back() == MaskDraft()


def test_no_more_than_the_hub_keeps() -> None:
    draft = MaskDraft((SQUARE,) * MOST_MASKS)
    assert draft.full
    assert draft.added((0.5, 0.5)) == draft
    many = drawn(*((0.5, n / 100) for n in range(MOST_MASK_POINTS + 3)))
    assert len(many.open) == MOST_MASK_POINTS


@pytest.mark.parametrize(
    ("point", "chosen"), [((0.3, 0.5), 1), ((0.3, 0.3), 1), ((0.9, 0.5), None), ((0.9, 0.1), None)]
)
def test_what_is_chosen_is_what_lies_there(point: tuple[float, float], chosen: int | None) -> None:
    assert MaskDraft((SQUARE, NOTCHED)).chosen_at(point).chosen == chosen


def test_a_keyboard_goes_through_the_masks() -> None:
    draft = MaskDraft((SQUARE, NOTCHED))
    assert [draft.stepped(by).chosen for by in (1, -1)] == [0, 1]
    assert draft.stepped(1).stepped(1).stepped(1).chosen == 0
    assert MaskDraft().stepped(1) == MaskDraft()


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_a_moved_mask_keeps_its_shape_and_stays_inside(across: float, down: float) -> None:
    ((mask),) = MaskDraft((SQUARE,), (), 0).moved(across, down).masks
    assert all(0 <= part <= 1 for point in mask for part in point)
    sides = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(mask)]
    assert sides == [pytest.approx(side) for side in ((0.2, 0), (0, 0.2), (-0.2, 0))]


def test_masks_are_bent_removed_and_emptied() -> None:
    draft = MaskDraft((SQUARE, NOTCHED))
    bent = draft.bent(0, 2, (0.6, 5))
    assert (bent.masks[0][2], bent.chosen) == ((0.6, 1.0), 0)
    assert bent.removed() == MaskDraft((NOTCHED,))
    assert draft.removed() == draft
    assert draft.moved(0.1, 0.1) == draft
    assert draft.emptied() == MaskDraft()
