"""The words and marks of an incident's type and grade, wherever one stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.incident_type import Grade
from app.domain.incident_types import type_of
from ui.translations import words

_GRADES: Final = frozenset(Grade)
_COLOURS: Final = {Grade.URGENT: "urgent", Grade.NORMAL: "normal", Grade.VEHICLE: "vehicle"}
_SHAPES: Final = {Grade.URGENT: "diamond", Grade.NORMAL: "circle", Grade.VEHICLE: "square"}


def type_words(key: str) -> str:
    """A type that a newer hub knows is shown by its key."""
    known = type_of(key)
    return words(known.name) if known is not None else key


def fitting_words(key: str, fits: Callable[[str], bool]) -> str:
    """The name of a type or its short one, the longest that fits; "" where neither does.

    None is cut: "112 emergency…" may be a video or a dispatch.
    """
    known = type_of(key)
    names = (key,) if known is None else (words(known.name), words(known.short))
    return next(filter(fits, names), "")


def grade_words(grade: int) -> str:
    return words(Grade(grade).words) if grade in _GRADES else str(grade)


def grade_colour(grade: int) -> str:
    return _COLOURS[Grade(grade)] if grade in _GRADES else "secondary"


def grade_shape(grade: int) -> str:
    """A colour alone tells nothing to one man in twelve."""
    return _SHAPES[Grade(grade)] if grade in _GRADES else "circle"
