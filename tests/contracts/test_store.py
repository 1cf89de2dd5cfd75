"""What every store does, the one in the test's memory and the one on the disk alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.store import LocalStore
from app.clock import SystemClock
from app.domain.act import Act, ActKind, DetailValue
from app.domain.camera import CameraId
from app.domain.layout import layout_named, renamed
from app.domain.tour import CameraStop, Tour, TourId, WallStop
from app.domain.wall import (
    MAIN_WINDOW,
    HotSpotTile,
    TourTile,
    WallId,
    WindowId,
    empty_wall,
    fill,
    put,
)
from app.domain.wall_set import Placement, WallSet
from app.services.store_port import KeptWalls, Store
from tests.fakes.store import MemoryStore

CAMERAS = [CameraId(f"DS-{n:04d}") for n in range(30)]
MAIN = fill(empty_wall(WallId("m"), layout_named("1+12")), CAMERAS)
SPARE = put(put(empty_wall(WallId("s")), 0, TourTile(TourId("t"))), 8, HotSpotTile())
SAVED = tuple(empty_wall(WallId(f"id{n}"), name=f'영상벽 {n} ‘"\\') for n in (3, 1, 2))
OWN = renamed(layout_named("2+8"), "우리 것")
KEPT = KeptWalls(
    WallSet(((MAIN_WINDOW, MAIN), (WindowId("2"), SPARE)), SAVED, (OWN,)),
    {
        MAIN_WINDOW: Placement("DP-1", "7X1", -1920, 0, 1920, 1080, full_screen=True),
        WindowId("5"): Placement("HDMI-2", "", 10, 20, 640, 480, visible=False),
    },
)
TOURS = (
    Tour(TourId("t"), "야간", (CameraStop(CAMERAS[0], 10.0), CameraStop(CAMERAS[1], 2.5))),
    Tour(TourId("a"), "벽", (WallStop(WallId("id1"), 60.0),), only_live=True),
)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def act(number: int) -> Act:
    at = START + timedelta(seconds=number, microseconds=number)
    detail: dict[str, DetailValue] = {
        "file": f"사진 {number}.png",
        "width": 640,
        "age": 0.5,
        "note": None,
        "sub": True,
    }
    return Act(f"act{number}", at, ActKind.SNAPSHOT, CAMERAS[number], "김관제", detail)


@pytest.fixture(params=["fake", "memory", "file"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made: Store
    match request.param:
        case "fake":
            made = MemoryStore()
        case "memory":
            made = await LocalStore.in_memory()
        case _:
            made = await LocalStore.open(tmp_path / "profile" / "gwanje.db", SystemClock())
            assert made.saving
    assert made.notices == ()
    yield made
    await made.close()


class TestStore:
    async def test_at_first_there_is_nothing(self, store: Store) -> None:
        assert (await store.load_walls()).value == KeptWalls(WallSet(()))
        assert (await store.load_tours()).value == ()
        assert (await store.load_preferences()).value == {}
        assert (await store.recent_acts(10)).value == ()

    async def test_walls_come_back_as_they_were(self, store: Store) -> None:
        await store.keep_walls(KEPT)
        loaded = await store.load_walls()
        assert loaded.value == KEPT
        assert loaded.problems == ()

    async def test_what_is_left_out_is_gone_and_the_order_is_the_new_one(
        self, store: Store
    ) -> None:
        await store.keep_walls(KEPT)
        fewer = replace(
            KEPT, walls=WallSet(((MAIN_WINDOW, SPARE),), tuple(reversed(SAVED[:2]))), placements={}
        )
        await store.keep_walls(fewer)
        assert (await store.load_walls()).value == fewer

    async def test_tours_come_back_as_they_were(self, store: Store) -> None:
        await store.keep_tours(TOURS)
        assert (await store.load_tours()).value == TOURS
        await store.keep_tours(TOURS[1:])
        assert (await store.load_tours()).value == TOURS[1:]

    async def test_preferences_keep_their_kinds(self, store: Store) -> None:
        values: dict[str, str | int | bool] = {
            "language": "en",
            "replay_seconds": 30,
            "kiosk": True,
            "operator": "김관제",
        }
        await store.keep_preferences(values)
        loaded = (await store.load_preferences()).value
        assert loaded == values
        assert {name: type(value) for name, value in loaded.items()} == {
            name: type(value) for name, value in values.items()
        }

    async def test_acts_newest_first(self, store: Store) -> None:
        await store.append_acts([act(1), act(2)])
        await store.append_acts([act(3)])
        await store.append_acts([])
        assert (await store.recent_acts(2)).value == (act(3), act(2))

    async def test_an_act_is_written_once(self, store: Store) -> None:
        await store.append_acts([act(1)])
        await store.append_acts([act(1), act(2)])
        assert (await store.recent_acts(9)).value == (act(2), act(1))

    async def test_an_act_without_camera(self, store: Store) -> None:
        bare = Act("x", START, ActKind.CLIP, None, "")
        await store.append_acts([bare])
        assert (await store.recent_acts(1)).value == (bare,)
