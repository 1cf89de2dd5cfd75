from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.tour import MAX_DWELL, CameraStop, Stop, Tour, TourId, TourRun, WallStop
from app.domain.wall import WallId


def stop(name: str, seconds: float = 10.0) -> CameraStop:
    return CameraStop(CameraId(name), seconds)


def tour(*stops: Stop) -> Tour:
    return Tour(TourId("t"), "야간", stops)


ABC = tour(stop("a", 10), stop("b", 20), stop("c", 5))


def shown(run: TourRun) -> str:
    assert isinstance(run.stop, CameraStop)
    return run.stop.camera


@pytest.mark.parametrize(
    ("stops", "words"),
    [
        ((), "no stop"),
        ((stop("a"), WallStop(WallId("w"), 10)), "not both"),
        ((stop("a", 1),), "seconds"),
        ((stop("a", MAX_DWELL + 1),), "seconds"),
        ((stop("a", float("nan")),), "seconds"),
    ],
)
def test_what_is_no_tour_says_why(stops: tuple[Stop, ...], words: str) -> None:
    with pytest.raises(BadInput) as caught:
        tour(*stops)
    assert words in caught.value.text.en


def test_a_tour_is_of_cameras_or_of_walls() -> None:
    assert not ABC.of_walls
    assert tour(WallStop(WallId("w"), 10)).of_walls


@pytest.mark.parametrize(
    ("now", "name"), [(100, "a"), (109.9, "a"), (110, "b"), (129.9, "b"), (130, "c"), (135, "a"),
                      (100 + 35 * 1000 + 12, "b")]
)  # fmt: skip
def test_each_stop_lasts_its_time(now: float, name: str) -> None:
    assert shown(TourRun.start(ABC, 100).at(now)) == name


def test_a_pause_keeps_what_was_left_of_the_stop() -> None:
    run = TourRun.start(ABC, 0).pause(4)
    assert run.paused
    assert shown(run.at(500)) == "a"
    assert run.remaining(500) == 6
    assert run.upcoming(500, 1000) is None
    run = run.resume(500)
    assert shown(run.at(505.9)) == "a"
    assert shown(run.at(506)) == "b"


def test_a_touched_tour_goes_on_by_itself() -> None:
    run = TourRun.start(ABC, 0).pause(4, resume_after=30)
    assert run.at(33.9).paused
    assert not run.at(34).paused
    assert shown(run.at(40)) == "b"


def test_another_touch_waits_anew_but_never_ends_a_pause_for_good() -> None:
    touched = TourRun.start(ABC, 0).pause(4, resume_after=30).pause(20, resume_after=30)
    assert touched.at(49.9).paused
    assert not touched.at(50).paused
    for_good = TourRun.start(ABC, 0).pause(4).pause(20, resume_after=30)
    assert for_good.at(9999).paused


def test_resume_of_what_runs_changes_nothing() -> None:
    run = TourRun.start(ABC, 0)
    assert run.resume(5) is run


def test_next_and_previous_begin_the_stop_anew() -> None:
    run = TourRun.start(ABC, 0).next(9)
    assert shown(run.at(28.9)) == "b"
    assert shown(run.previous(12).at(12)) == "a"
    assert shown(TourRun.start(ABC, 0).previous(1)) == "c"


def test_next_while_paused_stays_paused() -> None:
    run = TourRun.start(ABC, 0).pause(4, resume_after=30).next(10)
    assert shown(run) == "b"
    assert run.at(33).paused
    assert run.at(34).remaining(34) == 20


def test_what_cannot_be_shown_is_passed_over() -> None:
    def live(s: Stop) -> bool:
        return isinstance(s, CameraStop) and s.camera != "b"

    run = TourRun.start(ABC, 0)
    assert shown(run.at(10, live)) == "c"
    assert run.upcoming(9, 2, live) == stop("c", 5)
    assert shown(run.next(1, live)) == "c"


def test_with_nothing_to_show_it_goes_through_all() -> None:
    assert shown(TourRun.start(ABC, 0).at(10, lambda _: False)) == "b"


def test_the_next_stop_is_told_in_time() -> None:
    run = TourRun.start(ABC, 0)
    assert run.upcoming(6.9, 3) is None
    assert run.upcoming(7, 3) == stop("b", 20)
    assert TourRun.start(tour(stop("a")), 0).upcoming(9, 3) is None


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=30))
def test_looking_often_or_once_gives_the_same_stop(steps: list[float]) -> None:
    now, often = 0.0, TourRun.start(ABC, 0)
    for step in steps:
        now += step
        often = often.at(now)
        assert 0 <= now - often.since < often.stop.dwell_seconds + 1e-6
    once = TourRun.start(ABC, 0).at(now)
    assert often.index == once.index or min(often.remaining(now), once.remaining(now)) < 1e-6
