"""What all viewers together ask of the engine, and the truth of every tile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.stream import DecodeMode, Fault, Importance, Phase, StreamStatus, Want
from app.domain.tile import TileState
from app.services.streams import LINGER, Streams, StreamSettings
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine, playing

A, B, ONE, BLIND = CameraId("a"), CameraId("b"), CameraId("one"), CameraId("blind")
SMALL = Want(320, 180)
MAIN, SUB = ProfileName.MAIN, ProfileName.SUB


def camera(name: CameraId, *profiles: ProfileName) -> Camera:
    made = tuple(Profile(p, f"rtsp://10.0.0.7/{name}/{p}", height=360) for p in profiles)
    return Camera(name, 1, name, "site", "purpose", made)


CAMERAS = {
    A: camera(A, MAIN, SUB),
    B: camera(B, MAIN, SUB),
    ONE: camera(ONE, MAIN),
    BLIND: camera(BLIND),
}


class Wall:
    def __init__(self) -> None:
        self.engine = FakeEngine()
        self.clock = HandClock()
        self.cameras = dict(CAMERAS)
        self.streams = Streams(
            self.engine, self.cameras.get, self.clock, StreamSettings(replay_seconds=30.0)
        )
        self.changed: list[CameraId] = []
        self.streams.truth_changed.connect(self.changed.append)

    def tick(self, seconds: float = 0.5) -> None:
        self.clock.at += seconds
        self.streams.tick(0.0)


@pytest.fixture
def wall() -> Wall:
    return Wall()


def test_a_camera_is_opened_once_for_all_who_want_it_as_large_as_the_largest(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    wall.streams.declare("2", {A: Want(640, 100, Importance.FOCUSED)})
    (plan,) = wall.engine.plans.values()
    assert (plan.width, plan.height, plan.replay_seconds) == (640, 180, 30.0)
    assert plan.url == "rtsp://10.0.0.7/a/sub"
    wall.streams.withdraw("2")
    assert wall.engine.plans[A].width == 320


def test_who_asks_for_a_sharp_picture_gets_main(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    wall.streams.declare("2", {A: replace(SMALL, sharp=True)})
    assert wall.engine.plans[A].tier.profile is MAIN
    assert wall.engine.plans[A].url == "rtsp://10.0.0.7/a/main"


def test_a_camera_with_one_stream_shows_that_one(wall: Wall) -> None:
    wall.streams.declare("main", {ONE: SMALL})
    assert wall.engine.plans[ONE].url == "rtsp://10.0.0.7/one/main"


def test_the_decoder_is_told_what_nobody_may_see_of_it(wall: Wall) -> None:
    masks = (((0.0, 0.0), (0.5, 0.0), (0.5, 0.5)),)
    wall.cameras[A] = replace(CAMERAS[A], masks=masks)
    wall.streams.declare("main", {A: SMALL, B: SMALL})
    assert wall.engine.plans[A].masks == masks
    assert wall.engine.plans[B].masks == ()


def test_a_camera_that_nobody_shows_lingers_and_then_ends(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL, B: SMALL})
    wall.streams.declare("main", {B: SMALL})
    assert set(wall.engine.plans) == {A, B}
    assert wall.streams.shown() == {B}
    assert wall.streams.watched() == {A, B}
    wall.tick(LINGER - 0.5)
    assert set(wall.engine.plans) == {A, B}
    wall.tick(1.0)
    assert set(wall.engine.plans) == {B}


def test_who_comes_back_in_time_finds_the_camera_connected(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    wall.streams.declare("main", {})
    wall.tick(LINGER - 1.0)
    wall.streams.declare("main", {A: SMALL})
    wall.tick(LINGER * 2)
    assert set(wall.engine.plans) == {A}


def test_what_the_catalogue_does_not_have_is_not_opened(wall: Wall) -> None:
    wall.streams.declare("main", {CameraId("gone"): SMALL, BLIND: SMALL, A: SMALL})
    assert set(wall.engine.plans) == {A}
    assert wall.streams.truth(BLIND).state is TileState.OFF
    assert wall.streams.truth(CameraId("gone")).state is TileState.OFF


def test_a_camera_whose_address_was_changed_is_opened_anew(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    moved = Profile(SUB, "rtsp://10.0.0.8/new")
    wall.cameras[A] = replace(CAMERAS[A], profiles=(moved,))
    wall.tick()
    assert wall.engine.plans[A].url == "rtsp://10.0.0.8/new"


def test_a_tile_is_never_larger_than_a_screen_nor_empty(wall: Wall) -> None:
    wall.streams.declare("main", {A: Want(99_999, 99_999), B: Want(0, 0)})
    assert (wall.engine.plans[A].width, wall.engine.plans[A].height) == (3840, 2160)
    assert (wall.engine.plans[B].width, wall.engine.plans[B].height) == (2, 2)


def test_every_change_of_a_truth_is_told_once(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    wall.engine.says(StreamStatus(A, Phase.CONNECTING))
    wall.engine.says(StreamStatus(A, Phase.CONNECTING, bytes_received=100))
    assert wall.changed == [A]
    wall.engine.ages[A] = 0.1
    wall.engine.says(playing(A))
    assert wall.changed == [A, A]
    assert wall.streams.truth(A).state is TileState.LIVE
    wall.tick()
    assert wall.changed == [A, A]


def test_a_picture_that_grows_old_is_noticed_without_a_word_of_the_engine(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    wall.engine.ages[A] = 0.1
    wall.engine.says(playing(A))
    states = []
    wall.streams.truth_changed.connect(lambda c: states.append(wall.streams.truth(c).state))
    for age in (0.5, 1.2, 1.7, 3.2, 3.7, 0.1):
        wall.engine.ages[A] = age
        wall.tick()
    assert states == [TileState.LATE, TileState.FROZEN, TileState.LIVE]


def test_the_reason_is_part_of_the_truth(wall: Wall) -> None:
    wall.streams.declare("main", {A: SMALL})
    wall.engine.says(StreamStatus(A, Phase.WAITING, fault=Fault.UNAUTHORISED, attempt=2))
    truth = wall.streams.truth(A)
    assert (truth.state, truth.fault, truth.attempt) == (
        TileState.UNAUTHORISED,
        Fault.UNAUTHORISED,
        2,
    )


def test_too_much_work_takes_from_the_least_important_and_gives_it_back(wall: Wall) -> None:
    names = [CameraId(f"c{n}") for n in range(8)]
    wall.cameras |= {name: camera(name, SUB) for name in names}
    shown = Want(640, 360)
    wants = dict.fromkeys(names, shown) | {A: replace(shown, importance=Importance.FOCUSED)}
    wall.streams.declare("main", wants)
    for name in wants:
        wall.engine.says(playing(name))
        wall.engine.shows(name, 9)
    spent = 0.0
    for _ in range(20):
        spent += 0.5 * wall.engine.now_load.cores
        wall.engine.costs(decoder_cpu_seconds=spent, busy=1.0)
        wall.tick()
    modes = {name: plan.tier.mode for name, plan in wall.engine.plans.items()}
    assert modes[A] is DecodeMode.FULL
    assert all(modes[name] is not DecodeMode.FULL for name in names)
    wall.engine.costs(busy=0.1)
    for _ in range(400):
        wall.tick()
    assert {plan.tier.mode for plan in wall.engine.plans.values()} == {DecodeMode.FULL}
