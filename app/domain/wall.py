"""A wall: a layout and what its tiles show. Every change is a new wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NewType

from app.domain.camera import CameraId
from app.domain.layout import Layout, layout_named

WallId = NewType("WallId", str)
TourId = NewType("TourId", str)
WindowId = NewType("WindowId", str)

MAIN_WINDOW = WindowId("main")


@dataclass(frozen=True, slots=True)
class CameraTile:
    camera: CameraId


@dataclass(frozen=True, slots=True)
class TourTile:
    """Shows the cameras of a saved tour in turn."""

    tour: TourId


@dataclass(frozen=True, slots=True)
class HotSpotTile:
    """Shows the camera of the focused tile, at `main`."""


TileContent = CameraTile | TourTile | HotSpotTile


@dataclass(frozen=True, slots=True)
class Wall:
    """`tiles` has one entry a cell of the layout, None where a tile is free.

    `name` is empty while the wall has not been saved.
    """

    id: WallId
    name: str
    layout: Layout
    tiles: tuple[TileContent | None, ...]

    def __post_init__(self) -> None:
        if len(self.tiles) != len(self.layout.cells):
            message = f"{len(self.tiles)} tiles in a layout of {len(self.layout.cells)} cells"
            raise ValueError(message)


def empty_wall(wall_id: WallId, layout: Layout | None = None, name: str = "") -> Wall:
    layout = layout or layout_named("9")
    return Wall(wall_id, name, layout, (None,) * len(layout.cells))


def put(wall: Wall, index: int, content: TileContent | None) -> Wall:
    """Shows `content` in a tile, in place of what was there. Raises IndexError."""
    if not 0 <= index < len(wall.tiles):
        message = f"tile {index} of {len(wall.tiles)}"
        raise IndexError(message)
    return replace(wall, tiles=(*wall.tiles[:index], content, *wall.tiles[index + 1 :]))


def clear(wall: Wall, index: int) -> Wall:
    return put(wall, index, None)


def cleared(wall: Wall) -> Wall:
    """The same layout with every tile free."""
    return replace(wall, tiles=(None,) * len(wall.tiles))


def swap(wall: Wall, first: int, second: int) -> Wall:
    """Exchanges two tiles; onto a free tile that is a move."""
    moved = put(wall, first, wall.tiles[second])
    return put(moved, second, wall.tiles[first])


def move(source: Wall, index: int, target: Wall, place: int) -> tuple[Wall, Wall]:
    """Exchanges a tile of one wall with a tile of another (onto a free tile: a move)."""
    return put(source, index, target.tiles[place]), put(target, place, source.tiles[index])


def fill(wall: Wall, cameras: Iterable[CameraId], start: int = 0) -> Wall:
    """Puts cameras into the tiles from `start` on, over what is there; the rest is left out."""
    room = len(wall.tiles) - start
    for index, camera in enumerate(tuple(cameras)[: max(0, room)], start=start):
        wall = put(wall, index, CameraTile(camera))
    return wall


def add(wall: Wall, cameras: Iterable[CameraId]) -> Wall:
    """Puts cameras into the free tiles only, in order; the rest is left out."""
    for camera in cameras:
        if (index := first_free(wall)) is None:
            break
        wall = put(wall, index, CameraTile(camera))
    return wall


def with_layout(wall: Wall, layout: Layout) -> Wall:
    """The same cameras in another layout.

    Tiles keep their place while all of them have one; else they close up in order, and what is
    left over (see `left_over`) is gone.
    """
    room = len(layout.cells)
    tiles = wall.tiles
    if any(content is not None for content in tiles[room:]):
        tiles = tuple(content for content in tiles if content is not None)
    kept = tiles[:room]
    return replace(wall, layout=layout, tiles=kept + (None,) * (room - len(kept)))


def left_over(wall: Wall, layout: Layout) -> tuple[TileContent, ...]:
    """What `with_layout` would drop."""
    contents = [content for content in wall.tiles if content is not None]
    return tuple(contents[len(layout.cells) :])


def camera_of(content: TileContent | None) -> CameraId | None:
    """The camera that a tile shows by itself; None for tours, hot spots and free tiles."""
    return content.camera if isinstance(content, CameraTile) else None


def cameras(wall: Wall) -> tuple[CameraId, ...]:
    """Its cameras in the order of the tiles, each once; without those of tours."""
    shown = (camera_of(content) for content in wall.tiles)
    return tuple(dict.fromkeys(camera for camera in shown if camera is not None))


def first_free(wall: Wall, start: int = 0) -> int | None:
    """The first free tile from `start` on."""
    return next((i for i in range(start, len(wall.tiles)) if wall.tiles[i] is None), None)


def place_of(wall: Wall, camera: CameraId) -> int | None:
    """The first tile that shows this camera."""
    return next((i for i, c in enumerate(wall.tiles) if camera_of(c) == camera), None)


def hot_spots(wall: Wall) -> tuple[int, ...]:
    return tuple(i for i, content in enumerate(wall.tiles) if isinstance(content, HotSpotTile))


def same_picture(one: Wall, other: Wall) -> bool:
    """Whether both show the same, whatever their names."""
    return one.layout.cells == other.layout.cells and one.tiles == other.tiles
