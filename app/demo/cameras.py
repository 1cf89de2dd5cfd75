"""The cameras of the demo site: where they stand, what they look at, what is wrong with them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.demo.places import PLACES, Place
from app.demo.recipes import VIEWS
from app.domain.camera import Camera, CameraId
from app.domain.errors import BadInput
from app.domain.text import Text
from app.domain.tile import TileState
from app.formats import camera_csv

MOST_CAMERAS = 128
_SITE = "대구광역시 달서구청"
_DIRECTIONS = ("북", "북동", "동", "남동", "남", "남서", "서", "북서")
# As many cameras on a pole as Korean poles have: mostly one to three, an arm with four at times.
_ON_A_POLE = (1, 2, 2, 3, 3, 4)
_FIRST_NUMBER = 1000
# Cameras in front of a layout of 36: the difficult ones are seen even where only 36 are shown.
_SHOWN_FIRST = 36
_ALL_DIFFICULT_FROM = 16


class Difficulty(StrEnum):
    """What a camera does to its console; the most instructive first."""

    NONE = "none"
    DIGEST = "digest authentication"
    MISSING = "answers 404"
    FREEZES = "encoder freezes"
    DROPS = "drops each minute"
    B_FRAMES = "B-frames"
    MJPEG = "MJPEG"
    RESOLUTION = "changes resolution"
    AUDIO = "audio track"


@dataclass(frozen=True, slots=True)
class DemoCamera:
    """A camera whose streams have no address yet.

    `view` is which piece of the scene it sees, `offset` (0…1 of the clip) where it begins.
    """

    camera: Camera
    view: int
    offset: float
    difficulty: Difficulty = Difficulty.NONE
    direction: str = ""
    megapixels: int = 2
    installed: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What its tile says once everything has settled; `suspect` = its encoder repeats itself."""

    camera: CameraId
    state: TileState
    suspect: bool = False

    @property
    def live(self) -> bool:
        return self.state is TileState.LIVE


def generate(count: int, seed: int = 53, *, plain: bool = False) -> tuple[DemoCamera, ...]:
    """`count` cameras, always the same for a seed; `plain` leaves the difficult ones out.

    Raises BadInput if `count` is not in 1…128.
    """
    if not 1 <= count <= MOST_CAMERAS:
        raise BadInput(
            Text(
                ko=f"시연 카메라는 1대에서 {MOST_CAMERAS}대까지입니다: {count}",
                en=f"The demo site has 1 to {MOST_CAMERAS} cameras, not {count}",
            )
        )
    chance = random.Random(seed)  # noqa: S311 - places of demo cameras are no secret
    difficulties = {} if plain else _difficulties(count)
    cameras = []
    for index, mounting in zip(range(count), _mountings(chance), strict=False):
        cameras.append(
            DemoCamera(
                _camera(chance, mounting),
                view=index % len(VIEWS),
                # A golden ratio step never puts two cameras of a view on the same moment.
                offset=index // len(VIEWS) * 0.618 % 1.0,
                difficulty=difficulties.get(index, Difficulty.NONE),
                direction=_direction(mounting.azimuth),
                megapixels=chance.choice((2, 2, 2, 4, 5)),
                installed=f"{chance.randint(2017, 2025)}{chance.randint(1, 12):02d}",
            )
        )
    return tuple(cameras)


def expectations(cameras: Iterable[DemoCamera]) -> tuple[Expectation, ...]:
    return tuple(
        Expectation(
            demo.camera.id,
            TileState.NOT_FOUND if demo.difficulty is Difficulty.MISSING else TileState.LIVE,
            suspect=demo.difficulty is Difficulty.FREEZES,
        )
        for demo in cameras
    )


def national_csv(cameras: Iterable[tuple[DemoCamera, Camera]]) -> bytes:
    """The list in the national form (18 columns and ours), from pairs with and without streams.

    Holds the addresses with their log-ins.
    """
    pairs = list(cameras)
    demos = {demo.camera.id: demo for demo, _ in pairs}

    def fill(camera: Camera) -> Mapping[str, str]:
        demo = demos[camera.id]
        return {
            "개방자치단체코드": "3470000",
            "카메라화소수": str(demo.megapixels * 100),
            "촬영방면정보": f"{demo.direction}쪽 방면",
            "보관일수": "30",
            "설치연월": demo.installed,
            "관리기관전화번호": "053-667-2114",
            "데이터기준일자": "2026-06-30",
            "데이터갱신구분": "I",
            "데이터갱신시점": "2026-07-02 22:28:20",
            "최종수정시점": "2026-07-01 09:14:07",
        }

    return camera_csv.write([camera for _, camera in pairs], fill=fill)


def _difficulties(count: int) -> dict[int, Difficulty]:
    """At the end of what is shown first; a quarter of a small site, all eight from 16 on."""
    kinds = [kind for kind in Difficulty if kind is not Difficulty.NONE]
    kinds = kinds if count >= _ALL_DIFFICULT_FROM else kinds[: count // 4]
    first = min(count, _SHOWN_FIRST) - len(kinds)
    return {first + place: kind for place, kind in enumerate(kinds)}


@dataclass(frozen=True, slots=True)
class _Mounting:
    """`pole` counts all poles from 0, `arm` the cameras on it from 1 to `arms`."""

    place: Place
    pole: int
    arm: int
    arms: int
    azimuth: float


def _mountings(chance: random.Random) -> Iterator[_Mounting]:
    """One camera's place after the other, without end."""
    for pole in itertools.count():
        arms = chance.choice(_ON_A_POLE)
        first = chance.uniform(0.0, 360.0)
        for arm in range(arms):
            azimuth = round((first + 360.0 * arm / arms) % 360.0, 1)
            yield _Mounting(PLACES[pole % len(PLACES)], pole, arm + 1, arms, azimuth)


def _camera(chance: random.Random, mounting: _Mounting) -> Camera:
    place = mounting.place
    number = _FIRST_NUMBER + 10 * mounting.pole + mounting.arm
    again = mounting.pole // len(PLACES)
    name = f"{place.name} {again + 1}" if again else place.name
    return Camera(
        id=CameraId(f"2026347000008{number:05d}"),
        number=number,
        name=name if mounting.arms == 1 else f"{name} {_direction(mounting.azimuth)}",
        site=_SITE,
        purpose=place.purpose,
        address=f"대구광역시 달서구 {place.road} ({place.dong})",
        pole=f"달서-{place.dong}-{mounting.pole + 1:03d}",
        # The second pole of a place stands some fifty metres away.
        latitude=round(place.latitude + 0.0005 * again, 6),
        longitude=round(place.longitude + 0.0004 * again, 6),
        azimuth=mounting.azimuth,
        fov=float(chance.choice((62, 78, 90, 104))),
    )


def _direction(azimuth: float) -> str:
    return _DIRECTIONS[round(azimuth / 45.0) % 8]
