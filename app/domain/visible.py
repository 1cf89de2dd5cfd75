"""What of an incident a person may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.account import Subject
from app.domain.incident import Incident
from app.domain.permit import Thing, permit
from app.domain.rights import Action


def thing_of(incident: Incident) -> Thing:
    """The incident as `permit` looks at it."""
    return Thing(
        "incident", incident.site, incident_type=incident.type, shared=dict(incident.shared)
    )


def visible(incident: Incident, subject: Subject, thing: Thing, now: datetime) -> Incident | None:
    """The incident without what the subject may not see; None where it may not see it at all.

    Personal facts go to those with SEE_PERSON, the history (with the names of the staff) to those
    who may see that. `thing`: of `thing_of`.
    """
    if not permit(subject, Action.SEE, thing, now):
        return None
    if not permit(subject, Action.SEE_PERSON, thing, now):
        incident = replace(incident, person={})
    if not permit(subject, Action.SEE, replace(thing, kind="history"), now):
        incident = replace(incident, history=(), assignee=None, assignee_name="")
    return incident
