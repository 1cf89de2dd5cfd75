"""Defaults of the hub's values, plus the one thing that a test is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.account import AccountId, Role, Subject
from app.domain.incident import Author, Incident, IncidentId
from app.domain.incident_state import State
from app.domain.incident_type import Grade, TypeKey
from app.domain.intake import IntakeEvent, Kind
from app.domain.site import SiteId, SiteKind

NOON = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
DALSEO = SiteId("dalseo")
STATION = SiteId("dalseo-police")
KIM = Author("김관제", AccountId("kim"))


def minutes(count: float) -> datetime:
    """So many minutes after noon (in Korea)."""
    return NOON + timedelta(minutes=count)


def incident(**values: Any) -> Incident:
    given: dict[str, Any] = {
        "id": IncidentId("i1"),
        "number": "20261125-0001",
        "type": TypeKey.EMERGENCY_BELL,
        "grade": Grade.URGENT,
        "state": State.RECEIVED,
        "title": "비상벨",
        "site": DALSEO,
        "source": "bells",
        "external": "b-1",
        "occurred_at": NOON,
        "received_at": NOON,
        "changed_at": NOON,
    }
    return Incident(**given | values)


def event(**values: Any) -> IntakeEvent:
    given: dict[str, Any] = {
        "source": "bells",
        "external": "b-1",
        "kind": Kind.OCCURRED,
        "type": TypeKey.EMERGENCY_BELL,
        "occurred_at": NOON,
    }
    return IntakeEvent(**given | values)


def subject(role: Role = Role.OPERATOR, **values: Any) -> Subject:
    site = values.get("site", DALSEO)
    given: dict[str, Any] = {
        "account": AccountId("kim"),
        "username": "kim",
        "name": "김관제",
        "role": role,
        "site": site,
        "within": frozenset({site}),
        "site_kind": SiteKind.CENTRE,
    }
    return Subject(**given | values)


def receiver(**values: Any) -> Subject:
    """A police station that sees what is shared with it."""
    return subject(Role.RECEIVER, **{"site": STATION, "site_kind": SiteKind.POLICE} | values)
