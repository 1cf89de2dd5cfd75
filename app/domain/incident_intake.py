"""What an event of a sender makes of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.camera import CameraId
from app.domain.incident import HUB, Author, Incident, IncidentId, Line
from app.domain.incident_acts import Change, changed, moved
from app.domain.incident_state import Move, State
from app.domain.incident_type import Grade
from app.domain.incident_types import incident_type
from app.domain.intake import IntakeEvent, Kind
from app.domain.site import SiteId
from app.domain.text import Text

# How often a device has reported the same again.
REPEATS = "repeats"
_LATE = Text("종료 후 정보 변경을 받았습니다", "a change of information came after the end")
_GRADES: Mapping[str, Grade] = {str(int(grade)): grade for grade in Grade}


def opened(
    event: IntakeEvent, *, id_: IncidentId, number: str, site: SiteId, at: datetime
) -> Incident:
    """A new incident. Without a time of its own it occurred when it arrived.

    Raises BadInput for a type that the table does not have.
    """
    kind = incident_type(event.type)
    return Incident(
        id=id_,
        number=number,
        type=kind.key,
        grade=_GRADES.get(event.severity, kind.grade),
        state=State.RECEIVED,
        title=event.title or kind.name.ko,
        site=site,
        source=event.source,
        external=event.external,
        occurred_at=event.occurred_at or at,
        received_at=at,
        changed_at=at,
        place=event.place,
        emd_code=event.emd_code,
        latitude=event.latitude,
        longitude=event.longitude,
        camera=CameraId(event.camera) if event.camera else None,
        facts=dict(event.facts),
        person=dict(event.person),
        history=(_received(event, at), *_problems(event, at)),
    )


def applied(incident: Incident, event: IntakeEvent, at: datetime) -> Incident:
    """What the event changes about an incident that is known already.

    A message that is sent again changes nothing; a device that repeats itself under a new number is
    counted. Information that comes after the end is told in the history only. For a merged
    incident ask `app.domain.duplicates.followed` first.
    """
    if event.kind is Kind.OCCURRED:
        return _repeated(incident, event, at)
    if event.kind is Kind.POSITION:
        return _at_place(incident, event)
    if event.kind is Kind.CHANGED:
        return _informed(incident, event, at)
    return _ended(incident, event, at)


def timed_out(incident: Incident, now: datetime) -> bool:
    """Whether its type closes it by itself (92) now: open, and nothing new for so long."""
    limit = incident_type(incident.type).time_out_s
    if limit is None or not incident.state.open:
        return False
    return now - incident.changed_at >= timedelta(seconds=limit)


def _repeated(incident: Incident, event: IntakeEvent, at: datetime) -> Incident:
    if event.external == incident.external or not incident.state.open:
        return incident
    before = incident.facts.get(REPEATS)
    count = before + 1 if isinstance(before, int) else 1
    newest = max(at, incident.changed_at)
    return replace(incident, facts={**incident.facts, REPEATS: count}, changed_at=newest)


def _informed(incident: Incident, event: IntakeEvent, at: datetime) -> Incident:
    if not incident.state.open:
        return _with_lines(incident, (Line(at, event.source, "late", _LATE),))
    told = _with_lines(incident, _problems(event, at))
    return changed(told, _change(event), Author(event.source), at)


def _ended(incident: Incident, event: IntakeEvent, at: datetime) -> Incident:
    """The table closes only what was released; a sender may say "ended" without that."""
    if not incident.state.open:
        return incident
    sender = Author(event.source)
    if incident.state is not State.RELEASED:
        incident = moved(incident, Move.RELEASE, sender, at)
    return incident if event.kind is Kind.RELEASED else moved(incident, Move.CLOSE, sender, at)


def _at_place(incident: Incident, event: IntakeEvent) -> Incident:
    if event.latitude is None or event.longitude is None or not incident.state.open:
        return incident
    return replace(incident, latitude=event.latitude, longitude=event.longitude, approximate=False)


def _change(event: IntakeEvent) -> Change:
    """A field that a sender leaves blank has not changed."""
    position = None
    if event.latitude is not None and event.longitude is not None:
        position = event.latitude, event.longitude
    return Change(
        title=event.title or None,
        place=event.place or None,
        emd_code=event.emd_code or None,
        position=position,
        grade=_GRADES.get(event.severity),
        facts=tuple(event.facts.items()),
        person=tuple(event.person.items()),
    )


def _received(event: IntakeEvent, at: datetime) -> Line:
    words = Text(f"{event.source}에서 받았습니다", f"received from {event.source}")
    return Line(at, event.source, "receive", words)


def _problems(event: IntakeEvent, at: datetime) -> tuple[Line, ...]:
    return tuple(Line(at, HUB.name, "problem", problem) for problem in event.problems)


def _with_lines(incident: Incident, lines: tuple[Line, ...]) -> Incident:
    return replace(incident, history=(*incident.history, *lines)) if lines else incident
