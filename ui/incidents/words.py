"""The words of the incident list, in the language on screen."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.incident_state import State
from app.domain.incident_types import type_of
from app.domain.places import short_place
from app.services.incident_overlay import IncidentItem
from ui.translations import words
from ui.widgets.incident_words import grade_colour, grade_shape, grade_words, type_words

__all__ = [
    "elapsed_words",
    "grade_colour",
    "grade_shape",
    "grade_words",
    "number_words",
    "own_title",
    "place_words",
    "state_mark",
    "state_words",
    "type_words",
    "who_words",
]

translate = QCoreApplication.translate

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STATE_MARKS: Final = {
    State.RECEIVED: "diamond",
    State.ACKNOWLEDGED: "ring",
    State.RESPONDING: "dot",
    State.RELEASED: "square",
}


def state_words(item: IncidentItem) -> str:
    """With what waits said behind it."""
    said = words(item.state.words)
    if item.trouble is not None:
        return translate("Incidents", "{state} · not taken").format(state=said)
    if item.waiting:
        return translate("Incidents", "{state} · waiting to be sent").format(state=said)
    return said


def state_mark(item: IncidentItem) -> tuple[str, str]:
    """Icon and colour: the shape is the state, the colour the grade."""
    shape = _STATE_MARKS.get(item.state, "check")
    return shape, grade_colour(item.row.grade) if item.state.open else "faint"


def number_words(item: IncidentItem) -> str:
    return item.row.number or translate("Incidents", "no number yet")


def elapsed_words(since: datetime, now: datetime) -> str:
    seconds = max(int((now - since).total_seconds()), 0)
    if seconds < _HOUR:
        return f"{seconds // _MINUTE:02d}:{seconds % _MINUTE:02d}"
    if seconds < _DAY:
        return f"{seconds // _HOUR}:{seconds % _HOUR // _MINUTE:02d}:{seconds % _MINUTE:02d}"
    return translate("Incidents", "{days} d").format(days=seconds // _DAY)


def who_words(item: IncidentItem) -> str:
    return item.row.assignee_name or "–"


def place_words(item: IncidentItem) -> str:
    """Where, and what its sender calls it where that says more than its type."""
    row = item.row
    place = short_place(row.place) or translate("Incidents", "place not known")
    title = own_title(item)
    return f"{place} · {title}" if title else place


def own_title(item: IncidentItem) -> str:
    """Empty where it repeats the words of its type."""
    title = item.row.title
    known = type_of(item.row.type)
    return "" if known is not None and title in (known.name.ko, known.name.en) else title


def keyed(words: str, key: str) -> str:
    """What a button says, with the key that does the same."""
    return f"{words}   {key}" if key else words
