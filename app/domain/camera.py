"""What the console knows of a camera."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

CameraId = NewType("CameraId", str)

# Polygons of at least three points in parts of the picture's width and height, from the upper left.
# As many as the hub keeps for one camera.
MOST_MASKS, MOST_MASK_POINTS, FEWEST_MASK_POINTS = 16, 32, 3
Masks = tuple[tuple[tuple[float, float], ...], ...]


class ProfileName(StrEnum):
    """The two encoded streams that a camera offers for viewing."""

    MAIN = "main"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class Profile:
    """One encoded stream. `url` may hold credentials: show it only through `redact`.

    `width`, `height` (pixels) and `fps` are 0 where the list does not say.
    """

    name: ProfileName
    url: str = field(repr=False)
    width: int = 0
    height: int = 0
    fps: float = 0.0


class Purpose(StrEnum):
    """설치목적구분 of the national standard for CCTV data (data.go.kr 15013094)."""

    CRIME_PREVENTION = "생활방범"
    CHILDREN = "어린이보호"
    PARKING = "교통단속"
    TRAFFIC = "교통정보수집"
    FIRE = "시설물관리"
    DISASTER = "재난재해"
    REFUSE = "쓰레기단속"
    MULTI = "다목적"
    VEHICLE = "차량방범"
    OTHER = "기타"


@dataclass(frozen=True, slots=True)
class Preset:
    """Where a PTZ camera can be turned to by its number; angles as of `Camera`."""

    number: int
    name: str
    azimuth: float | None = None
    fov: float | None = None


@dataclass(frozen=True, slots=True)
class Camera:
    """One video source.

    `number` is what an operator types to call it; unique in a catalogue.
    `purpose` is the word of the list it came from (see `Purpose` for the standard ones).
    `latitude`/`longitude` are WGS84 degrees, `azimuth` degrees clockwise from north,
    `fov` the horizontal angle in degrees; None where unknown. `approximate`: the position is that
    of its emd (읍면동), not its own. `masks`: what nobody sees of its picture.
    `restricted_until`: withheld from most people till then.
    """

    id: CameraId
    number: int
    name: str
    site: str
    purpose: str
    profiles: tuple[Profile, ...] = ()
    address: str = ""
    pole: str = ""
    latitude: float | None = None
    longitude: float | None = None
    azimuth: float | None = None
    fov: float | None = None
    ptz: bool = False
    presets: tuple[Preset, ...] = ()
    approximate: bool = False
    masks: Masks = ()
    restricted_until: datetime | None = None

    def profile(self, name: ProfileName) -> Profile | None:
        return next((p for p in self.profiles if p.name is name), None)

    def nearest_profile(self, name: ProfileName) -> Profile | None:
        """The asked profile, else the only other one: a camera with one stream shows that."""
        return self.profile(name) or next(iter(self.profiles), None)
