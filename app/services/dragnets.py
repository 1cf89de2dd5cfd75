"""투망감시 on this console's walls: one key opens it, one key leaves as if it had not been."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.clock import Clock
from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.dragnet import Candidate, Dragnet, Target, dragnet
from app.domain.errors import BadInput
from app.domain.geo.earth import Place
from app.domain.incident_type import DragnetDefault
from app.domain.incident_types import type_of
from app.domain.layout import Layout, layout_named
from app.domain.stream import Importance, Want
from app.domain.text import Text
from app.domain.tile import TileState
from app.domain.wall import CameraTile, Wall, WallId, WindowId
from app.services.catalog import Catalog
from app.services.incident_overlay import IncidentItem
from app.services.streams import Streams
from app.services.tours import TourPlace, Tours
from app.services.walls import Walls
from app.signals import Signal

# The place of the best camera is large; the others stand around it.
_LAYOUTS = ((6, "1+5"), (8, "1+7"), (13, "1+12"))
# Warm streams cost a key frame each second or two; of more incidents nobody opens the next one.
WARM_INCIDENTS = 6
WARM_CAMERAS = 24
_OPENED, _WARM = "dragnet opened", "dragnet warm"
_SMALLEST = Want(2, 2, Importance.INCIDENT)
_KEPT_WARM = Want(640, 360, Importance.WARM)
_DEAD = frozenset(
    {TileState.UNREACHABLE, TileState.NOT_FOUND, TileState.UNAUTHORISED, TileState.UNSUPPORTED}
)
_ORDINARY = DragnetDefault()

# The state of a camera as others see it (`domain.tile.TileState`), "" where nobody knows.
Seen = Callable[[CameraId], str]


@dataclass(frozen=True, slots=True)
class OpenDragnet:
    """`shown`: the camera of each tile; `found`: all candidates, the best first."""

    incident: str
    window: WindowId
    found: Dragnet
    shown: tuple[CameraId, ...]

    def candidate(self, camera: CameraId) -> Candidate | None:
        return next((one for one in self.found.candidates if one.camera.id == camera), None)

    @property
    def following(self) -> Candidate | None:
        """The best one that has no tile; None where all of them have one."""
        return next((c for c in self.found.candidates if c.camera.id not in self.shown), None)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the window showed: a wall over its own, and whether its tour of walls was running."""

    cover: Wall | None
    toured: bool


class _Dead:
    """Cameras that give no picture: by our own eyes where we look, else by what others saw."""

    def __init__(self, streams: Streams, seen: Seen) -> None:
        self._streams, self._seen = streams, seen
        self._watched = streams.watched()

    def __contains__(self, camera: object) -> bool:
        id_ = CameraId(str(camera))
        if id_ in self._watched:
            return self._streams.truth(id_).state in _DEAD
        return self._seen(id_) in _DEAD


class Dragnets:
    """On the loop's thread.

    changed  one was opened, changed or closed on this window
    """

    def __init__(
        self,
        catalog: Catalog,
        walls: Walls,
        tours: Tours,
        streams: Streams,
        clock: Clock,
        seen: Seen = lambda _camera: "",
    ) -> None:
        self.changed: Signal[WindowId] = Signal("dragnet changed")
        self._catalog, self._walls, self._tours = catalog, walls, tours
        self._streams, self._clock, self._seen = streams, clock, seen
        self._open: dict[WindowId, OpenDragnet] = {}
        self._before: dict[WindowId, _Before] = {}
        self._warm: dict[str, tuple[int, tuple[CameraId, ...]]] = {}
        walls.changed.connect(self._wall_changed)
        catalog.changed.connect(lambda _: self._warm.clear())

    # what there is

    def at(self, window: WindowId) -> OpenDragnet | None:
        return self._open.get(window)

    def all(self) -> tuple[OpenDragnet, ...]:
        """Those that are open now."""
        return tuple(self._open.values())

    def find(self, item: IncidentItem) -> Dragnet:
        """The cameras around an incident, without opening anything."""
        row = item.row
        place = None
        if row.latitude is not None and row.longitude is not None:
            place = Place(row.latitude, row.longitude)
        reporting = row.camera or next(iter(row.cameras), None)
        elapsed = (self._clock.now() - row.changed_at).total_seconds()
        target = Target(place, CameraId(reporting) if reporting else None, elapsed)
        dead = _Dead(self._streams, self._seen)
        return dragnet(self._catalog.field(), target, _default(row.type), dead=dead)

    # what a person does

    def open(self, item: IncidentItem) -> OpenDragnet:
        """Puts its cameras onto a wall. Raises `BadInput` where there is none to be shown."""
        found = self.find(item)
        if not found.candidates:
            raise BadInput(found.note or _NOTHING)
        layout = _layout(found.count)
        shown = tuple(c.camera.id for c in found.candidates[: len(layout.cells)])
        window = self._place(item.row.id)
        opened = OpenDragnet(item.row.id, window, found, shown)
        if window not in self._before:
            self._before[window] = self._put_by(window)
        self._open[window] = opened
        self._declare()
        self._walls.cover(window, _wall(opened, _name(item)))
        self.changed.emit(window)
        return opened

    def replace(self, window: WindowId, tile: int) -> Candidate:
        """The next best camera in place of the one in that tile. Raises `BadInput` without one."""
        opened = self._open.get(window)
        following = opened.following if opened is not None else None
        if opened is None or following is None or not 0 <= tile < len(opened.shown):
            raise BadInput(_NO_OTHER)
        left = opened.shown[tile]
        # What was there goes to the end: pressed again and again, the key goes round all of them.
        rest = [c for c in opened.found.candidates if c.camera.id != left]
        gone = [c for c in opened.found.candidates if c.camera.id == left]
        shown = (*opened.shown[:tile], following.camera.id, *opened.shown[tile + 1 :])
        found = replace(opened.found, candidates=(*rest, *gone))
        self._open[window] = opened = replace(opened, shown=shown, found=found)
        self._declare()
        self._walls.cover(window, _wall(opened, self._walls.wall(window).name))
        self.changed.emit(window)
        return following

    def close(self, window: WindowId) -> bool:
        """The window shows what it showed before; False where no dragnet was open."""
        if self._open.pop(window, None) is None:
            return False
        before = self._before.pop(window)
        self._declare()
        self._walls.cover(window, before.cover)
        if before.toured:
            self._tours.resume(TourPlace(window))
        self.changed.emit(window)
        return True

    def keep_warm(self, items: Sequence[IncidentItem]) -> None:
        """Connects the cameras around the first open incidents, so that pictures stand at once.

        `items` in the order in which they want attention. To be called every second or two.
        """
        wanted = [item for item in items if item.state.open][:WARM_INCIDENTS]
        known, self._warm = self._warm, {}
        cameras: dict[CameraId, Want] = {}
        for item in wanted:
            version = hash((item.row.latitude, item.row.longitude, item.row.camera, item.row.type))
            kept = known.get(item.row.id)
            if kept is None or kept[0] != version:
                chosen = tuple(c.camera.id for c in self.find(item).chosen if c.live)
                kept = (version, chosen)
            self._warm[item.row.id] = kept
            cameras |= dict.fromkeys(kept[1], _KEPT_WARM)
        some = dict(list(cameras.items())[:WARM_CAMERAS])
        self._streams.declare(_WARM, some)

    def end(self) -> None:
        """Nobody is signed in any more: nothing stays on a wall, nothing stays connected."""
        for window in tuple(self._open):
            self.close(window)
        self._warm.clear()
        self._streams.withdraw(_WARM)

    # inside

    def _place(self, incident: str) -> WindowId:
        """Where it is open already; an empty window; else the main one.

        A dragnet of another incident in the main window gives way: whoever presses the key wants to
        see this one. One on a window of its own stays.
        """
        for window, opened in self._open.items():
            if opened.incident == incident:
                return window
        return self._walls.spare()

    def _put_by(self, window: WindowId) -> _Before:
        cover = self._walls.wall(window) if self._walls.covered(window) else None
        place = TourPlace(window)
        run = self._tours.run_at(place)
        toured = run is not None and not run.paused
        if toured:
            self._tours.pause(place)
        return _Before(cover, toured)

    def _wall_changed(self, window: WindowId) -> None:
        """A change by hand made it the window's own wall, or somebody shows another one here."""
        opened = self._open.get(window)
        if opened is None:
            return
        ours = self._walls.wall(window).id == _id(opened.incident)
        if not ours or not self._walls.covered(window):
            del self._open[window]
            self._before.pop(window, None)
            self._declare()
            self.changed.emit(window)

    def _declare(self) -> None:
        """No camera of an open incident gives up its picture when the machine is full."""
        shown: Mapping[CameraId, Want] = {
            camera: _SMALLEST for opened in self._open.values() for camera in opened.shown
        }
        self._streams.declare(_OPENED, shown)


def _default(type_: str) -> DragnetDefault:
    """Of a type that this console does not know: five cameras within 500 m."""
    known = type_of(type_)
    return known.dragnet if known is not None else _ORDINARY


def _name(item: IncidentItem) -> str:
    return " ".join(part for part in (item.row.number, item.row.title) if part)


def _layout(count: int) -> Layout:
    """For so many cameras, and the next candidate."""
    name = next((name for cells, name in _LAYOUTS if count <= cells), _LAYOUTS[-1][1])
    return layout_named(name)


def _id(incident: str) -> WallId:
    return WallId(f"dragnet {incident}")


def _wall(opened: OpenDragnet, name: str) -> Wall:
    layout = _layout(opened.found.count)
    tiles = [CameraTile(camera) for camera in opened.shown]
    missing = len(layout.cells) - len(tiles)
    wall = rule.empty_wall(_id(opened.incident), layout, name)
    return replace(wall, tiles=(*tiles, *(None,) * missing))


_NOTHING = Text("주변에 카메라가 없습니다", "there is no camera around")
_NO_OTHER = Text("다음 후보가 없습니다.", "There is no other candidate.")
