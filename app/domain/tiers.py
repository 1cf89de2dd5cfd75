"""Which stream of a camera is decoded, and how much of it: a pure function of needs and load.

Each camera has an ideal tier from its largest tile. When the machine is too small, cameras give
up steps of their ladder, the least important first; when there is room again they get them back,
the most important first, more and more carefully if it fails (Nx's rules, consoles.md §2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, Importance, Tier

# `main` when a tile is this much taller than the sub stream's picture; back below the second.
# Nx goes up at 1.34; the way back has a margin so that a window's edge under the mouse does not
# make cameras reconnect.
MAIN_ABOVE = 1.34
SUB_BELOW = 1.1
# What the most common sub stream has, where the list does not say.
SUB_HEIGHT = 360
# At three quarters of its size or less a picture without the loop filter differs by less than
# the eye sees (39.5 dB at the worst picture, docs/adr/0006); a fifth of its decoding is saved.
SMALL_SHARE = 0.75
# More tiles than this start with `sub` whatever their size (Nx: 16).
MANY = 16

TOO_BUSY = 0.92
TOO_LATE = 0.6
ROOM = 0.70
NO_LAG = 0.25
# Two measurements in a row, so that a single burst (an opening, a key frame of all) is not load.
PATIENCE = 2
# At most a quarter of the wall gives way at once; then the effect is measured.
SHARE = 0.25
FIRST_HOLD = 6.0
# Nx tries again every ten minutes when raising has failed again and again.
LONGEST_HOLD = 600.0
# An overload so soon after a raise was made by it.
BLAME = 8.0
_PROTECTED = Importance.INCIDENT


@dataclass(frozen=True, slots=True)
class Demand:
    """What all viewers of a camera want together. Sizes in device pixels.

    `has_main`/`has_sub`: which profiles exist. `sub_height`/`main_height`: of their pictures, 0
    where unknown.
    """

    width: int
    height: int
    importance: Importance
    sharp: bool = False
    has_main: bool = True
    has_sub: bool = True
    sub_height: int = 0
    main_height: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """`cpu`: share (0…1) of the CPU budget that the console uses with its decoders.

    `lag`: seconds by which the streams run behind, the ninetieth percentile of them.
    `busy`: share of all cores in use by anyone. `opening`: streams that are connecting.
    """

    cpu: float = 0.0
    lag: float = 0.0
    busy: float = 0.0
    opening: int = 0


@dataclass(frozen=True, slots=True)
class TierState:
    """What the controller remembers. `tiers` is the answer; `given_up` counts steps per camera."""

    tiers: Mapping[CameraId, Tier] = field(default_factory=dict)
    given_up: Mapping[CameraId, int] = field(default_factory=dict)
    over: int = 0
    calm_since: float | None = None
    raised_at: float | None = None
    hold: float = FIRST_HOLD


def ladder(ideal: ProfileName, *, has_sub: bool, small: bool = False) -> tuple[Tier, ...]:
    """The tiers a camera can have, best first. A step changes as little as can be seen.

    `small`: shown at three quarters of its size or less.
    """
    steps = [] if small else [Tier(ideal, DecodeMode.FULL)]
    steps.append(Tier(ideal, DecodeMode.NO_LOOP_FILTER))
    lowest = ideal
    if ideal is ProfileName.MAIN and has_sub:
        lowest = ProfileName.SUB
        steps += [Tier(lowest, DecodeMode.FULL), Tier(lowest, DecodeMode.NO_LOOP_FILTER)]
    return (*steps, Tier(lowest, DecodeMode.PARTIAL), Tier(lowest, DecodeMode.KEYFRAMES))


def ideal_profile(demand: Demand, before: ProfileName | None, shown: int) -> ProfileName:
    """The profile that the tile's pixels ask for, with hysteresis around the present one."""
    if not (demand.has_main and demand.has_sub):
        return ProfileName.MAIN if demand.has_main else ProfileName.SUB
    if demand.sharp:
        return ProfileName.MAIN
    if shown > MANY:
        return ProfileName.SUB
    ratio = demand.height / (demand.sub_height or SUB_HEIGHT)
    limit = SUB_BELOW if before is ProfileName.MAIN else MAIN_ABOVE
    return ProfileName.MAIN if ratio > limit else ProfileName.SUB


def decide(
    state: TierState, demands: Mapping[CameraId, Demand], load: Load | None, now: float
) -> TierState:
    """The tiers from now on.

    Call it about twice a second with a fresh `load`, and with None when only the demands have
    changed. `now` in monotonic seconds.
    """
    state = replace(state, given_up={c: n for c, n in state.given_up.items() if c in demands})
    if load is not None:
        state = _weigh(state, demands, load, now)
    shown = sum(1 for d in demands.values() if d.importance >= Importance.SHOWN)
    tiers = {
        camera: _tier(demand, state.tiers.get(camera), state.given_up.get(camera, 0), shown)
        for camera, demand in demands.items()
    }
    return replace(state, tiers=tiers)


def _tier(demand: Demand, before: Tier | None, given_up: int, shown: int) -> Tier:
    profile = ideal_profile(demand, before.profile if before else None, shown)
    if demand.importance is Importance.WARM:
        lowest = ProfileName.SUB if demand.has_sub else profile
        return Tier(lowest, DecodeMode.KEYFRAMES)
    steps = ladder(profile, has_sub=demand.has_sub, small=_is_small(demand, profile))
    if demand.importance >= _PROTECTED:
        given_up = 0
    return steps[min(given_up, len(steps) - 1)]


def _weigh(
    state: TierState, demands: Mapping[CameraId, Demand], load: Load, now: float
) -> TierState:
    if load.cpu > TOO_BUSY or load.lag > TOO_LATE:
        state = replace(state, over=state.over + 1, calm_since=None)
        return _lower(state, demands, now) if state.over >= PATIENCE else state
    calm = load.cpu < ROOM and load.lag < NO_LAG and load.busy < TOO_BUSY and not load.opening
    if not calm:
        return replace(state, over=0, calm_since=None)
    since = state.calm_since if state.calm_since is not None else now
    state = replace(state, over=0, calm_since=since)
    if now - since < state.hold:
        return state
    return _raise(state, demands, now)


def _lower(state: TierState, demands: Mapping[CameraId, Demand], now: float) -> TierState:
    candidates = [
        camera
        for camera, demand in demands.items()
        if Importance.WARM < demand.importance < _PROTECTED and _can_lose(state, camera)
    ]
    # Whoever gave up least goes first, so that a wall of equals loses evenly.
    largest = max((_area(demands[c]) for c in candidates), default=0)
    candidates.sort(key=lambda c: (_rank(demands[c], largest), state.given_up.get(c, 0)))
    count = max(1, math.ceil(len(candidates) * SHARE))
    blamed = state.raised_at is not None and now - state.raised_at < BLAME
    return replace(
        state,
        given_up=_stepped(state, candidates[:count], 1),
        over=0,
        raised_at=None,
        hold=min(LONGEST_HOLD, state.hold * 2) if blamed else state.hold,
    )


def _raise(state: TierState, demands: Mapping[CameraId, Demand], now: float) -> TierState:
    lowered = [c for c, n in state.given_up.items() if n and c in demands]
    if not lowered:
        return replace(state, hold=FIRST_HOLD)
    lowered.sort(key=lambda c: (-demands[c].importance, -state.given_up[c], -_area(demands[c])))
    # One for a small wall, a few for a large one: a step of one of 64 tiles is not felt.
    count = max(1, len(demands) // 16)
    return replace(
        state,
        given_up=_stepped(state, lowered[:count], -1),
        calm_since=now - state.hold + 1.0,
        raised_at=now,
    )


def _stepped(state: TierState, cameras: Iterable[CameraId], by: int) -> dict[CameraId, int]:
    chosen = set(cameras)
    counts = {c: n + (by if c in chosen else 0) for c, n in state.given_up.items()}
    counts |= {c: max(0, by) for c in chosen if c not in counts}
    return {c: n for c, n in counts.items() if n > 0}


def _can_lose(state: TierState, camera: CameraId) -> bool:
    before = state.tiers.get(camera)
    return before is None or before.mode is not DecodeMode.KEYFRAMES


def _is_small(demand: Demand, profile: ProfileName) -> bool:
    if demand.sharp:
        return False
    height = demand.main_height if profile is ProfileName.MAIN else demand.sub_height or SUB_HEIGHT
    return 0 < demand.height <= height * SMALL_SHARE


def _area(demand: Demand) -> int:
    return demand.width * demand.height


def _rank(demand: Demand, largest: int) -> tuple[int, int]:
    """What gives way first is the smallest; sizes less than about a half apart are the same.

    A row one pixel lower than the next, because the window does not divide by eight, would lose
    everything before the others lost anything.
    """
    smaller = round(math.log2(largest / area)) if (area := _area(demand)) else largest
    return (demand.importance, -smaller)
