"""One key puts the cameras around an incident onto a wall, one key takes them away again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain import wall as rule
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.errors import BadInput
from app.domain.geo.earth import Place, destination
from app.domain.stream import Importance
from app.domain.text import Text
from app.domain.tour import CameraStop, Tour, WallStop
from app.domain.wall import MAIN_WINDOW, TourTile, cameras
from app.services.catalog import Catalog
from app.services.dragnets import WARM_CAMERAS, Dragnets
from app.services.incident_overlay import IncidentItem
from app.services.preferences import Preferences
from app.services.streams import Streams
from app.services.tours import TourId, TourPlace, Tours
from app.services.walls import Walls
from app.wire.entities import IncidentRow
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine
from tests.fakes.store import MemoryStore

SCENE = Place(35.8189, 128.5376)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LABEL = Text("변경", "change")
PROFILES = (Profile(ProfileName.SUB, "rtsp://x"),)


def camera(number: int, metres: float) -> Camera:
    place = destination(SCENE, number * 37.0, metres)
    return Camera(
        CameraId(f"c{number}"), number, f"카메라 {number}", "달서구", "생활방범", PROFILES,
        latitude=place.latitude, longitude=place.longitude,
    )  # fmt: skip


def incident(id_: str = "i1", **values: Any) -> IncidentItem:
    given: dict[str, Any] = {
        "id": id_, "number": "20260302-0001", "type": "emergency_bell", "grade": 10, "state": 10,
        "title": "비상벨", "site": "s", "source": "bells", "occurred_at": AT, "received_at": AT,
        "changed_at": AT, "latitude": SCENE.latitude, "longitude": SCENE.longitude,
    }  # fmt: skip
    return IncidentItem(IncidentRow(**given | values), 1)


@dataclass
class Room:
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: HandClock = field(default_factory=lambda: HandClock(10.0, AT.timestamp() - 10.0))
    seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.catalog = Catalog()
        self.catalog.load([camera(n, 20.0 * n) for n in range(1, 13)])
        self.engine = FakeEngine()
        self.streams = Streams(self.engine, self.catalog.get, self.clock)
        self.walls = Walls(self.store)
        self.preferences = Preferences(self.store)
        self.tours = Tours(self.store, self.walls, self.preferences, self.clock)
        self.dragnets = Dragnets(
            self.catalog, self.walls, self.tours, self.streams, self.clock,
            lambda one: self.seen.get(one, ""),
        )  # fmt: skip

    def shown(self) -> tuple[str, ...]:
        return cameras(self.walls.wall(MAIN_WINDOW))

    def wanted(self, importance: Importance) -> set[str]:
        return {
            camera
            for wants in self.streams._wants.values()
            for camera, want in wants.items()
            if want.importance is importance
        }


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    made = Room()
    await made.preferences.start()
    await made.walls.start("9")
    await made.tours.start()
    wall = rule.fill(made.walls.wall(MAIN_WINDOW), [CameraId("c12"), CameraId("c11")])
    made.walls.apply(MAIN_WINDOW, wall, LABEL)
    yield made
    for service in (made.tours, made.walls, made.preferences):
        await service.stop()


async def test_the_nearest_six_stand_there_and_the_wall_is_as_it_was(room: Room) -> None:
    own, label = room.walls.wall(MAIN_WINDOW), room.walls.undo_label
    opened = room.dragnets.open(incident())
    assert room.shown() == ("c1", "c2", "c3", "c4", "c5", "c6") == opened.shown
    assert room.walls.wall(MAIN_WINDOW).layout.name == "1+5"
    assert room.walls.own_wall(MAIN_WINDOW) == own
    assert room.wanted(Importance.INCIDENT) == set(opened.shown)
    assert room.dragnets.close(MAIN_WINDOW)
    assert room.walls.wall(MAIN_WINDOW) == own
    assert room.walls.undo_label == label
    assert room.wanted(Importance.INCIDENT) == set()
    assert not room.dragnets.close(MAIN_WINDOW)


async def test_an_empty_window_is_taken_before_the_operators_wall(room: Room) -> None:
    spare = room.walls.open_window()
    own = room.walls.wall(MAIN_WINDOW)
    assert room.dragnets.open(incident()).window == spare
    assert room.walls.wall(MAIN_WINDOW) == own
    # The next incident does not take that one away.
    assert room.dragnets.open(incident("i2")).window == MAIN_WINDOW
    assert room.dragnets.open(incident("i1")).window == spare
    assert room.dragnets.at(MAIN_WINDOW) is not None


async def test_another_incident_on_the_main_wall_still_leads_back_to_the_own_one(
    room: Room,
) -> None:
    own = room.walls.wall(MAIN_WINDOW)
    room.dragnets.open(incident())
    room.dragnets.open(incident("i2", camera="c9"))
    assert room.shown()[0] == "c9"
    room.dragnets.close(MAIN_WINDOW)
    assert room.walls.wall(MAIN_WINDOW) == own


async def test_the_key_goes_round_all_candidates(room: Room) -> None:
    room.dragnets.open(incident(type="intrusion"))
    found = [room.dragnets.replace(MAIN_WINDOW, 2).camera.id for _ in range(8)]
    assert found[:6] == ["c7", "c8", "c9", "c10", "c11", "c12"]
    assert found[6] == "c3"
    assert room.shown()[:2] == ("c1", "c2")
    assert len(set(room.shown())) == 6
    with pytest.raises(BadInput):
        room.dragnets.replace(MAIN_WINDOW, 9)
    room.dragnets.close(MAIN_WINDOW)
    with pytest.raises(BadInput):
        room.dragnets.replace(MAIN_WINDOW, 0)


async def test_what_gives_no_picture_is_shown_last(room: Room) -> None:
    room.seen |= {"c1": "unreachable", "c2": "live"}
    opened = room.dragnets.open(incident())
    assert opened.shown[0] == "c2"
    assert opened.found.candidates[-1].camera.id == "c1"
    assert "no picture" in opened.found.candidates[-1].reason.en


async def test_nothing_around_is_said_and_the_wall_stays(room: Room) -> None:
    own = room.walls.wall(MAIN_WINDOW)
    for item in (incident(latitude=37.5, longitude=127.0), incident(latitude=None)):
        with pytest.raises(BadInput):
            room.dragnets.open(item)
    assert room.walls.wall(MAIN_WINDOW) == own


async def test_a_type_that_this_console_does_not_know_has_a_dragnet_too(room: Room) -> None:
    assert len(room.dragnets.open(incident(type="volcano")).shown) == 6


async def test_a_type_that_wants_more_cameras_gets_them(room: Room) -> None:
    assert len(room.dragnets.open(incident(type="disaster")).shown) == 8
    assert room.walls.wall(MAIN_WINDOW).layout.name == "1+7"


async def test_a_change_by_hand_makes_it_the_operators_own(room: Room) -> None:
    room.dragnets.open(incident())
    changed = rule.clear(room.walls.wall(MAIN_WINDOW), 0)
    room.walls.apply(MAIN_WINDOW, changed, LABEL)
    assert room.dragnets.at(MAIN_WINDOW) is None
    room.walls.undo()
    assert room.shown() == ("c12", "c11")


async def test_a_wall_that_somebody_else_shows_here_ends_it(room: Room) -> None:
    room.dragnets.open(incident())
    other = rule.fill(rule.empty_wall(rule.WallId("x")), [CameraId("c8")])
    room.walls.cover(MAIN_WINDOW, other)
    assert room.dragnets.at(MAIN_WINDOW) is None
    assert room.shown() == ("c8",)


async def test_a_tour_of_walls_waits_and_goes_on(room: Room) -> None:
    saved = [
        rule.fill(rule.empty_wall(rule.WallId(name), name=name), [CameraId(name)])
        for name in ("c10", "c11")
    ]
    for wall in saved:
        room.walls.apply(MAIN_WINDOW, wall, LABEL)
        await room.walls.save(MAIN_WINDOW, wall.name)
    stops = tuple(WallStop(wall.id, 10.0) for wall in room.walls.saved())
    tour = Tour(TourId("t"), "야간", stops)
    await room.tours.save(tour)
    room.tours.start_walls(MAIN_WINDOW, tour.id)
    covering = room.walls.wall(MAIN_WINDOW)
    room.dragnets.open(incident())
    room.clock.at += 60
    room.tours.tick()
    assert room.shown()[0] == "c1"
    room.dragnets.close(MAIN_WINDOW)
    assert room.walls.wall(MAIN_WINDOW) == covering
    run = room.tours.run_at(TourPlace(MAIN_WINDOW))
    assert run is not None
    assert not run.paused


async def test_a_tour_in_a_tile_is_there_again(room: Room) -> None:
    tour = Tour(TourId("t"), "주간", tuple(CameraStop(CameraId(n), 10.0) for n in ("c3", "c4")))
    await room.tours.save(tour)
    wall = rule.put(room.walls.wall(MAIN_WINDOW), 5, TourTile(tour.id))
    room.walls.apply(MAIN_WINDOW, wall, LABEL)
    room.dragnets.open(incident())
    assert room.tours.run_at(TourPlace(MAIN_WINDOW, 5)) is None
    room.dragnets.close(MAIN_WINDOW)
    assert room.tours.camera_at(MAIN_WINDOW, 5) == "c3"


async def test_cameras_around_open_incidents_are_kept_warm(room: Room) -> None:
    ended = replace(incident("i2"), row=incident("i2", state=91).row)
    room.dragnets.keep_warm([incident(), ended])
    assert room.wanted(Importance.WARM) == {"c1", "c2", "c3", "c4", "c5"}
    room.dragnets.keep_warm([ended])
    assert room.wanted(Importance.WARM) == set()
    many = [incident(f"i{n}", camera=f"c{n}") for n in range(1, 100)]
    room.dragnets.keep_warm(many)
    assert 0 < len(room.wanted(Importance.WARM)) <= WARM_CAMERAS
    room.dragnets.end()
    assert room.wanted(Importance.WARM) == set()


async def test_who_signs_out_leaves_nothing_on_the_wall(room: Room) -> None:
    room.dragnets.open(incident())
    room.dragnets.end()
    assert room.shown() == ("c12", "c11")
