"""What a person wants done with an incident, handed to the service; failures become notices."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from app.domain.incident_state import Move
from app.domain.incident_steps import How
from app.services.incidents import Incidents
from ui.incidents.detail import IncidentDetail

Attempt = Callable[[Coroutine[Any, Any, object], str], object]


def fulfil(detail: IncidentDetail, incidents: Incidents, attempt: Attempt) -> None:
    """Connects every wish of a detail but the dragnet, which is the wall's."""

    def move(incident: str, wanted: Move, reason: str) -> None:
        attempt(incidents.move(incident, wanted, reason), "incident")

    def step(incident: str, key: str, how: How, reason: str) -> None:
        attempt(incidents.step(incident, key, how, reason), "step")

    detail.move_wanted.connect(move)
    detail.step_wanted.connect(step)
    detail.note_wanted.connect(lambda i, text: attempt(incidents.note(i, text), "note"))
    detail.reveal_wanted.connect(lambda i: attempt(incidents.reveal(i), "personal facts"))
    detail.notify_wanted.connect(lambda i: attempt(incidents.notify(i), "notify"))
    detail.assign_wanted.connect(lambda i, who: attempt(incidents.assign(i, who), "assign"))
    detail.unmerge_wanted.connect(lambda i: attempt(incidents.unmerge(i), "unmerge"))
    detail.merge_wanted.connect(lambda i, into: attempt(incidents.merge(i, into), "merge"))
