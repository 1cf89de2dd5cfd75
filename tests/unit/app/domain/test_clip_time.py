from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clip_time import FrameTimes, PlayHead

# As a camera sends them: 15 a second, with the jitter of its clock and one lost picture.
UNEVEN = FrameTimes.of([0.2, 0.0, 0.07, 0.131, 0.33])


def test_times_are_sorted_and_the_last_picture_stands_as_long_as_the_one_before() -> None:
    assert UNEVEN.starts == (0.0, 0.07, 0.131, 0.2, 0.33)
    assert UNEVEN.end == pytest.approx(0.46)


@pytest.mark.parametrize(
    ("seconds", "index"), [(-1.0, 0), (0.0, 0), (0.069, 0), (0.07, 1), (0.25, 3), (9.0, 4)]
)
def test_which_picture_is_on_the_screen(seconds: float, index: int) -> None:
    assert UNEVEN.index(seconds) == index


@given(st.lists(st.floats(0.0, 3600.0), min_size=1, max_size=50))
def test_the_middle_of_a_picture_belongs_to_it(times: list[float]) -> None:
    spaced = [round(time, 2) for time in times]
    frames = FrameTimes.of(spaced)
    for index in range(len(frames.starts)):
        assert frames.index(frames.middle(index)) == index
        assert frames.index(frames.start(index)) == index


def test_ends_are_not_passed() -> None:
    assert UNEVEN.start(-5) == 0.0
    assert UNEVEN.start(99) == 0.33
    assert UNEVEN.middle(99) == pytest.approx(0.395)


def test_a_clip_of_one_picture_or_none() -> None:
    assert FrameTimes.of([0.5]).middle(0) == 0.5
    assert FrameTimes.of([]).starts == (0.0,)


HEAD = PlayHead(length=10.0, position=2.0, at=100.0, speed=4.0, playing=True)


@pytest.mark.parametrize(("at", "position"), [(100.0, 2.0), (101.0, 6.0), (200.0, 10.0)])
def test_it_runs_at_its_speed_to_the_end(at: float, position: float) -> None:
    assert HEAD.now(at) == position


def test_paused_it_stands() -> None:
    stopped = HEAD.run(101.0, playing=False)
    assert stopped.now(101.0) == stopped.now(500.0) == 6.0
    assert stopped.run(500.0, playing=True).now(501.0) == 10.0


def test_a_change_of_speed_does_not_move_it() -> None:
    slower = HEAD.at_speed(0.5, 101.0)
    assert (slower.now(101.0), slower.now(103.0)) == (6.0, 7.0)


@pytest.mark.parametrize(("to", "position"), [(-3.0, 0.0), (5.0, 5.0), (99.0, 10.0)])
def test_it_moves_within_the_clip(to: float, position: float) -> None:
    assert HEAD.moved(to, 101.0).now(101.0) == position
