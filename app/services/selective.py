"""선별관제 on a wall: what video analytics picked out stands there until somebody has judged it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.incident_state import Move
from app.domain.layout import layout_named
from app.domain.selective import Seen, false_alarms, recent
from app.domain.text import Text
from app.domain.wall import CameraTile, Wall, WallId, WindowId
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from app.services.walls import Walls

_WALL = WallId("selective")
_NAME = "선별관제 (selective monitoring)"
FALSE_ALARM = Text("오경보", "false alarm")
NOTHING = Text(
    "이 카메라에는 판정할 선별관제 사건이 없습니다.", "No event of analytics waits at this camera."
)


class Selective:
    """On the loop's thread. `toggle` puts it onto a wall and takes it off again."""

    def __init__(self, incidents: Incidents, walls: Walls) -> None:
        self._incidents, self._walls = incidents, walls
        self._window: WindowId | None = None
        self._before: Wall | None = None
        self._disconnect = (
            incidents.changed.connect(lambda _: self.follow()),
            walls.changed.connect(self._wall_changed),
        )

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    @property
    def window(self) -> WindowId | None:
        """Where it is; None while it is nowhere."""
        return self._window

    def toggle(self) -> WindowId | None:
        """On a window without cameras, else on the main one; back to what was there."""
        if self._window is not None:
            window, before = self._window, self._before
            self._window = self._before = None
            self._walls.cover(window, before)
            return None
        window = self._walls.spare()
        self._before = self._walls.wall(window) if self._walls.covered(window) else None
        self._window = window
        self.follow()
        return window

    def follow(self) -> None:
        """The newest events; a camera keeps its tile while its event waits."""
        if self._window is None:
            return
        wanted = [one.camera for one in recent(seen(self._incidents.all()))]
        wall = rule.empty_wall(_WALL, layout_named("9"), _NAME)
        now = self._walls.wall(self._window)
        kept = [rule.camera_of(c) for c in now.tiles] if now.id == _WALL else []
        tiles = placed(kept, wanted, len(wall.tiles))
        fresh = replace(wall, tiles=tiles)
        if now.id != _WALL or now.tiles != tiles:
            self._walls.cover(self._window, fresh)

    def waiting(self, camera: CameraId) -> Seen | None:
        """The newest event of a camera that nobody has judged."""
        found = recent(seen(self._incidents.all()), most=10_000)
        return next((one for one in found if one.camera == camera), None)

    async def real(self, camera: CameraId) -> str:
        """It is what the analytics say: acknowledged, and an incident like any other. Its id."""
        event = self._need(camera)
        await self._incidents.move(event.incident, Move.ACKNOWLEDGE)
        return event.incident

    async def mistaken(self, camera: CameraId) -> int:
        """A false alarm: cancelled with that reason. How many there are of camera and rule now."""
        event = self._need(camera)
        reason = f"{FALSE_ALARM.ko} ({FALSE_ALARM.en})"
        await self._incidents.move(event.incident, Move.CANCEL, reason)
        counts = false_alarms(seen(self._incidents.all()))
        return counts.get((camera, event.rule), 1)

    # inside

    def _need(self, camera: CameraId) -> Seen:
        event = self.waiting(camera)
        if event is None:
            raise BadInput(NOTHING)
        return event

    def _wall_changed(self, window: WindowId) -> None:
        """A dragnet was opened over it, or the operator has changed it: it is theirs now.

        What comes back from under a dragnet goes on.
        """
        ours = self._walls.wall(window).id == _WALL and self._walls.covered(window)
        if window == self._window and not ours:
            self._window = None
        elif self._window is None and ours:
            self._window = window
            self.follow()


def seen(items: Sequence[IncidentItem]) -> list[Seen]:
    """Those that a camera told of."""
    found = []
    for item in items:
        row = item.row
        camera = row.camera or next(iter(row.cameras), None)
        if camera is not None:
            named = str(row.facts.get("rule", ""))
            found.append(
                Seen(row.id, row.type, CameraId(camera), item.state, row.received_at, named)
            )
    return found


def placed(
    kept: Sequence[CameraId | None], wanted: Sequence[CameraId], count: int
) -> tuple[CameraTile | None, ...]:
    """Whoever stays keeps its place; new ones take the first that are free."""
    tiles: list[CameraTile | None] = [
        CameraTile(camera) if camera is not None and camera in wanted else None
        for camera in kept[:count]
    ]
    tiles += [None] * (count - len(tiles))
    there = {tile.camera for tile in tiles if tile is not None}
    for camera in wanted:
        if camera not in there and None in tiles:
            tiles[tiles.index(None)] = CameraTile(camera)
    return tuple(tiles)
