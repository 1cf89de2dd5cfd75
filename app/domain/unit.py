"""Who is on the way: patrol cars, ambulances, fire engines and people on foot, as they report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from app.domain.text import Text


class UnitKind(StrEnum):
    PATROL_CAR = "patrol_car"
    AMBULANCE = "ambulance"
    FIRE_ENGINE = "fire_engine"
    OFFICER = "officer"
    # Whatever else a sender names.
    OTHER = "other"


UNIT_NAMES: Final[Mapping[UnitKind, Text]] = {
    UnitKind.PATROL_CAR: Text("순찰차", "patrol car"),
    UnitKind.AMBULANCE: Text("구급차", "ambulance"),
    UnitKind.FIRE_ENGINE: Text("소방차", "fire engine"),
    UnitKind.OFFICER: Text("출동 대원", "officer"),
    UnitKind.OTHER: Text("출동 차량", "unit"),
}

# The type of an intake event that tells where one is, as opposed to a type of incident.
UNIT: Final = "unit"
# Cars report every second. The map needs one that has moved, now and then, and to hear that one
# that stands is still there: each place is a row of the log, and thirty cars drive all day.
UNIT_STEP: Final = timedelta(seconds=5)
UNIT_MOVED_M: Final = 20.0
UNIT_STANDING: Final = timedelta(minutes=2)
# One that has said nothing for so long is not shown where it was.
UNIT_SILENT: Final = timedelta(minutes=10)
# The hub keeps where one was last for so long: where police were is nobody's business later.
UNIT_KEPT: Final = timedelta(hours=1)


def unit_kind(value: str) -> UnitKind:
    return UnitKind(value) if value in set(UnitKind) else UnitKind.OTHER
