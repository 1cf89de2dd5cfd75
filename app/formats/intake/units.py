"""`kr.gwanje.unit.position`: where a patrol car, an ambulance, an officer is now.

`data`: `unit` (its id at the sender), `kind` (`app.domain.unit.UnitKind`), `name`, `latitude` and
`longitude` (or what `webhook` reads as a place), `heading` in degrees, `speed` in km/h.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.domain.intake import IntakeEvent, Kind, Rejected
from app.domain.text import Text
from app.domain.unit import UNIT, unit_kind
from app.formats.fields import number_of
from app.formats.intake.reading import MAX_KEY, Told, key_of, text_of

UNIT_TYPE: Final = "kr.gwanje.unit.position"
_FASTEST_KMH: Final = 300.0
_NO_UNIT = Text("unit이 비어 있습니다", "unit is blank")
_NO_PLACE = Text(
    "대한민국 안의 위치가 없어 어디인지 알 수 없습니다",
    "no position within Korea: where it is cannot be told",
)


def unit_event(
    source: str, time: str, data: Mapping[str, object], place: tuple[object, object], now: datetime
) -> IntakeEvent | Rejected:
    """What one message says of one unit; without a place it says nothing."""
    unit = key_of(data.get("unit"))
    if not unit:
        return Rejected(_NO_UNIT)
    told = Told()
    latitude, longitude = told.position(*place)
    if latitude is None or longitude is None:
        return Rejected(_NO_PLACE)
    facts = {
        "kind": unit_kind(text_of(data.get("kind"), MAX_KEY)).value,
        "name": text_of(data.get("name"), MAX_KEY) or unit,
    }
    for name, most in (("heading", 360.0), ("speed", _FASTEST_KMH)):
        value = number_of(text_of(data.get(name)))
        if value is not None and math.isfinite(value) and 0 <= value <= most:
            facts[name] = f"{value:g}"
    return IntakeEvent(
        source, unit, Kind.POSITION, UNIT, told.moment(time, now), latitude=latitude,
        longitude=longitude, facts=facts, problems=tuple(told.problems),
    )  # fmt: skip
