"""All walls of a console at one moment: the value that undo goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.layout import Layout
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, Wall, WallId, WindowId

# Four monitors with two windows each; more were not seen in a control room.
MAX_WINDOWS = 8


@dataclass(frozen=True, slots=True)
class WallSet:
    """The working wall of every window, the main one first.

    Saved walls and the operator's own layouts are in the order of their saving.
    """

    working: tuple[tuple[WindowId, Wall], ...]
    saved: tuple[Wall, ...] = ()
    layouts: tuple[Layout, ...] = ()

    @property
    def windows(self) -> tuple[WindowId, ...]:
        return tuple(window for window, _ in self.working)

    def wall(self, window: WindowId) -> Wall:
        """Raises KeyError for a window that is not open."""
        return dict(self.working)[window]

    def find(self, wall_id: WallId) -> Wall | None:
        """The saved wall of this id."""
        return next((wall for wall in self.saved if wall.id == wall_id), None)


@dataclass(frozen=True, slots=True)
class SavedWall:
    """A line in a list of saved walls."""

    id: WallId
    name: str
    layout: str
    cameras: tuple[CameraId, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a window was.

    The monitor by name and serial number, the frame in the coordinates of the desktop
    (device-independent pixels), and whether it filled the screen.
    """

    screen: str
    serial: str
    x: int
    y: int
    width: int
    height: int
    full_screen: bool = False
    visible: bool = True


def shown(walls: WallSet, changes: Mapping[WindowId, Wall]) -> WallSet:
    """With other working walls. Raises KeyError for a window that is not open."""
    if unknown := changes.keys() - set(walls.windows):
        raise KeyError(*sorted(unknown))
    return replace(
        walls, working=tuple((window, changes.get(window, wall)) for window, wall in walls.working)
    )


def opened(walls: WallSet, wall: Wall) -> tuple[WallSet, WindowId]:
    """With one more window, which takes the lowest free number. Raises `BadInput` at the limit."""
    free = [str(n) for n in range(2, MAX_WINDOWS + 1) if str(n) not in walls.windows]
    if not free:
        raise BadInput(
            Text(
                f"영상벽 창은 {MAX_WINDOWS}개까지 열 수 있습니다.",
                f"{MAX_WINDOWS} wall windows at most can be open.",
            )
        )
    window = WindowId(free[0])
    return replace(walls, working=_in_order((*walls.working, (window, wall)))), window


def rejoined(walls: WallSet, aside: WallSet) -> WallSet:
    """With the working walls that were put `aside`; windows that it does not know stay."""
    back = dict(aside.working)
    others = (one for one in walls.working if one[0] not in back)
    return replace(walls, working=_in_order((*aside.working, *others)))


def _in_order(working: Iterable[tuple[WindowId, Wall]]) -> tuple[tuple[WindowId, Wall], ...]:
    return tuple(sorted(working, key=lambda w: (w[0] != MAIN_WINDOW, _number(w[0]))))


def _number(window: WindowId) -> int:
    return int(window) if window.isdecimal() else 0


def closed(walls: WallSet, window: WindowId) -> WallSet:
    """Without this window. Raises `BadInput` for the main one."""
    if window == MAIN_WINDOW:
        raise BadInput(
            Text("주 창의 영상벽은 닫을 수 없습니다.", "The wall of the main window stays open.")
        )
    return replace(walls, working=tuple(w for w in walls.working if w[0] != window))


def kept(walls: WallSet, wall: Wall) -> WallSet:
    """With `wall` among the saved ones, in place of the one of the same id."""
    if walls.find(wall.id) is None:
        return replace(walls, saved=(*walls.saved, wall))
    return replace(walls, saved=tuple(wall if w.id == wall.id else w for w in walls.saved))


def dropped(walls: WallSet, wall_id: WallId) -> WallSet:
    """Without this saved wall; windows that show it keep showing its cameras."""
    return replace(walls, saved=tuple(wall for wall in walls.saved if wall.id != wall_id))


def named(walls: WallSet, wall_id: WallId, name: str) -> WallSet:
    """With another name for a saved wall, also where a window shows it."""

    def rename(wall: Wall) -> Wall:
        return replace(wall, name=name) if wall.id == wall_id else wall

    return replace(
        walls,
        saved=tuple(map(rename, walls.saved)),
        working=tuple((window, rename(wall)) for window, wall in walls.working),
    )


def with_own_layout(walls: WallSet, layout: Layout) -> WallSet:
    """With a layout of the operator's own, in place of the one of the same name."""
    others = tuple(own for own in walls.layouts if own.name != layout.name)
    return replace(walls, layouts=(*others, layout))


def without_own_layout(walls: WallSet, name: str) -> WallSet:
    return replace(walls, layouts=tuple(own for own in walls.layouts if own.name != name))
