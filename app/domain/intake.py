"""What every door of the hub turns a message into: events, or a reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.text import Text


class Kind(StrEnum):
    """진행구분 of the platform; `code` is its number."""

    OCCURRED = "occurred"
    CHANGED = "changed"
    RELEASED = "released"
    ENDED = "ended"
    # A point of a track; ours: a moving target has no progress code of its own.
    POSITION = "position"

    @property
    def code(self) -> int | None:
        return _CODES.get(self)


_CODES = {Kind.OCCURRED: 10, Kind.CHANGED: 40, Kind.RELEASED: 50, Kind.ENDED: 91}


@dataclass(frozen=True, slots=True)
class IntakeEvent:
    """One thing that a sender told.

    `source` and `external` (its number there) together name the incident. `type` is a key of the
    table (`app.domain.incident_type.TypeKey`), or `app.domain.unit.UNIT`. `occurred_at` is aware.
    WGS84 degrees. `emd_code`: 10-digit 법정동코드. `camera`: the reporting camera's 관리번호.
    `person`: what tells who somebody is (name, phone, guardian …), kept apart from the `facts`.
    `severity`: the sender's own word. `problems`: told, but not fatal (swapped latitude and
    longitude, a future time …).
    """

    source: str
    external: str
    kind: Kind
    type: str
    occurred_at: datetime | None = None
    title: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    emd_code: str = ""
    camera: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict, repr=False)
    severity: str = ""
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """What cannot be understood: it goes to quarantine. `at`: offset in the message, in bytes."""

    reason: Text
    at: int = 0
