"""Something that happened: what is known of it, and who did what about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.incident_state import State
from app.domain.incident_type import Grade
from app.domain.site import SiteId
from app.domain.text import Text

IncidentId = NewType("IncidentId", str)
FactValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Author:
    """Who did something: a person with an account, or a system without one."""

    name: str
    account: AccountId | None = None


HUB = Author("허브 (hub)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an incident's history. `by`: the name of a person or system, as of then.

    `facts`: never what tells who somebody is.
    """

    at: datetime
    by: str
    kind: str
    words: Text
    account: AccountId | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the hub keeps it; consoles get what `app.domain.visible` leaves of it.

    Times are aware. WGS84 degrees; `approximate`: placed at its emd. `person`: what tells who
    somebody is, apart from the `facts`. `before_merge`: where undoing a merging leads.
    `shares_ended_at`: when its shares last ended; none issued before that may run again. `shared`:
    the sites that it is shared with now, each until then.
    """

    id: IncidentId
    number: str
    type: str
    grade: Grade
    state: State
    title: str
    site: SiteId
    source: str
    occurred_at: datetime
    received_at: datetime
    changed_at: datetime
    external: str = ""
    place: str = ""
    emd_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    assignee: AccountId | None = None
    assignee_name: str = ""
    merged_into: IncidentId | None = None
    before_merge: State | None = None
    shares_ended_at: datetime | None = None
    camera: CameraId | None = None
    cameras: tuple[CameraId, ...] = ()
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: int = 0
    attachments: int = 0
    history: tuple[Line, ...] = ()
    shared: Mapping[SiteId, datetime] = field(default_factory=dict)

    def share_runs(self, issued_at: datetime) -> bool:
        """Whether a share issued then may still run; one of a merged incident follows the other."""
        ended = self.shares_ended_at
        return not self.state.ends_shares and (ended is None or issued_at > ended)
