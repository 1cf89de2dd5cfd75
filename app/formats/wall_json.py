"""A wall as JSON values: what the local store and the hub keep of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.layout import Cell, Layout
from app.domain.wall import CameraTile, HotSpotTile, TileContent, TourId, TourTile, Wall, WallId

# What reading a value that somebody else wrote may raise.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, OverflowError, BadInput)

T = TypeVar("T")


def exactly(kind: type[T], value: object) -> T:
    """The value, if it is exactly of this kind (True is no int)."""
    if type(value) is not kind:
        message = f"{type(value).__name__} instead of {kind.__name__}"
        raise TypeError(message)
    return value


def layout_value(layout: Layout) -> dict[str, object]:
    return {
        "name": layout.name,
        "columns": layout.columns,
        "rows": layout.rows,
        "cells": [[c.column, c.row, c.width, c.height] for c in layout.cells],
    }


def layout_of(value: dict[str, Any]) -> Layout:
    cells = tuple(
        Cell(*(exactly(int, number) for number in numbers))
        for numbers in exactly(list, value["cells"])
    )
    name = exactly(str, value["name"])
    return Layout(name, exactly(int, value["columns"]), exactly(int, value["rows"]), cells)


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


def wall_value(wall: Wall) -> dict[str, object]:
    return {
        "id": wall.id,
        "name": wall.name,
        "layout": layout_value(wall.layout),
        "tiles": [_content_value(content) for content in wall.tiles],
    }


def wall_of(value: Mapping[str, Any]) -> Wall:
    """Raises one of `UNREADABLE`."""
    tiles = tuple(_content_of(content) for content in exactly(list, value["tiles"]))
    layout = layout_of(exactly(dict, value["layout"]))
    return Wall(WallId(exactly(str, value["id"])), exactly(str, value["name"]), layout, tiles)
