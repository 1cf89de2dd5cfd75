"""Finds a place by what an operator types: a district's name, its initials, or coordinates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain import hangul
from app.domain.geo.earth import Place

# 35.8714, 128.6014 or 35.8714 128.6014, with or without N and E.
_DECIMAL: Final = re.compile(
    r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[NnEe]?[\s,;/]+(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[NnEe]?\s*$"
)
# 35°52'17.0"N 128°36'05.0"E
_SEXAGESIMAL: Final = re.compile(
    r"^\s*(\d{1,3})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:\.\d+)?)[\"″]\s*[Nn]?[\s,;]*"
    r"(\d{1,3})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:\.\d+)?)[\"″]\s*[Ee]?\s*$"
)
# Degrees between which Korea lies; a pair the wrong way round is turned.
_LATITUDES: Final = (32.0, 44.0)
_LONGITUDES: Final = (123.0, 133.0)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """`whole`: with the larger areas before it, as an address begins. `zoom`: to see all of it."""

    name: str
    whole: str
    place: Place
    zoom: float


class PlaceIndex:
    """Names are looked for with the areas before them, as an address begins."""

    def __init__(self, places: Sequence[NamedPlace]) -> None:
        self._places = tuple(places)
        self._texts = tuple(hangul.normal(place.whole) for place in places)
        self._first = tuple(
            len(text) - len(hangul.normal(place.name))
            for text, place in zip(self._texts, places, strict=True)
        )

    def search(self, text: str, limit: int = 20) -> list[NamedPlace]:
        """Best first; [] for an empty text. Words before the last one are the areas around it.

        What begins with the word comes before what holds it, the larger of two areas first.
        """
        *areas, last = [hangul.patterns(word) for word in text.split()] or [()]
        found = []
        for number, (whole, first) in enumerate(zip(self._texts, self._first, strict=True)):
            at = _last(last, whole)
            if at >= 0 and all(_last(area, whole) >= 0 for area in areas):
                begins = (0 if at == first else 1) if at >= first else 2
                found.append((begins, self._places[number].zoom, number))
        found.sort()
        return [self._places[number] for *_, number in found[:limit]]


def _last(patterns: Sequence[hangul.Pattern], text: str) -> int:
    """Where one of them fits for the last time, -1 for nowhere."""
    return max((_last_of(pattern, text) for pattern in patterns), default=-1)


def _last_of(pattern: hangul.Pattern, text: str) -> int:
    want, *rest = pattern
    for at in range(len(text) - len(pattern), -1, -1):
        if hangul.fits(want, text[at]) and all(
            hangul.fits(other, text[at + n]) for n, other in enumerate(rest, 1)
        ):
            return at
    return -1


def coordinates(text: str) -> Place | None:
    """None where the text is no pair of degrees within Korea's reach."""
    if match := _DECIMAL.match(text):
        one, other = float(match[1]), float(match[2])
    elif match := _SEXAGESIMAL.match(text):
        parts = [float(part) for part in match.groups()]
        one, other = (a + b / 60 + c / 3600 for a, b, c in (parts[:3], parts[3:]))
    else:
        return None
    for latitude, longitude in ((one, other), (other, one)):
        if _between(latitude, _LATITUDES) and _between(longitude, _LONGITUDES):
            return Place(latitude, longitude)
    return None


def _between(value: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= value <= ends[1]
