from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.stream import DecodeMode, Fault, Phase, StreamStatus, Tier
from app.domain.tile import TileState, TileTruth
from ui.wall.tile_state import Corner, PictureStyle, Sight, look

ID = CameraId("c")
CAMERA = Camera(
    ID, 1417, "죽전네거리 동", "달서구", "생활방범", (Profile(ProfileName.SUB, "rtsp://h/s"),)
)
PLAYING = StreamStatus(ID, Phase.PLAYING, Tier(ProfileName.SUB, DecodeMode.FULL))
LIVE = TileTruth(TileState.LIVE, 0.05)
NOW = 100.0
FRESH = Sight(NOW - 0.05)


def test_a_live_tile_shows_its_picture_and_says_nothing() -> None:
    shown = look(CAMERA, LIVE, PLAYING, FRESH, NOW)
    assert shown.live
    assert shown.picture is PictureStyle.COLOUR
    assert (shown.age, shown.same, shown.delay, shown.corner) == (None, None, None, Corner.NOTHING)
    assert (shown.number, shown.name) == (1417, "죽전네거리 동")


@pytest.mark.parametrize("state", [state for state in TileState if state is not TileState.LIVE])
def test_no_old_picture_is_shown_as_new(state: TileState) -> None:
    shown = look(CAMERA, TileTruth(state, 14.2), PLAYING, Sight(NOW - 14.2), NOW)
    assert shown.picture is PictureStyle.GREY
    assert shown.age == 14


@pytest.mark.parametrize("state", list(TileState))
def test_without_a_picture_there_is_none(state: TileState) -> None:
    shown = look(CAMERA, TileTruth(state, None), PLAYING, Sight(None), NOW)
    assert shown.picture is PictureStyle.NONE
    assert shown.age is None


def test_the_age_goes_on_when_the_engine_has_forgotten_the_picture() -> None:
    truth = TileTruth(TileState.CONNECTING, None, Fault.DECODER_DIED)
    assert look(CAMERA, truth, PLAYING, Sight(NOW - 7.9), NOW).age == 7


def test_the_age_is_that_of_what_is_on_the_screen() -> None:
    kept_earlier = Sight(NOW - 5.0)
    truth = TileTruth(TileState.FROZEN, 4.1)
    assert look(CAMERA, truth, PLAYING, kept_earlier, NOW).age == 5


def test_the_tier_is_named_only_when_it_matters() -> None:
    main = replace(PLAYING, tier=Tier(ProfileName.MAIN, DecodeMode.FULL))
    key = replace(PLAYING, tier=Tier(ProfileName.SUB, DecodeMode.KEYFRAMES))
    large = Sight(NOW, large=True)
    assert look(CAMERA, LIVE, main, FRESH, NOW).corner is Corner.NOTHING
    assert look(CAMERA, LIVE, main, large, NOW).corner is Corner.MAIN
    assert look(CAMERA, LIVE, PLAYING, large, NOW).corner is Corner.NOTHING
    assert look(CAMERA, LIVE, key, FRESH, NOW).corner is Corner.KEYFRAMES
    part = replace(PLAYING, tier=Tier(ProfileName.SUB, DecodeMode.PARTIAL))
    assert look(CAMERA, LIVE, part, FRESH, NOW).corner is Corner.PARTIAL
    missing = replace(PLAYING, other_fault=Fault.NOT_FOUND)
    assert (
        look(CAMERA, LIVE, missing, replace(FRESH, large=True), NOW).corner is Corner.MAIN_MISSING
    )
    assert look(CAMERA, LIVE, missing, FRESH, NOW).corner is Corner.NOTHING


@pytest.mark.parametrize(
    ("latency", "lag", "said"),
    [(0.4, 9.0, None), (1.0, 0.0, None), (2.34, 0.0, 2.3), (None, 0.5, None), (None, 1.26, 1.3)],
)
def test_a_delay_is_told_above_a_second(
    latency: float | None, lag: float, said: float | None
) -> None:
    status = replace(PLAYING, latency=latency, lag=lag)
    assert look(CAMERA, LIVE, status, FRESH, NOW).delay == said


def test_a_repeating_encoder_is_a_suspicion_over_a_live_picture() -> None:
    status = replace(PLAYING, same_picture=12.7)
    shown = look(CAMERA, replace(LIVE, suspect=True), status, FRESH, NOW)
    assert shown.picture is PictureStyle.COLOUR
    assert shown.same == 12
    assert look(CAMERA, LIVE, status, FRESH, NOW).same is None


def test_a_look_differs_once_a_second_at_most() -> None:
    truth = TileTruth(TileState.FROZEN, 4.0)
    looks = [look(CAMERA, truth, PLAYING, Sight(NOW - 4.0), NOW + part / 10) for part in range(10)]
    assert len(set(looks)) == 1


def test_a_camera_without_an_address_says_so() -> None:
    bare = replace(CAMERA, profiles=())
    assert look(CAMERA, LIVE, PLAYING, FRESH, NOW).addressed
    assert not look(bare, TileTruth(TileState.OFF, None), PLAYING, Sight(None), NOW).addressed
