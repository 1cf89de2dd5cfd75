"""선별관제: the newest events of video analytics that nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.camera import CameraId
from app.domain.incident_state import State
from app.domain.incident_types.monitoring import MONITORING

TYPES: Final = frozenset(str(known.key) for known in MONITORING)
# Nine tiles are what one pair of eyes takes in.
MOST: Final = 9
_SIDES: Final = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """One event: `rule` as the analytics call it, "" where they do not."""

    incident: str
    type: str
    camera: CameraId
    state: State
    received_at: datetime
    rule: str = ""


def recent(events: Iterable[Seen], most: int = MOST) -> list[Seen]:
    """The newest first; of a camera only its newest, because it has one tile."""
    waiting = sorted(
        (one for one in events if one.type in TYPES and one.state is State.RECEIVED),
        key=lambda one: one.received_at,
        reverse=True,
    )
    unique: dict[CameraId, Seen] = {}
    for one in waiting:
        unique.setdefault(one.camera, one)
    return list(unique.values())[:most]


def false_alarms(events: Iterable[Seen]) -> dict[tuple[CameraId, str], int]:
    """How many were called mistaken, by camera and rule."""
    counts: dict[tuple[CameraId, str], int] = {}
    for one in events:
        if one.type in TYPES and one.state is State.CANCELLED:
            key = (one.camera, one.rule)
            counts[key] = counts.get(key, 0) + 1
    return counts


def box_of(facts: Mapping[str, object]) -> Box | None:
    """Left, top, width, height as parts of the picture; None where they make no rectangle."""
    said = facts.get("box")
    if not isinstance(said, str):
        return None
    try:
        numbers = [float(part) for part in said.split(",")]
    except ValueError:
        return None
    if len(numbers) != _SIDES or not all(0.0 <= n <= 1.0 for n in numbers):
        return None
    left, top, width, height = numbers
    return (left, top, min(width, 1.0 - left), min(height, 1.0 - top))
