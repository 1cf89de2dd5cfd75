from __future__ import annotations

import pytest

from app.domain.camera import CameraId
from app.domain.stream import Fault, Phase
from app.domain.tile import TileState
from app.domain.tour import CameraStop, Tour, TourId, TourRun
from ui.wall.pane import Kind
from ui.wall.tile_state import Corner, PictureStyle, TileLook
from ui.wall.words import (
    corner_words,
    duration,
    role_words,
    state_words,
    suspicion_words,
    vacancy_words,
)

pytestmark = pytest.mark.usefixtures("qapp")


def look(
    state: TileState,
    fault: Fault | None = None,
    phase: Phase = Phase.WAITING,
    age: int | None = None,
    attempt: int = 0,
) -> TileLook:
    style = PictureStyle.NONE if age is None else PictureStyle.GREY
    return TileLook(1650, "Park", state, style, phase, fault, age, attempt)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (3661, "1 h 1 min")],
)
def test_a_duration_is_as_short_as_it_can_be(seconds: int, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("shown", "headline", "hint"),
    [
        (
            look(TileState.FROZEN, Fault.SESSION_LOST, age=14, attempt=3),
            "Frozen picture · 14 s ago",
            "Reconnecting (attempt 3)",
        ),
        (
            look(TileState.FROZEN, phase=Phase.PLAYING, age=4),
            "Frozen picture · 4 s ago",
            "The camera sends no new picture",
        ),
        (
            look(TileState.UNAUTHORISED, Fault.UNAUTHORISED, attempt=2),
            "Sign-in failed",
            "Camera 1650 · check the password",
        ),
        (
            look(TileState.UNAUTHORISED, Fault.FORBIDDEN),
            "Access denied",
            "This account may not view the camera",
        ),
        (
            look(TileState.CONNECTING, phase=Phase.CONNECTING),
            "Connecting",
            "Waiting for the first picture",
        ),
        (
            look(TileState.CONNECTING, Fault.DECODER_DIED, age=0),
            "Reconnecting · 0 s ago",
            "The decoder is being restarted",
        ),
        (
            look(TileState.UNREACHABLE, Fault.TIMED_OUT, age=75, attempt=7),
            "No connection · 1 min 15 s ago",
            "The camera does not answer · attempt\N{NO-BREAK SPACE}7",
        ),
        (
            look(TileState.NOT_FOUND, Fault.NOT_FOUND, attempt=1),
            "No such stream",
            "The camera has no stream at this address",
        ),
    ],
)
def test_a_tile_that_is_not_live_says_why(shown: TileLook, headline: str, hint: str) -> None:
    words = state_words(shown)
    assert words is not None
    assert (words.headline, words.hint) == (headline, hint)


def test_a_live_tile_has_no_words_over_its_picture() -> None:
    live = TileLook(1, "a", TileState.LIVE, PictureStyle.COLOUR)
    assert state_words(live) is None
    assert corner_words(live) == ""
    assert suspicion_words(live) == ""


@pytest.mark.parametrize("state", [state for state in TileState if state is not TileState.LIVE])
@pytest.mark.parametrize("fault", [None, *Fault])
@pytest.mark.parametrize("age", [None, 5])
def test_every_state_has_words(state: TileState, fault: Fault | None, age: int | None) -> None:
    words = state_words(look(state, fault, age=age))
    assert words is not None
    assert words.headline
    assert (age is None) == ("5 s" not in words.headline)


def test_the_corner_tells_delay_and_tier() -> None:
    shown = TileLook(
        1, "a", TileState.LIVE, PictureStyle.COLOUR, corner=Corner.KEYFRAMES, delay=2.3
    )
    assert corner_words(shown) == "2.3 s late · Key frames"
    assert (
        corner_words(TileLook(1, "a", TileState.LIVE, PictureStyle.COLOUR, corner=Corner.MAIN))
        == "Main"
    )


def test_a_suspicion_is_worded_as_one() -> None:
    shown = TileLook(1, "a", TileState.LIVE, PictureStyle.COLOUR, same=12)
    assert suspicion_words(shown) == "Same picture repeating? · 12 s"


def test_tiles_say_what_they_are_for() -> None:
    tour = Tour(TourId("t"), "day", tuple(CameraStop(CameraId(c), 10.0) for c in "ab"))
    run = TourRun.start(tour, 0.0)
    assert role_words(Kind.TOUR, run) == "Tour 1/2"
    assert role_words(Kind.TOUR, run.pause(1.0)) == "Tour 1/2 · paused"
    assert role_words(Kind.CAMERA, None) == ""
    assert role_words(Kind.HOT_SPOT, None) == "Hot spot"
    assert vacancy_words(Kind.FREE, focused=False) is None
    for kind in Kind:
        assert vacancy_words(kind, focused=True) is not None
