"""Walls that lie at the hub, and walls that are shown on another console."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.hub_act import HubAct
from app.domain.layout import layout_named
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, Wall, WallId, empty_wall, fill
from app.formats.wall_json import UNREADABLE, wall_of, wall_value
from app.services.hub_rows import HubRows
from app.services.outbox import Outbox
from app.services.walls import Walls
from app.signals import Signal
from app.wire.stream import Frame, Op, Row

_SAVE, _DELETE = "wall.save", "wall.delete"
_SEND, _TAKE_BACK = "wall.send", "wall.take_back"


@dataclass(frozen=True, slots=True)
class HubWall:
    """`ver`: what was seen of it; a shared wall is saved only over that. `shared`: by the site."""

    id: str
    name: str
    ver: int
    shared: bool
    wall: Wall


@dataclass(frozen=True, slots=True)
class OtherConsole:
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody else shows here: who, and the sending that may be taken back."""

    by: str
    name: str
    sent: str


class HubWalls:
    """On the loop's thread.

    changed  walls or consoles are others
    shown    somebody shows a wall here; None when it is gone
    """

    def __init__(
        self, rows: HubRows, outbox: Outbox, walls: Walls, new_id: Callable[[], str]
    ) -> None:
        self.changed: Signal[None] = Signal("hub walls changed")
        self.shown: Signal[Shown | None] = Signal("wall of another shown")
        self._rows, self._outbox, self._walls, self._new_id = rows, outbox, walls, new_id
        self._here: Shown | None = None
        self._sent: list[tuple[str, str]] = []
        rows.changed.connect(self._heard)
        rows.replaced.connect(lambda _: self.changed.emit(None))
        walls.changed.connect(lambda _: self._follow_cover())

    # what there is

    def all(self) -> list[HubWall]:
        """By name. Walls that this version cannot read are left out."""
        found = [wall for row in self._rows.all("wall").values() if (wall := _read(row))]
        return sorted(found, key=lambda wall: wall.name)

    def consoles(self) -> list[OtherConsole]:
        """All that are signed in now, but this one."""
        return [
            OtherConsole(row.id, f"{row.d.get('name', '')} · {row.d.get('workstation', '')}")
            for row in self._rows.all("console").values()
            if row.id != self._outbox.client
        ]

    @property
    def here(self) -> Shown | None:
        return self._here

    @property
    def sent(self) -> int:
        """How many sendings of this run can still be taken back."""
        return len(self._sent)

    # what a person does; each raises `Failure` and is on the disk when it returns

    async def save(self, wall: Wall, name: str, over: HubWall | None = None) -> HubAct:
        """A new shared wall, or a new version of the one that was seen."""
        if not name.strip():
            raise BadInput(_NAME)
        target, ver = (over.id, over.ver) if over is not None else (self._new_id(), 0)
        shared = over.shared if over is not None else True
        args = {"name": name.strip(), "wall": wall_value(wall), "shared": shared}
        return await self._outbox.act(_SAVE, target, ver, args)

    async def delete(self, wall: HubWall) -> HubAct:
        """Over the version that was seen: what somebody has changed meanwhile stays."""
        return await self._outbox.act(_DELETE, wall.id, wall.ver, {})

    async def send_camera(self, camera: CameraId, name: str, console: str) -> HubAct:
        """Shows one camera on that console, large."""
        wall = empty_wall(WallId(self._new_id()), layout_named("1"), name)
        return await self.send(fill(wall, [camera]), console)

    async def send(self, wall: Wall, console: str) -> HubAct:
        """Shows the wall on that console; a single camera is a wall of one tile."""
        args = {"name": wall.name, "wall": wall_value(wall)}
        act = await self._outbox.act(_SEND, console, 0, args)
        self._sent.append((act.cmd_id, console))
        return act

    async def take_back(self) -> int:
        """Everything that was sent from here; how many."""
        sent, self._sent = self._sent, []
        for cmd_id, console in sent:
            await self._outbox.act(_TAKE_BACK, console, 0, {"sent": cmd_id})
        return len(sent)

    def dismiss(self) -> None:
        """The operator here wants his own wall again."""
        if self._here is not None and self._walls.covered(MAIN_WINDOW):
            self._walls.cover(MAIN_WINDOW, None)
        self._set(None)

    # following

    def _heard(self, frames: Sequence[Frame]) -> None:
        if any(frame.t in ("wall", "console") for frame in frames):
            self.changed.emit(None)
        for frame in frames:
            to_us = frame.t == "console" and frame.op is Op.EVT
            if to_us and frame.id == self._outbox.client:
                self._told(frame.d)

    def _told(self, d: Mapping[str, object]) -> None:
        sent = str(d.get("sent", ""))
        if d.get("event") == "take_back":
            if self._here is not None and self._here.sent == sent:
                self.dismiss()
            return
        wall = _wall(d.get("wall"))
        if d.get("event") != "wall" or wall is None:
            return
        self._walls.cover(MAIN_WINDOW, wall)
        self._set(Shown(str(d.get("by", "")), str(d.get("name", "")), sent))

    def _follow_cover(self) -> None:
        """A change made on it, or a tour, has put another wall there."""
        if self._here is not None and not self._walls.covered(MAIN_WINDOW):
            self._set(None)

    def _set(self, here: Shown | None) -> None:
        if here != self._here:
            self._here = here
            self.shown.emit(here)


def _read(row: Row) -> HubWall | None:
    wall = _wall(row.d.get("wall"))
    if wall is None:
        return None
    name = str(row.d.get("name", ""))
    return HubWall(row.id, name, row.ver, row.d.get("owner") is None, wall)


def _wall(value: object) -> Wall | None:
    if not isinstance(value, dict):
        return None
    try:
        return wall_of(value)
    except UNREADABLE:
        return None


def as_own(found: HubWall) -> Wall:
    """To work on at this console; saving it locally makes it one of the local walls."""
    wall = found.wall
    return Wall(WallId(found.id), found.name, wall.layout, wall.tiles)


_NAME = Text("이름을 입력하세요.", "Give it a name.")
