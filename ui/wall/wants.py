"""What a wall asks of the streams: a pure rule. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.camera import CameraId
from app.domain.stream import Importance, Want

# A tile that waits behind an enlarged one stays connected this long; who looks longer is at work
# there, and sixty open streams that nobody sees cost network and CPU.
HIDDEN_SECONDS = 60.0
# Where the list does not say how large a camera's main stream is: most are Full HD.
ASSUMED_MAIN = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Seen:
    """One tile of the wall as it is seen: its size in device pixels and what is done to it.

    `main_size`: the pixels that the camera's main stream has; asking for more only blurs them.
    """

    camera: CameraId
    width: int
    height: int
    focused: bool = False
    enlarged: bool = False
    zoom: float = 1.0
    hidden: bool = False
    sharp: bool = False
    main_size: tuple[int, int] = ASSUMED_MAIN


def want(tile: Seen) -> Want:
    """A tile that is zoomed into asks for the pixels that its crop shows."""
    if tile.hidden:
        return Want(tile.width, tile.height, Importance.HIDDEN)
    width, height = tile.width, tile.height
    if tile.zoom > 1.0:
        width = max(width, min(tile.main_size[0], round(width * tile.zoom)))
        height = max(height, min(tile.main_size[1], round(height * tile.zoom)))
    importance = Importance.FOCUSED if tile.focused else Importance.SHOWN
    return Want(width, height, importance, tile.sharp or tile.enlarged or tile.zoom > 1.0)


def wants(tiles: Iterable[Seen]) -> dict[CameraId, Want]:
    """One want per camera; a camera in two tiles gets the larger size and the higher standing."""
    result: dict[CameraId, Want] = {}
    for tile in tiles:
        new = want(tile)
        old = result.get(tile.camera)
        if old is not None:
            new = Want(
                max(old.width, new.width),
                max(old.height, new.height),
                max(old.importance, new.importance),
                old.sharp or new.sharp,
            )
        result[tile.camera] = new
    return result
