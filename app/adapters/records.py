"""Walls, tours, placements and acts as JSON text, and back.

What comes back from a disk is not trusted: a reader raises ValueError, TypeError, KeyError,
IndexError or `BadInput` for anything that is not what the writer wrote (`UNREADABLE`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.act import Act, ActKind
from app.domain.camera import CameraId
from app.domain.layout import Layout
from app.domain.tour import Tour
from app.domain.wall import Wall
from app.domain.wall_set import Placement
from app.formats.tour_json import tour_of, tour_value
from app.formats.wall_json import (
    exactly,
    layout_of,
    layout_value,
    wall_of,
    wall_value,
)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _object(text: str) -> dict[str, Any]:
    return exactly(dict, json.loads(text))


# ------------------------------------------------------------------------------ layouts, walls


def layout_text(layout: Layout) -> str:
    return _dumped(layout_value(layout))


def read_layout(text: str) -> Layout:
    return layout_of(_object(text))


def wall_text(wall: Wall) -> str:
    return _dumped(wall_value(wall))


def read_wall(text: str) -> Wall:
    return wall_of(_object(text))


# ----------------------------------------------------------------------------------- placements


def placement_text(placement: Placement) -> str:
    names = Placement.__dataclass_fields__
    return _dumped({name: getattr(placement, name) for name in names})


def read_placement(text: str) -> Placement:
    value = _object(text)
    x, y, width, height = (exactly(int, value[name]) for name in ("x", "y", "width", "height"))
    screen, serial = (exactly(str, value[name]) for name in ("screen", "serial"))
    full_screen, visible = (exactly(bool, value[name]) for name in ("full_screen", "visible"))
    return Placement(screen, serial, x, y, width, height, full_screen, visible)


# ---------------------------------------------------------------------------------------- tours


def tour_text(tour: Tour) -> str:
    return _dumped(tour_value(tour))


def read_tour(text: str) -> Tour:
    return tour_of(_object(text))


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
