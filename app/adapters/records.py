"""Walls, tours, placements and acts as JSON text, and back.

What comes back from a disk is not trusted: a reader raises ValueError, TypeError, KeyError,
IndexError or `BadInput` for anything that is not what the writer wrote (`UNREADABLE`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.domain.act import Act, ActKind
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.layout import Cell, Layout
from app.domain.tour import CameraStop, Stop, Tour, TourId, WallStop
from app.domain.wall import CameraTile, HotSpotTile, TileContent, TourTile, Wall, WallId
from app.domain.wall_set import Placement

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, BadInput)

T = TypeVar("T")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _is(kind: type[T], value: object) -> T:
    """The value, if it is exactly of this kind (True is no int)."""
    if type(value) is not kind:
        message = f"{type(value).__name__} instead of {kind.__name__}"
        raise TypeError(message)
    return value


def _object(text: str) -> dict[str, Any]:
    return _is(dict, json.loads(text))


# ------------------------------------------------------------------------------ layouts, walls


def layout_value(layout: Layout) -> dict[str, object]:
    return {
        "name": layout.name,
        "columns": layout.columns,
        "rows": layout.rows,
        "cells": [[c.column, c.row, c.width, c.height] for c in layout.cells],
    }


def _layout_of(value: dict[str, Any]) -> Layout:
    cells = tuple(
        Cell(*(_is(int, number) for number in numbers)) for numbers in _is(list, value["cells"])
    )
    name = _is(str, value["name"])
    return Layout(name, _is(int, value["columns"]), _is(int, value["rows"]), cells)


def layout_text(layout: Layout) -> str:
    return _dumped(layout_value(layout))


def read_layout(text: str) -> Layout:
    return _layout_of(_object(text))


def _content_value(content: TileContent | None) -> dict[str, object] | None:
    if isinstance(content, CameraTile):
        return {"camera": content.camera}
    if isinstance(content, TourTile):
        return {"tour": content.tour}
    return None if content is None else {"hot_spot": True}


def _content_of(value: object) -> TileContent | None:
    match value:
        case None:
            return None
        case {"camera": str(camera)}:
            return CameraTile(CameraId(camera))
        case {"tour": str(tour)}:
            return TourTile(TourId(tour))
        case {"hot_spot": True}:
            return HotSpotTile()
        case _:
            message = "a tile of an unknown kind"
            raise ValueError(message)


def wall_text(wall: Wall) -> str:
    return _dumped(
        {
            "id": wall.id,
            "name": wall.name,
            "layout": layout_value(wall.layout),
            "tiles": [_content_value(content) for content in wall.tiles],
        }
    )


def read_wall(text: str) -> Wall:
    value = _object(text)
    tiles = tuple(_content_of(content) for content in _is(list, value["tiles"]))
    layout = _layout_of(_is(dict, value["layout"]))
    return Wall(WallId(_is(str, value["id"])), _is(str, value["name"]), layout, tiles)


# ----------------------------------------------------------------------------------- placements


def placement_text(placement: Placement) -> str:
    names = Placement.__dataclass_fields__
    return _dumped({name: getattr(placement, name) for name in names})


def read_placement(text: str) -> Placement:
    value = _object(text)
    x, y, width, height = (_is(int, value[name]) for name in ("x", "y", "width", "height"))
    screen, serial = (_is(str, value[name]) for name in ("screen", "serial"))
    full_screen, visible = (_is(bool, value[name]) for name in ("full_screen", "visible"))
    return Placement(screen, serial, x, y, width, height, full_screen, visible)


# ---------------------------------------------------------------------------------------- tours


def tour_text(tour: Tour) -> str:
    stops = [
        {"camera": stop.camera, "dwell": stop.dwell_seconds}
        if isinstance(stop, CameraStop)
        else {"wall": stop.wall, "dwell": stop.dwell_seconds}
        for stop in tour.stops
    ]
    return _dumped({"id": tour.id, "name": tour.name, "stops": stops, "only_live": tour.only_live})


def _stop_of(value: object) -> Stop:
    match value:
        case {"camera": str(camera), "dwell": int() | float() as dwell}:
            return CameraStop(CameraId(camera), float(dwell))
        case {"wall": str(wall), "dwell": int() | float() as dwell}:
            return WallStop(WallId(wall), float(dwell))
        case _:
            message = "a stop of an unknown kind"
            raise ValueError(message)


def read_tour(text: str) -> Tour:
    value = _object(text)
    stops = tuple(_stop_of(stop) for stop in _is(list, value["stops"]))
    tour_id = TourId(_is(str, value["id"]))
    return Tour(tour_id, _is(str, value["name"]), stops, _is(bool, value["only_live"]))


# --------------------------------------------------------------------------- preferences, acts


def value_text(value: object) -> str:
    return _dumped(value)


def read_value(text: str) -> object:
    value: object = json.loads(text)
    return value


def act_row(act: Act) -> tuple[str, str, str, str | None, str, str]:
    """(id, at, kind, camera, operator, detail); `at` sorts as text."""
    at = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    return act.id, at, act.kind.value, act.camera, act.operator, _dumped(dict(act.detail))


def read_act(row: Mapping[str, Any]) -> Act:
    camera = row["camera"]
    return Act(
        row["id"],
        datetime.fromisoformat(row["at"]),
        ActKind(row["kind"]),
        None if camera is None else CameraId(camera),
        row["operator"],
        _object(row["detail"]),
    )
