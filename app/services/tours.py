"""Saved tours, and the ones under way in tiles and on windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.history import History
from app.domain.names import given
from app.domain.text import Text
from app.domain.tour import CameraStop, Stop, Tour, TourId, TourRun, WallStop
from app.domain.wall import TourTile, WindowId, cameras
from app.services.keeper import Keeper, read
from app.services.preferences import Preferences
from app.services.store_port import TourStore
from app.services.walls import Walls
from app.signals import Signal

__all__ = ["TourId", "TourPlace", "Tours"]


@dataclass(frozen=True, slots=True)
class TourPlace:
    """Where a tour runs: in a tile (cameras) or, `tile` None, on the whole window (walls)."""

    window: WindowId
    tile: int | None = None


def _saving(name: str) -> Text:
    return Text(f"순환 저장: {name}", f"Save the tour: {name}")


def _deleting(name: str) -> Text:
    return Text(f"순환 삭제: {name}", f"Delete the tour: {name}")


def _new_id() -> str:
    return uuid4().hex


def _always_live(_camera: CameraId) -> bool:
    return True


class Tours:
    """Starts a tour for every tour tile of the walls by itself; `tick` moves them all.

    changed  the list of saved tours
    moved    this place shows another stop, or its tour was paused, resumed, started or ended
    """

    def __init__(
        self,
        store: TourStore,
        walls: Walls,
        preferences: Preferences,
        clock: Clock,
        is_live: Callable[[CameraId], bool] = _always_live,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        self.changed: Signal[None] = Signal("tours changed")
        self.moved: Signal[TourPlace] = Signal("tour moved")
        self.notices: Signal[Text] = Signal("notices of the tours")
        self._store = store
        self._walls = walls
        self._preferences = preferences
        self._clock = clock
        self._is_live = is_live
        self._new_id = new_id
        self._history: History[tuple[Tour, ...]] = History(())
        self._runs: dict[TourPlace, TourRun] = {}
        self._keeper = Keeper("tours", self._write, self.notices)
        self._disconnect = (
            walls.changed.connect(self._follow),
            walls.windows_changed.connect(lambda _: self._follow_windows()),
        )

    # life

    async def start(self) -> None:
        """Reads the saved tours and starts those of the working walls."""
        kept = await read(self._store.load_tours(), (), self.notices)
        self._history = History(tuple(kept))
        self.changed.emit(None)
        self._follow_windows()

    async def stop(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        await self._keeper.stop()

    # saved tours

    def saved(self) -> list[Tour]:
        return list(self._history.present)

    def get(self, tour_id: TourId) -> Tour | None:
        return next((tour for tour in self._history.present if tour.id == tour_id), None)

    def new_id(self) -> TourId:
        return TourId(self._new_id())

    async def save(self, tour: Tour) -> None:
        """Adds a tour, or replaces the one of the same id, which starts anew where it runs.

        Raises `BadInput` (name) and `Failure` (disk; kept in memory and tried again).
        """
        name, notice = given(tour.name, (t.name for t in self.saved() if t.id != tour.id))
        saved = {each.id: each for each in self._history.present}
        saved[tour.id] = replace(tour, name=name)
        self._history = self._history.push(tuple(saved.values()), _saving(name))
        if notice is not None:
            self.notices.emit(notice)
        await self._settle()

    async def delete(self, tour_id: TourId) -> None:
        """Tiles that show it stay, and are empty until it is saved again."""
        if (gone := self.get(tour_id)) is not None:
            left = tuple(tour for tour in self._history.present if tour.id != tour_id)
            self._history = self._history.push(left, _deleting(gone.name))
        await self._settle()

    async def bring(self, changes: Mapping[TourId, Tour | None], label: Text) -> None:
        """Many saved tours in one undoable step; None takes one away. Raises `Failure`."""
        saved = {tour.id: tour for tour in self._history.present}
        for tour_id, tour in changes.items():
            if tour is None:
                saved.pop(tour_id, None)
            else:
                saved[tour_id] = tour
        self._history = self._history.push(tuple(saved.values()), label)
        await self._settle()

    @property
    def undo_label(self) -> Text | None:
        """What `undo` would take back; None if nothing."""
        return self._history.undo_label

    @property
    def redo_label(self) -> Text | None:
        return self._history.redo_label

    async def undo(self) -> None:
        """Takes the last saving or deleting back. Raises `Failure` as `save` does."""
        self._history = self._history.undo()
        await self._settle()

    async def redo(self) -> None:
        self._history = self._history.redo()
        await self._settle()

    # under way

    def run_at(self, place: TourPlace) -> TourRun | None:
        return self._runs.get(place)

    def camera_at(self, window: WindowId, tile: int) -> CameraId | None:
        """The camera that a tour shows in this tile now."""
        run = self._runs.get(TourPlace(window, tile))
        return run.stop.camera if run is not None and isinstance(run.stop, CameraStop) else None

    def start_walls(self, window: WindowId, tour_id: TourId) -> None:
        """Shows saved walls in turn on this window, over its own. Raises `BadInput`."""
        tour = self.get(tour_id)
        if tour is None or not tour.of_walls or not any(map(self._playable_of(tour), tour.stops)):
            raise BadInput(
                Text(
                    "이 순환에는 보여 줄 영상벽이 없습니다.",
                    "This tour has no saved wall to show.",
                )
            )
        self._set(TourPlace(window), self._first(tour))

    def end_walls(self, window: WindowId) -> None:
        """The window shows its own wall again."""
        if self._runs.pop(TourPlace(window), None) is not None:
            self._walls.cover(window, None)
            self.moved.emit(TourPlace(window))

    def touch(self, place: TourPlace) -> None:
        """The operator's hand is there: waits, and goes on after the time of the preferences."""
        seconds = self._preferences.values.tour_resume_seconds
        self._change(place, lambda run, now: run.pause(now, seconds or None))

    def pause(self, place: TourPlace) -> None:
        self._change(place, lambda run, now: run.resume(now).pause(now))

    def resume(self, place: TourPlace) -> None:
        self._change(place, lambda run, now: run.resume(now))

    def toggle(self, place: TourPlace) -> None:
        self._change(place, lambda run, now: run.resume(now) if run.paused else run.pause(now))

    def next(self, place: TourPlace) -> None:
        self._change(place, lambda run, now: run.next(now, self._playable_of(run.tour)))

    def previous(self, place: TourPlace) -> None:
        self._change(place, lambda run, now: run.previous(now, self._playable_of(run.tour)))

    def tick(self, now: float | None = None) -> None:
        """Brings every tour to `now` (monotonic seconds); call it some times a second."""
        now = self._clock.monotonic() if now is None else now
        for place, run in tuple(self._runs.items()):
            self._set(place, run.at(now, self._playable_of(run.tour)))

    def upcoming(self, window: WindowId, lead_seconds: float) -> tuple[CameraId, ...]:
        """The cameras that tours will show on this window within `lead_seconds`: warm them."""
        now = self._clock.monotonic()
        found: dict[CameraId, None] = {}
        for place, run in self._runs.items():
            if place.window == window:
                stop = run.upcoming(now, lead_seconds, self._playable_of(run.tour))
                found |= dict.fromkeys(self._cameras_of(stop))
        return tuple(found)

    # inside

    def _first(self, tour: Tour) -> TourRun:
        """A tour at its beginning; one of walls begins with the first wall that is still there."""
        now, playable = self._clock.monotonic(), self._playable_of(tour)
        run = TourRun.start(tour, now)
        return run.next(now, playable) if tour.of_walls and not playable(run.stop) else run

    def _cameras_of(self, stop: Stop | None) -> tuple[CameraId, ...]:
        match stop:
            case CameraStop(camera=camera):
                return (camera,)
            case WallStop(wall=wall_id) if (wall := self._walls.find(wall_id)) is not None:
                return cameras(wall)
            case _:
                return ()

    def _playable_of(self, tour: Tour) -> Callable[[Stop], bool]:
        def playable(stop: Stop) -> bool:
            if isinstance(stop, WallStop):
                return self._walls.find(stop.wall) is not None
            return not tour.only_live or self._is_live(stop.camera)

        return playable

    def _change(self, place: TourPlace, change: Callable[[TourRun, float], TourRun]) -> None:
        if (run := self._runs.get(place)) is not None:
            self._set(place, change(run, self._clock.monotonic()))

    def _set(self, place: TourPlace, run: TourRun) -> None:
        before = self._runs.get(place)
        self._runs[place] = run
        # One that waits leaves the window to whatever was put over it meanwhile (a dragnet).
        waits = run.paused and before is not None and before.index == run.index
        if isinstance(run.stop, WallStop) and not waits:
            wall = self._walls.find(run.stop.wall)
            if wall is None:
                self.end_walls(place.window)
                return
            self._walls.cover(place.window, wall)
        if before is None or (before.index, before.paused) != (run.index, run.paused):
            self.moved.emit(place)

    def _follow(self, window: WindowId) -> None:
        """The window's wall changed: tours start in new tour tiles and end where none is left."""
        wanted = self._wanted(window)
        for place in [p for p in self._runs if p.window == window and p not in wanted]:
            if self._runs.pop(place, None) is None:  # ended by what was said of the one before
                continue
            if place.tile is None:
                self._walls.cover(window, None)
            self.moved.emit(place)
        for place, tour in wanted.items():
            if (run := self._runs.get(place)) is None or run.tour != tour:
                self._set(place, self._first(tour))

    def _wanted(self, window: WindowId) -> dict[TourPlace, Tour]:
        """What shall run on a window: the tours of its tiles, and its tour of walls if one does."""
        wanted: dict[TourPlace, Tour] = {}
        for index, content in enumerate(self._walls.wall(window).tiles):
            tour = self.get(content.tour) if isinstance(content, TourTile) else None
            if tour is not None and not tour.of_walls:
                wanted[TourPlace(window, index)] = tour
        whole = self._runs.get(TourPlace(window))
        if whole is not None and self._walls.covered(window):
            tour = self.get(whole.tour.id)
            if tour is not None and tour.of_walls:
                wanted[TourPlace(window)] = tour
        return wanted

    def _follow_windows(self) -> None:
        windows = self._walls.windows()
        self._runs = {place: run for place, run in self._runs.items() if place.window in windows}
        for window in windows:
            self._follow(window)

    async def _settle(self) -> None:
        self._keeper.touch()
        self.changed.emit(None)
        self._follow_windows()
        await self._keeper.flush()

    async def _write(self) -> None:
        await self._store.keep_tours(self.saved())
