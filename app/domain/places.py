"""Korean addresses in few words."""

from __future__ import annotations

from typing import Final

_AREAS: Final = ("특별시", "광역시", "특별자치시", "특별자치도", "도", "시", "군", "구")


def short_place(place: str) -> str:
    """Without the province, city and district before it: everybody here knows those."""
    words = place.split()
    while len(words) > 1 and words[0].endswith(_AREAS):
        words.pop(0)
    return " ".join(words)
