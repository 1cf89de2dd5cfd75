"""What is laid down for a type of incident: grade, golden times, steps, dragnet, receivers, law."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.domain.site import SiteKind
from app.domain.text import Text


class TypeKey(StrEnum):
    EMERGENCY_VIDEO = "emergency_video"
    POLICE_DISPATCH = "police_dispatch"
    FIRE_DISPATCH = "fire_dispatch"
    DISASTER = "disaster"
    VULNERABLE_PERSON = "vulnerable_person"
    WANTED_VEHICLE = "wanted_vehicle"
    ANKLET = "anklet"
    CITIZEN_APP = "citizen_app"
    MARKET_FIRE = "market_fire"
    EMERGENCY_BELL = "emergency_bell"
    INTRUSION = "intrusion"
    LOITERING = "loitering"
    FALL = "fall"
    FIRE = "fire"
    CROWD = "crowd"
    PRIVATE_SECURITY = "private_security"
    TRAFFIC = "traffic"
    FACILITY_FAULT = "facility_fault"


class Grade(IntEnum):
    """사건등급 of the platform."""

    URGENT = 10
    NORMAL = 20
    VEHICLE = 90

    @property
    def words(self) -> Text:
        return _GRADES[self]


_GRADES = {
    Grade.URGENT: Text("긴급", "urgent"),
    Grade.NORMAL: Text("일반", "normal"),
    Grade.VEHICLE: Text("관심차량", "vehicle of interest"),
}


class GoldenStep(StrEnum):
    """What has to have happened by then."""

    ACKNOWLEDGE = "acknowledge"
    VIDEO = "video"
    NOTICE = "notice"
    ARRIVAL = "arrival"

    @property
    def words(self) -> Text:
        return _GOLDEN[self]


_GOLDEN = {
    GoldenStep.ACKNOWLEDGE: Text("접수", "acknowledged"),
    GoldenStep.VIDEO: Text("첫 영상", "first picture"),
    GoldenStep.NOTICE: Text("통보", "notice given"),
    GoldenStep.ARRIVAL: Text("도착", "arrival"),
}


@dataclass(frozen=True, slots=True)
class GoldenTime:
    """Seconds from the moment the hub received the incident. `ours`: no public source gives it."""

    step: GoldenStep
    seconds: int
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the SOP. Without the `required` ones an incident is not handled properly."""

    key: str
    words: Text
    required: bool = True


@dataclass(frozen=True, slots=True)
class DragnetDefault:
    """`speed_mps`: how fast the radius grows with time; 0 where the target stays."""

    cameras: int = 5
    radius_m: float = 500.0
    speed_mps: float = 0.0


@dataclass(frozen=True, slots=True)
class Reason:
    """A legal reason, one of which a share needs."""

    key: str
    words: Text


@dataclass(frozen=True, slots=True)
class IncidentType:
    """One row of the table.

    `short`: where there is no room for the name, so that none is cut: of some only the end
    tells them apart. `codes`: of the platform (이벤트코드), the first one is sent. `receivers`:
    to whom it may be shared, the first one is offered first. `reasons`: a share needs one of
    these where there are any. `time_out_s`: seconds without a change after which it closes
    by itself (92); None: never. `ours`: names of fields that no public source gives; the
    centre sets them.
    """

    key: TypeKey
    name: Text
    short: Text
    codes: tuple[str, ...]
    grade: Grade
    golden: tuple[GoldenTime, ...]
    sop: tuple[Step, ...]
    dragnet: DragnetDefault
    receivers: tuple[SiteKind, ...]
    legal: Text
    time_out_s: float | None = None
    reasons: tuple[Reason, ...] = ()
    ours: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        return self.codes[0]
