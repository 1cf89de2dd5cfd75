from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from app.domain.camera import CameraId
from app.domain.errors import BadInput, Failure
from app.domain.text import Text
from app.domain.tour import CameraStop, Tour, WallStop
from app.domain.wall import MAIN_WINDOW, TourTile, WallId, cameras, clear, fill, put, swap
from app.services.preferences import Preferences
from app.services.tours import TourId, TourPlace, Tours
from app.services.walls import Walls
from tests.fakes.clock import HandClock
from tests.fakes.store import DISK_FULL, MemoryStore

LABEL = Text("변경", "change")
DAY = Tour(
    TourId("day"), "주간", tuple(CameraStop(CameraId(name), 10.0) for name in ("a", "b", "c"))
)
TILE = TourPlace(MAIN_WINDOW, 0)
WINDOW = TourPlace(MAIN_WINDOW)


@dataclass
class Stage:
    """The services around the tours, and what was heard of these."""

    store: MemoryStore = field(default_factory=MemoryStore)
    clock: HandClock = field(default_factory=HandClock)
    dead: set[str] = field(default_factory=set)
    moved: list[TourPlace] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.walls = Walls(self.store)
        self.preferences = Preferences(self.store)
        self.tours = Tours(self.store, self.walls, self.preferences, self.clock, self._is_live)
        self.tours.moved.connect(self.moved.append)

    def _is_live(self, camera: CameraId) -> bool:
        return camera not in self.dead

    async def start(self) -> None:
        await self.preferences.start()
        await self.walls.start()
        await self.tours.start()

    async def stop(self) -> None:
        for service in (self.tours, self.walls, self.preferences):
            await service.stop()

    def put_tour(self, tour_id: TourId = DAY.id) -> None:
        wall = put(self.walls.wall(MAIN_WINDOW), 0, TourTile(tour_id))
        self.walls.apply(MAIN_WINDOW, wall, LABEL)

    def pass_time(self, seconds: float) -> CameraId | None:
        self.clock.at += seconds
        self.tours.tick()
        return self.tours.camera_at(MAIN_WINDOW, 0)

    async def save_walls(self) -> Tour:
        """A tour of two saved walls, with cameras x and y; the window goes on showing z."""
        stops = []
        for name in ("x", "y"):
            wall = fill(self.walls.wall(MAIN_WINDOW), [CameraId(name)])
            self.walls.apply(MAIN_WINDOW, wall, LABEL)
            await self.walls.save(MAIN_WINDOW, name)
            stops.append(WallStop(self.walls.wall(MAIN_WINDOW).id, 10.0))
        tour = Tour(TourId("walls"), "영상벽 순환", tuple(stops))
        await self.tours.save(tour)
        own = fill(self.walls.wall(MAIN_WINDOW), [CameraId("z")])
        self.walls.apply(MAIN_WINDOW, own, LABEL)
        return tour

    def shown(self) -> tuple[str, ...]:
        return cameras(self.walls.wall(MAIN_WINDOW))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    await stage.start()
    await stage.tours.save(DAY)
    yield stage
    await stage.stop()


async def test_a_tour_starts_in_its_tile_and_goes_on(stage: Stage) -> None:
    assert stage.tours.camera_at(MAIN_WINDOW, 0) is None
    stage.put_tour()
    assert stage.tours.camera_at(MAIN_WINDOW, 0) == "a"
    assert stage.moved == [TILE]
    assert [stage.pass_time(5), stage.pass_time(5), stage.pass_time(10)] == ["a", "b", "c"]
    assert stage.moved == [TILE] * 3


async def test_it_ends_when_its_tile_shows_something_else(stage: Stage) -> None:
    stage.put_tour()
    stage.moved.clear()
    stage.walls.apply(MAIN_WINDOW, clear(stage.walls.wall(MAIN_WINDOW), 0), LABEL)
    assert stage.tours.run_at(TILE) is None
    assert stage.moved == [TILE]
    stage.walls.undo()
    assert stage.tours.run_at(TILE) is not None


async def test_another_change_of_the_wall_does_not_disturb_it(stage: Stage) -> None:
    stage.put_tour()
    stage.pass_time(10)
    stage.walls.apply(MAIN_WINDOW, swap(stage.walls.wall(MAIN_WINDOW), 3, 4), LABEL)
    assert stage.tours.camera_at(MAIN_WINDOW, 0) == "b"


async def test_a_touch_pauses_and_it_goes_on_by_itself(stage: Stage) -> None:
    stage.put_tour()
    stage.pass_time(4)
    stage.tours.touch(TILE)
    assert stage.pass_time(29) == "a"
    assert stage.pass_time(1) == "a"
    assert stage.pass_time(6) == "b"


async def test_without_a_time_to_go_on_a_touch_is_a_pause(stage: Stage) -> None:
    stage.preferences.set("tour_resume_seconds", 0)
    stage.put_tour()
    stage.tours.touch(TILE)
    assert stage.pass_time(9999) == "a"


async def test_pause_resume_next_previous(stage: Stage) -> None:
    stage.put_tour()
    stage.tours.touch(TILE)
    stage.tours.pause(TILE)
    assert stage.pass_time(9999) == "a"
    stage.tours.next(TILE)
    assert stage.pass_time(9999) == "b"
    stage.tours.resume(TILE)
    assert stage.pass_time(10) == "c"
    stage.tours.previous(TILE)
    stage.tours.toggle(TILE)
    assert stage.pass_time(9999) == "b"
    stage.tours.toggle(TILE)
    assert stage.pass_time(10) == "c"
    stage.tours.next(TourPlace(MAIN_WINDOW, 5))


async def test_the_next_camera_is_told_in_time(stage: Stage) -> None:
    stage.put_tour()
    assert stage.tours.upcoming(MAIN_WINDOW, 3) == ()
    stage.pass_time(8)
    assert stage.tours.upcoming(MAIN_WINDOW, 3) == ("b",)
    other = stage.walls.open_window()
    assert stage.tours.upcoming(other, 3) == ()


async def test_cameras_without_a_picture_are_passed_over_where_asked(stage: Stage) -> None:
    stage.dead = {"b"}
    await stage.tours.save(Tour(DAY.id, "주간", DAY.stops, only_live=True))
    stage.put_tour()
    assert stage.pass_time(10) == "c"


async def test_a_tour_of_walls_covers_the_window_and_leaves_its_wall(stage: Stage) -> None:
    tour = await stage.save_walls()
    stage.tours.start_walls(MAIN_WINDOW, tour.id)
    assert stage.shown() == ("x",)
    assert stage.tours.upcoming(MAIN_WINDOW, 10) == ("y",)
    stage.pass_time(10)
    assert stage.shown() == ("y",)
    stage.tours.touch(WINDOW)
    stage.pass_time(15)
    assert stage.shown() == ("y",)
    stage.tours.end_walls(MAIN_WINDOW)
    stage.tours.end_walls(MAIN_WINDOW)
    assert stage.shown() == ("z",)
    assert stage.tours.run_at(WINDOW) is None


async def test_a_change_by_hand_ends_a_tour_of_walls(stage: Stage) -> None:
    tour = await stage.save_walls()
    stage.tours.start_walls(MAIN_WINDOW, tour.id)
    changed = fill(stage.walls.wall(MAIN_WINDOW), [CameraId("q")], 1)
    stage.walls.apply(MAIN_WINDOW, changed, LABEL)
    assert stage.tours.run_at(WINDOW) is None
    stage.pass_time(10)
    assert stage.shown() == ("x", "q")
    stage.walls.undo()
    assert stage.shown() == ("z",)


async def test_a_deleted_wall_is_passed_over_and_without_any_the_tour_ends(stage: Stage) -> None:
    tour = await stage.save_walls()
    first, second = (stop.wall for stop in tour.stops if isinstance(stop, WallStop))
    await stage.walls.delete(first)
    stage.tours.start_walls(MAIN_WINDOW, tour.id)
    assert stage.shown() == ("y",)
    stage.pass_time(10)
    assert stage.shown() == ("y",)
    await stage.walls.delete(second)
    assert stage.tours.upcoming(MAIN_WINDOW, 60) == ()
    stage.pass_time(10)
    assert stage.shown() == ("z",)
    assert stage.tours.run_at(WINDOW) is None
    with pytest.raises(BadInput):
        stage.tours.start_walls(MAIN_WINDOW, tour.id)


@pytest.mark.parametrize("tour_id", [DAY.id, TourId("gone")])
async def test_only_a_tour_of_walls_runs_on_a_window(stage: Stage, tour_id: TourId) -> None:
    with pytest.raises(BadInput):
        stage.tours.start_walls(MAIN_WINDOW, tour_id)


async def test_a_tour_of_walls_does_not_run_in_a_tile(stage: Stage) -> None:
    tour = await stage.save_walls()
    stage.put_tour(tour.id)
    assert stage.tours.run_at(TILE) is None


async def test_a_tour_tile_inside_a_tour_of_walls_runs(stage: Stage) -> None:
    stage.put_tour()
    await stage.walls.save(MAIN_WINDOW, "with tour")
    wall_id = WallId(stage.walls.saved()[0].id)
    await stage.tours.save(Tour(TourId("w"), "벽", (WallStop(wall_id, 10.0),)))
    stage.walls.apply(MAIN_WINDOW, clear(stage.walls.wall(MAIN_WINDOW), 0), LABEL)
    stage.tours.start_walls(MAIN_WINDOW, TourId("w"))
    assert stage.tours.camera_at(MAIN_WINDOW, 0) == "a"
    stage.tours.end_walls(MAIN_WINDOW)
    assert stage.tours.camera_at(MAIN_WINDOW, 0) is None


async def test_a_closed_window_has_no_tours(stage: Stage) -> None:
    window = stage.walls.open_window()
    wall = put(stage.walls.wall(window), 0, TourTile(DAY.id))
    stage.walls.apply(window, wall, LABEL)
    assert stage.tours.camera_at(window, 0) == "a"
    stage.walls.close_window(window)
    assert stage.tours.run_at(TourPlace(window, 0)) is None


async def test_a_changed_tour_starts_anew_and_a_deleted_one_ends(stage: Stage) -> None:
    stage.put_tour()
    stage.pass_time(10)
    await stage.tours.save(Tour(DAY.id, "주간", tuple(reversed(DAY.stops))))
    assert stage.tours.camera_at(MAIN_WINDOW, 0) == "c"
    await stage.tours.delete(DAY.id)
    assert stage.tours.camera_at(MAIN_WINDOW, 0) is None
    assert stage.tours.get(DAY.id) is None


async def test_a_tour_of_walls_follows_its_editor(stage: Stage) -> None:
    tour = await stage.save_walls()
    stage.tours.start_walls(MAIN_WINDOW, tour.id)
    assert stage.shown() == ("x",)
    await stage.tours.save(Tour(tour.id, tour.name, tuple(reversed(tour.stops))))
    assert stage.shown() == ("y",)
    await stage.tours.delete(tour.id)
    assert stage.shown() == ("z",)
    assert stage.tours.run_at(WINDOW) is None


async def test_tours_are_there_after_a_restart(stage: Stage) -> None:
    stage.put_tour()
    await stage.walls.flush()
    again = Stage(store=stage.store)
    await again.start()
    assert again.tours.saved() == [DAY]
    assert again.tours.camera_at(MAIN_WINDOW, 0) == "a"
    await again.stop()


async def test_a_deleted_tour_is_brought_back_and_goes_on_in_its_tile(stage: Stage) -> None:
    stage.put_tour()
    await stage.tours.delete(DAY.id)
    assert stage.tours.undo_label == Text("순환 삭제: 주간", "Delete the tour: 주간")
    await stage.tours.undo()
    assert stage.tours.get(DAY.id) == DAY
    assert stage.tours.camera_at(MAIN_WINDOW, 0) == "a"
    assert stage.store.tours == (DAY,)
    await stage.tours.redo()
    assert stage.tours.get(DAY.id) is None
    assert not stage.store.tours


async def test_a_changed_tour_becomes_what_it_was(stage: Stage) -> None:
    await stage.tours.save(Tour(DAY.id, "밤", tuple(reversed(DAY.stops))))
    assert stage.tours.redo_label is None
    await stage.tours.undo()
    assert stage.tours.saved() == [DAY]
    assert stage.tours.redo_label == Text("순환 저장: 밤", "Save the tour: 밤")


async def test_deleting_a_tour_that_is_gone_is_no_step(stage: Stage) -> None:
    before = stage.tours.undo_label
    await stage.tours.delete(TourId("gone"))
    assert stage.tours.undo_label == before


async def test_names_of_tours(stage: Stage) -> None:
    with pytest.raises(BadInput):
        await stage.tours.save(Tour(stage.tours.new_id(), " 주간", DAY.stops))
    notices: list[Text] = []
    stage.tours.notices.connect(notices.append)
    await stage.tours.save(Tour(stage.tours.new_id(), "가" * 200, DAY.stops))
    assert len(notices) == 1
    assert len(stage.tours.saved()) == 2


async def test_a_full_disk_keeps_the_tour_in_memory(stage: Stage) -> None:
    stage.store.refuses = DISK_FULL
    night = Tour(TourId("night"), "야간", DAY.stops)
    with pytest.raises(Failure):
        await stage.tours.save(night)
    stage.store.refuses = None
    await stage.tours.stop()
    assert stage.store.tours == (DAY, night)
