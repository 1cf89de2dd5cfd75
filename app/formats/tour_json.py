"""A tour as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.camera import CameraId
from app.domain.tour import CameraStop, Stop, Tour, TourId, WallStop
from app.domain.wall import WallId
from app.formats.wall_json import exactly


def tour_value(tour: Tour) -> dict[str, object]:
    stops = [
        {"camera": stop.camera, "dwell": stop.dwell_seconds}
        if isinstance(stop, CameraStop)
        else {"wall": stop.wall, "dwell": stop.dwell_seconds}
        for stop in tour.stops
    ]
    return {"id": tour.id, "name": tour.name, "stops": stops, "only_live": tour.only_live}


def _stop_of(value: object) -> Stop:
    match value:
        case {"camera": str(camera), "dwell": int() | float() as dwell}:
            return CameraStop(CameraId(camera), float(dwell))
        case {"wall": str(wall), "dwell": int() | float() as dwell}:
            return WallStop(WallId(wall), float(dwell))
        case _:
            message = "a stop of an unknown kind"
            raise ValueError(message)


def tour_of(value: Mapping[str, Any]) -> Tour:
    """Raises one of `wall_json.UNREADABLE`."""
    stops = tuple(_stop_of(stop) for stop in exactly(list, value["stops"]))
    tour_id = TourId(exactly(str, value["id"]))
    return Tour(tour_id, exactly(str, value["name"]), stops, exactly(bool, value["only_live"]))
