"""The tier controller as a story: needs and load in, tiers out, the clock by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, Importance, Tier
from app.domain.tiers import (
    FIRST_HOLD,
    LONGEST_HOLD,
    Demand,
    Load,
    TierState,
    decide,
    ideal_profile,
    ladder,
)

MAIN, SUB = ProfileName.MAIN, ProfileName.SUB
# As large as the sub stream's picture, so that nothing is left out before there is pressure.
TILE = Demand(640, 360, Importance.SHOWN)
CALM = Load(cpu=0.3, lag=0.0, busy=0.5)
OVERLOAD = Load(cpu=1.0, lag=2.0, busy=1.0)


def wall(count: int, demand: Demand = TILE) -> dict[CameraId, Demand]:
    return {CameraId(str(n)): demand for n in range(count)}


@dataclass
class Machine:
    """Runs the controller twice a second."""

    demands: dict[CameraId, Demand]
    state: TierState = field(default_factory=TierState)
    now: float = 100.0

    def run(self, seconds: float, load: Load) -> TierState:
        for _ in range(round(seconds * 2)):
            self.now += 0.5
            self.state = decide(self.state, self.demands, load, self.now)
        return self.state

    def count(self, mode: DecodeMode) -> int:
        return sum(tier.mode is mode for tier in self.state.tiers.values())


@pytest.mark.parametrize(
    ("height", "before", "profile"),
    [
        (270, None, SUB),
        (482, None, SUB),
        (483, None, MAIN),
        (400, MAIN, MAIN),
        (396, MAIN, SUB),
        (1080, SUB, MAIN),
    ],
)
def test_the_profile_follows_the_tile_with_hysteresis(
    height: int, before: ProfileName | None, profile: ProfileName
) -> None:
    assert ideal_profile(Demand(640, height, Importance.SHOWN), before, 4) is profile


def test_a_wall_of_many_tiles_starts_with_sub_streams_whatever_their_size() -> None:
    assert ideal_profile(Demand(900, 600, Importance.SHOWN), None, 17) is SUB


def test_an_enlarged_tile_is_sharp_on_any_wall() -> None:
    assert ideal_profile(Demand(100, 60, Importance.FOCUSED, sharp=True), SUB, 64) is MAIN


@pytest.mark.parametrize(("main", "sub", "profile"), [(True, False, MAIN), (False, True, SUB)])
def test_a_camera_with_one_stream_shows_that(main: bool, sub: bool, profile: ProfileName) -> None:
    demand = Demand(64, 36, Importance.SHOWN, has_main=main, has_sub=sub)
    assert ideal_profile(demand, None, 1) is profile


def test_a_warm_camera_costs_key_frames_of_its_small_stream() -> None:
    machine = Machine(wall(1, Demand(960, 540, Importance.WARM)))
    machine.run(1, CALM)
    assert machine.state.tiers[CameraId("0")] == Tier(SUB, DecodeMode.KEYFRAMES)


def test_without_pressure_everything_is_decoded_in_full() -> None:
    machine = Machine(wall(36))
    machine.run(30, CALM)
    assert machine.count(DecodeMode.FULL) == 36


@pytest.mark.parametrize(
    ("demand", "mode"),
    [
        (Demand(480, 270, Importance.SHOWN), DecodeMode.NO_LOOP_FILTER),
        (Demand(480, 271, Importance.SHOWN), DecodeMode.FULL),
        (Demand(480, 300, Importance.SHOWN, sub_height=480), DecodeMode.NO_LOOP_FILTER),
        (Demand(480, 270, Importance.FOCUSED), DecodeMode.NO_LOOP_FILTER),
        (Demand(320, 180, Importance.SHOWN, sharp=True, main_height=1080), DecodeMode.FULL),
        (Demand(640, 360, Importance.SHOWN, has_sub=False), DecodeMode.FULL),
        (
            Demand(960, 540, Importance.SHOWN, has_sub=False, main_height=720),
            DecodeMode.NO_LOOP_FILTER,
        ),
    ],
)
def test_what_the_eye_cannot_see_is_not_computed(demand: Demand, mode: DecodeMode) -> None:
    machine = Machine(wall(36, demand))
    machine.run(1, CALM)
    assert machine.count(mode) == 36


def test_one_bad_measurement_changes_nothing() -> None:
    machine = Machine(wall(36))
    machine.run(2, CALM)
    machine.run(0.5, OVERLOAD)
    machine.run(2, CALM)
    assert machine.count(DecodeMode.FULL) == 36


def test_under_pressure_tiles_give_way_one_step_at_a_time() -> None:
    machine = Machine(wall(16))
    machine.run(1, OVERLOAD)
    assert machine.count(DecodeMode.NO_LOOP_FILTER) == 4
    assert machine.count(DecodeMode.FULL) == 12
    machine.run(3, OVERLOAD)
    assert machine.count(DecodeMode.NO_LOOP_FILTER) == 16
    assert machine.count(DecodeMode.KEYFRAMES) == 0


def test_a_change_of_the_wall_says_nothing_about_the_load() -> None:
    machine = Machine(wall(36))
    for _ in range(4):
        machine.run(0.5, OVERLOAD)
        machine.state = decide(machine.state, machine.demands, None, machine.now)
    assert machine.count(DecodeMode.NO_LOOP_FILTER) > 0


def test_an_overload_that_lasts_ends_at_key_frames() -> None:
    machine = Machine(wall(64, Demand(240, 135, Importance.SHOWN, has_sub=False, main_height=720)))
    machine.run(20, OVERLOAD)
    assert machine.count(DecodeMode.KEYFRAMES) == 64


def test_the_least_important_tiles_give_way_first() -> None:
    demands = wall(8) | {CameraId("hidden"): Demand(640, 360, Importance.HIDDEN)}
    machine = Machine(demands)
    machine.run(1, OVERLOAD)
    assert machine.state.tiers[CameraId("hidden")].mode is DecodeMode.NO_LOOP_FILTER


def test_a_row_that_is_one_pixel_lower_does_not_lose_everything_first() -> None:
    higher, lower = Demand(240, 132, Importance.SHOWN), Demand(240, 131, Importance.SHOWN)
    demands = wall(64, higher) | {CameraId(f"low{n}"): lower for n in range(16)}
    machine = Machine(demands)
    machine.run(30, CALM)
    while machine.count(DecodeMode.KEYFRAMES) == 0:
        machine.run(0.5, OVERLOAD)
    assert machine.count(DecodeMode.NO_LOOP_FILTER) == 0


def test_a_much_smaller_tile_still_gives_way_before_a_large_one() -> None:
    large, small = Demand(960, 540, Importance.SHOWN), Demand(240, 135, Importance.SHOWN)
    machine = Machine(wall(3, large) | {CameraId("small"): small})
    machine.run(1, OVERLOAD)
    assert machine.state.given_up == {CameraId("small"): 1}


@pytest.mark.parametrize("importance", [Importance.FOCUSED, Importance.INCIDENT])
def test_the_tile_in_use_and_an_open_incident_keep_their_picture(importance: Importance) -> None:
    demands = wall(20) | {CameraId("mine"): Demand(640, 360, importance)}
    machine = Machine(demands)
    machine.run(60, OVERLOAD)
    assert machine.state.tiers[CameraId("mine")] == Tier(SUB, DecodeMode.FULL)


def test_when_the_pressure_is_over_every_tile_gets_its_picture_back() -> None:
    machine = Machine(wall(16))
    machine.run(4, OVERLOAD)
    machine.run(FIRST_HOLD - 1, CALM)
    assert machine.count(DecodeMode.FULL) == 0
    machine.run(30, CALM)
    assert machine.count(DecodeMode.FULL) == 16


def test_nothing_is_raised_while_streams_are_still_opening() -> None:
    machine = Machine(wall(16))
    machine.run(4, OVERLOAD)
    machine.run(60, Load(cpu=0.3, busy=0.5, opening=1))
    assert machine.count(DecodeMode.FULL) == 0


def test_each_raise_that_fails_makes_the_next_one_wait_longer() -> None:
    machine = Machine(wall(16))
    machine.run(4, OVERLOAD)
    for hold in (6.0, 12.0, 24.0):
        assert machine.state.hold == hold
        while machine.state.raised_at is None:
            machine.run(0.5, CALM)
        machine.run(1, OVERLOAD)
    for _ in range(12):
        while machine.state.raised_at is None:
            machine.run(0.5, CALM)
        machine.run(1, OVERLOAD)
    assert machine.state.hold == LONGEST_HOLD


def test_a_camera_that_leaves_takes_its_debt_along() -> None:
    machine = Machine(wall(4))
    machine.run(10, OVERLOAD)
    machine.demands = {}
    machine.run(1, CALM)
    assert not machine.state.given_up
    machine.demands = wall(4)
    machine.run(0.5, CALM)
    assert machine.count(DecodeMode.FULL) == 4


def test_a_ladder_goes_down_through_the_smaller_stream() -> None:
    assert [(t.profile, t.mode) for t in ladder(MAIN, has_sub=True)] == [
        (MAIN, DecodeMode.FULL),
        (MAIN, DecodeMode.NO_LOOP_FILTER),
        (SUB, DecodeMode.FULL),
        (SUB, DecodeMode.NO_LOOP_FILTER),
        (SUB, DecodeMode.PARTIAL),
        (SUB, DecodeMode.KEYFRAMES),
    ]


@given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 5)), max_size=80), st.integers(1, 40))
def test_whatever_the_load_every_camera_has_a_tier_that_decodes(
    loads: list[tuple[float, float]], count: int
) -> None:
    machine = Machine(wall(count))
    for cpu, lag in loads:
        machine.run(0.5, Load(cpu, lag, min(1.0, cpu)))
        assert machine.state.tiers.keys() == machine.demands.keys()
        assert machine.count(DecodeMode.OFF) == 0
