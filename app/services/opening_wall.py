"""What the main wall shows when a camera list has been opened."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.layout import Layout, smallest_for
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, Wall
from app.services.walls import Walls

_LABEL = Text("카메라 목록 열기", "Open the camera list")


def opening_wall(wall: Wall, layout: Layout | None, cameras: Sequence[CameraId]) -> Wall:
    """A wall that shows any camera of the list stays; any other shows the first of the list.

    A named `layout` counts where every tile that holds something keeps its place in it: it is
    there at every start, and would cut what was arranged since. Without one the smallest square
    that holds the list.
    """
    known = set(cameras)
    ours = any(camera in known for camera in rule.cameras(wall))
    if ours or not cameras:
        return wall if layout is None else _whole_in(layout, wall)
    fresh = rule.with_layout(rule.cleared(wall), layout or smallest_for(len(cameras)))
    return rule.fill(fresh, cameras)


def _whole_in(layout: Layout, wall: Wall) -> Wall:
    other = rule.with_layout(wall, layout)
    return other if sum(map(bool, other.tiles)) == sum(map(bool, wall.tiles)) else wall


def open_wall(walls: Walls, layout: Layout | None, cameras: Sequence[CameraId]) -> None:
    """One step that can be undone, if it changes anything."""
    before = walls.own_wall(MAIN_WINDOW)
    after = opening_wall(before, layout, cameras)
    if after != before:
        walls.apply(MAIN_WINDOW, after, _LABEL)
