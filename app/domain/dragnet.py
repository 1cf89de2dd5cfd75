"""투망감시: the cameras that see a place best, in the order in which they are worth a tile.

Distance alone is not it: the nearest camera may look away. See `seeing` for what counts as seeing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.domain.camera import Camera, CameraId
from app.domain.geo.earth import RADIUS_M, Place, distance_m, distances_m
from app.domain.incident_type import DragnetDefault
from app.domain.seeing import Sight, View, view
from app.domain.text import Text

# What a camera's distance counts for, by how it sees: one that sees from 100 m is as good as one
# of unknown direction at 40 m. Ours.
_WEIGHT: Final = {Sight.SEES: 1.0, Sight.PRESET: 1.3, Sight.MAY: 2.5, Sight.FAR: 3.0,
                  Sight.AWAY: 6.0}  # fmt: skip
# Added to the distance: who stands right below a camera is not seen by it.
_LEAST_M: Final = 10.0
# Cameras of one pole look into each other's pictures' edges; more than these tell nothing new.
_OF_A_POLE: Final = 2
# Too few within the radius for the tiles: looked for so many times as far (the outer ring of the
# platform is twice the inner one; the last one is for places where a pole stands every kilometre).
_RINGS: Final = (1.0, 2.0, 4.0, 8.0)
# A target that moves is not looked for beyond this.
LARGEST_M: Final = 5_000.0
# Without its name, cameras with one position to five digits of a degree (a metre) share a pole.
_DIGITS: Final = 5
# Beyond the nearest so many nobody looks, however far a target may have got in a dense city.
MOST: Final = 400
_DEGREE_M: Final = RADIUS_M * math.pi / 180

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CameraField:
    """Cameras with a position, and these as arrays: made once for a list, then asked often."""

    cameras: tuple[Camera, ...]
    latitudes: Floats = field(repr=False)
    longitudes: Floats = field(repr=False)
    by_id: Mapping[CameraId, Camera] = field(repr=False)

    @classmethod
    def of(cls, cameras: Sequence[Camera]) -> CameraField:
        """`by_id` has the others as well."""
        placed = [(c, c.latitude, c.longitude) for c in cameras]
        known = [(c, a, b) for c, a, b in placed if a is not None and b is not None]
        return cls(
            tuple(c for c, _, _ in known),
            np.array([a for _, a, _ in known], dtype=np.float64),
            np.array([b for _, _, b in known], dtype=np.float64),
            {c.id: c for c in cameras},
        )

    def within(self, place: Place, metres: float) -> list[Camera]:
        """The nearest `MOST`, the nearest first."""
        north = metres / _DEGREE_M
        east = north / max(0.05, math.cos(math.radians(place.latitude)))
        box = np.flatnonzero(
            (np.abs(self.latitudes - place.latitude) <= north)
            & (np.abs(self.longitudes - place.longitude) <= east)
        )
        far = distances_m(self.latitudes[box], self.longitudes[box], place)
        nearest = np.argsort(far, kind="stable")[: int(np.count_nonzero(far <= metres))]
        return [self.cameras[int(n)] for n in box[nearest[:MOST]]]


@dataclass(frozen=True, slots=True)
class Target:
    """`reporting`: the camera that told of it; `elapsed_s`: since it was known to be there."""

    place: Place | None
    reporting: CameraId | None = None
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One camera and why it stands where it stands. `view` is None where no place is known."""

    camera: Camera
    view: View | None
    live: bool
    reporting: bool = False
    same_pole: bool = False

    @property
    def reason(self) -> Text:
        return _reason(self)


@dataclass(frozen=True, slots=True)
class Dragnet:
    """`candidates` are all of them, the best first: the first `count` go onto the wall.

    `note` says what a person must know of it: nothing near, everything off, no place.
    """

    candidates: tuple[Candidate, ...]
    count: int
    radius_m: float
    note: Text | None = None

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        return self.candidates[: self.count]


def radius_of(default: DragnetDefault, elapsed_s: float) -> float:
    """Metres; of a target that moves it grows with the time since it was seen."""
    grown = default.radius_m + default.speed_mps * max(0.0, elapsed_s)
    return min(grown, max(LARGEST_M, default.radius_m))


def dragnet(
    cameras: CameraField,
    target: Target,
    default: DragnetDefault,
    may_see: Callable[[Camera], bool] = lambda _camera: True,
    dead: Container[CameraId] = frozenset(),
) -> Dragnet:
    """`dead`: cameras that are known to give no picture; they stand last, and say so."""
    radius = radius_of(default, target.elapsed_s)
    reporting = cameras.by_id.get(target.reporting) if target.reporting is not None else None
    if reporting is not None and not may_see(reporting):
        reporting = None
    place, note = target.place, None
    if place is None and reporting is not None and reporting.latitude is not None:
        place = Place(reporting.latitude, reporting.longitude or 0.0)
    if place is None:
        found = [] if reporting is None else [reporting]
        ranked = _ranked(found, None, reporting, dead)
        return Dragnet(ranked, default.cameras, radius, _NO_PLACE)
    found, reach = _around(cameras, place, radius, default.cameras, may_see)
    if not found:
        note = _nothing(reach)
    elif distance_m(place, _where(found[0])) > radius:
        note = _wider(reach)
    radius = reach
    if reporting is not None and all(camera.id != reporting.id for camera in found):
        found.append(reporting)
    ranked = _ranked(found, place, reporting, dead)
    if ranked and not any(candidate.live for candidate in ranked):
        note = _ALL_DEAD
    return Dragnet(ranked, default.cameras, radius, note)


def _around(
    cameras: CameraField,
    place: Place,
    radius: float,
    count: int,
    may_see: Callable[[Camera], bool],
) -> tuple[list[Camera], float]:
    """The nearest first; from so far, in metres."""
    found: list[Camera] = []
    reach = radius
    for ring in _RINGS:
        reach = min(radius * ring, max(radius, LARGEST_M))
        found = [camera for camera in cameras.within(place, reach) if may_see(camera)]
        if len(found) >= count:
            break
    return found, reach


def _where(camera: Camera) -> Place:
    return Place(camera.latitude or 0.0, camera.longitude or 0.0)


def _ranked(
    found: Sequence[Camera],
    place: Place | None,
    reporting: Camera | None,
    dead: Container[CameraId],
) -> tuple[Candidate, ...]:
    candidates = [
        Candidate(
            camera,
            None if place is None else view(camera, place),
            camera.id not in dead,
            reporting is not None and camera.id == reporting.id,
            reporting is not None and camera.id != reporting.id and same_pole(camera, reporting),
        )
        for camera in found
    ]
    candidates.sort(key=_order)
    return tuple(_spread(candidates))


def _order(candidate: Candidate) -> tuple[bool, bool, bool, float, int]:
    """The reporting camera; if it is dead, one of its pole; then by how well it sees."""
    first = candidate.live and candidate.reporting
    seen = candidate.view
    cost = math.inf
    if seen is not None:
        cost = (seen.distance_m + _LEAST_M) * _WEIGHT[seen.sight]
    return (not candidate.live, not first, not candidate.same_pole, cost, candidate.camera.number)


def _spread(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The third of a pole and further ones come after those of other poles that give a picture."""
    counts: Counter[object] = Counter()
    first, later, dead = [], [], []
    for candidate in candidates:
        pole = _pole(candidate.camera) or candidate.camera.id
        if not candidate.live:
            dead.append(candidate)
        elif counts[pole] < _OF_A_POLE:
            counts[pole] += 1
            first.append(candidate)
        else:
            later.append(candidate)
    return first + later + dead


def same_pole(one: Camera, other: Camera) -> bool:
    """By the name of the pole, else by a common place."""
    key = _pole(one)
    return key is not None and key == _pole(other)


def _pole(camera: Camera) -> tuple[object, ...] | None:
    if camera.pole:
        return camera.site, camera.pole
    if camera.approximate or camera.latitude is None or camera.longitude is None:
        return None
    return round(camera.latitude, _DIGITS), round(camera.longitude, _DIGITS)


def _reason(candidate: Candidate) -> Text:
    parts = [_SIGHTS[candidate.view.sight]] if candidate.view is not None else []
    if candidate.view is not None and candidate.view.preset is not None:
        name = candidate.view.preset.name or str(candidate.view.preset.number)
        parts = [Text(f"프리셋 ‘{name}’이(가) 향함", f"its preset “{name}” faces it")]
    if candidate.reporting:
        parts.insert(0, Text("알린 카메라", "the camera that reported it"))
    elif candidate.same_pole:
        parts.insert(0, Text("알린 카메라와 같은 폴", "on the pole of the one that reported it"))
    if not candidate.live:
        parts.insert(0, Text("영상 없음", "no picture"))
    if candidate.view is not None:
        metres = f"{candidate.view.distance_m:,.0f} m"
        parts.append(Text(metres, metres))
    return Text(" · ".join(p.ko for p in parts), " · ".join(p.en for p in parts))


_SIGHTS: Final = {
    Sight.SEES: Text("현장이 화면 안", "has it in its picture"),
    Sight.PRESET: Text("프리셋이 향함", "a preset faces it"),
    Sight.MAY: Text("방향을 모름, 보일 수 있음", "direction unknown, may see it"),
    Sight.FAR: Text("향하지만 멂", "looks there from afar"),
    Sight.AWAY: Text("다른 쪽을 봄", "looks another way"),
}
_NO_PLACE = Text(
    "사건의 위치를 몰라 카메라를 찾을 수 없습니다", "the place is not known, so no camera is found"
)
_ALL_DEAD = Text(
    "주변 카메라가 모두 영상을 주지 않습니다", "none of the cameras around gives a picture"
)


def _wider(metres: float) -> Text:
    return Text(
        f"가까운 카메라가 없어 {metres:,.0f} m까지 찾았습니다",
        f"no camera near; looked up to {metres:,.0f} m",
    )


def _nothing(metres: float) -> Text:
    return Text(f"{metres:,.0f} m 안에 카메라가 없습니다", f"no camera within {metres:,.0f} m")
