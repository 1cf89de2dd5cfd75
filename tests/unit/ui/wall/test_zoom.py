from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.wall.zoom import MAXIMUM, NONE, STEP, Zoom

FRACTION = st.floats(0.0, 1.0)


def test_the_point_under_the_pointer_stays() -> None:
    zoomed = NONE.steps(3, 0.25, 0.75)
    assert zoomed.factor == pytest.approx(STEP**3)
    assert zoomed.left + 0.25 * zoomed.span == pytest.approx(0.25)
    assert zoomed.top + 0.75 * zoomed.span == pytest.approx(0.75)


def test_it_ends_at_eight_and_at_the_whole_picture() -> None:
    assert NONE.steps(100).factor == MAXIMUM
    assert NONE.steps(100).steps(-100) == NONE
    assert not NONE.active


def test_as_many_steps_out_as_in_show_the_whole_picture() -> None:
    zoom = NONE
    for step in (1, 1, 1, -1, -1, -1):
        zoom = zoom.steps(step, 0.9, 0.1)
    assert zoom == NONE


def test_panning_moves_by_what_is_seen() -> None:
    zoom = Zoom(4.0, 0.25, 0.25).panned(0.5, -0.5)
    assert (zoom.left, zoom.top) == (0.375, 0.125)
    assert zoom.source(800, 400) == (300.0, 50.0, 200.0, 100.0)


@given(
    st.lists(
        st.tuples(st.floats(-20, 20), FRACTION, FRACTION, st.floats(-3, 3), st.floats(-3, 3)),
        max_size=12,
    )
)
def test_it_never_leaves_the_picture(
    acts: list[tuple[float, float, float, float, float]],
) -> None:
    zoom = NONE
    for steps, x, y, dx, dy in acts:
        zoom = zoom.steps(steps, x, y).panned(dx, dy)
        assert 1.0 <= zoom.factor <= MAXIMUM
        assert -1e-9 <= zoom.left <= 1.0 - zoom.span + 1e-9
        assert -1e-9 <= zoom.top <= 1.0 - zoom.span + 1e-9
