"""When two events are about the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from app.domain.incident import Incident, IncidentId
from app.domain.incident_state import State
from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind
from app.domain.plate import plate

# Under this name every adapter gives the number of a vehicle.
PLATE = "plate"
# A bell that is pressed again and a detector that goes on seeing the same smoke send a new number
# each time. Ours.
REPEAT = timedelta(seconds=60)
_REPEATING = frozenset(
    {
        TypeKey.EMERGENCY_BELL,
        TypeKey.MARKET_FIRE,
        TypeKey.INTRUSION,
        TypeKey.LOITERING,
        TypeKey.FALL,
        TypeKey.FIRE,
        TypeKey.CROWD,
    }
)
# What a device calls itself, beside the camera that it reports from.
DEVICE_FACTS = ("bell", "detector", "device")


def same_incident(known: Sequence[Incident], event: IntakeEvent, now: datetime) -> Incident | None:
    """The incident that the event is about; None if it is a new one.

    By the sender's number first, whatever the state: an occurrence that is sent again after the end
    is no new incident. Then, for devices that repeat themselves: an open one of the same sender,
    type and device that was last heard of less than a minute ago.
    """
    if event.external:
        for incident in known:
            if (incident.source, incident.external) == (event.source, event.external):
                return incident
    if event.kind is not Kind.OCCURRED or event.type not in _REPEATING or not _device(event):
        return None
    return next((one for one in known if _repeats(one, event, now)), None)


def earlier_hits(known: Iterable[Incident], event: IntakeEvent) -> tuple[Incident, ...]:
    """The open incidents that a new hit of the same plate closes (92, 동일번호자동처리)."""
    number = plate(event.facts.get(PLATE, ""))
    if number is None or event.type != TypeKey.WANTED_VEHICLE or event.kind is not Kind.OCCURRED:
        return ()
    return tuple(
        one
        for one in known
        if one.state.open
        and one.type == TypeKey.WANTED_VEHICLE
        and plate(str(one.facts.get(PLATE, ""))) == number
        and (one.source, one.external) != (event.source, event.external)
    )


def followed(incidents: Mapping[IncidentId, Incident], id_: IncidentId) -> Incident | None:
    """The incident that this one has become a part of, over several mergings; itself if none."""
    seen: set[IncidentId] = set()
    incident = incidents.get(id_)
    while incident is not None and incident.state is State.MERGED and incident.merged_into:
        if incident.id in seen:
            return None
        seen.add(incident.id)
        incident = incidents.get(incident.merged_into)
    return incident


def _device(event: IntakeEvent) -> tuple[str, ...]:
    names = (event.camera, *(event.facts.get(name, "") for name in DEVICE_FACTS))
    return names if any(names) else ()


def _repeats(incident: Incident, event: IntakeEvent, now: datetime) -> bool:
    facts = (str(incident.facts.get(name, "")) for name in DEVICE_FACTS)
    return (
        incident.state.open
        and (incident.source, incident.type) == (event.source, event.type)
        and (incident.camera or "", *facts) == _device(event)
        and now - incident.changed_at < REPEAT
    )
