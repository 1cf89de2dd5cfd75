from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.domain.camera import CameraId
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, cameras, fill
from app.services import safe_form
from app.services.preferences import Preferences
from app.services.walls import Walls
from tests.fakes.store import MemoryStore

SHOW = Text("카메라 표시", "Show cameras")
A, B = CameraId("a"), CameraId("b")


class Site:
    def __init__(self) -> None:
        self.store = MemoryStore()
        self.walls, self.preferences = Walls(self.store), Preferences(self.store)

    def shown(self) -> list[CameraId]:
        walls = self.walls
        return [camera for window in walls.windows() for camera in cameras(walls.wall(window))]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    walls = made.walls
    await walls.start()
    walls.apply(MAIN_WINDOW, fill(walls.wall(MAIN_WINDOW), [A]), SHOW)
    second = walls.open_window()
    walls.apply(second, fill(walls.wall(second), [B]), SHOW)
    made.preferences.set("auto_dragnet", "market_fire")
    made.preferences.set("default_layout", "16")
    yield made
    await made.walls.stop()
    await made.preferences.stop()


async def test_nothing_is_shown_and_nothing_is_lost(site: Site) -> None:
    await site.walls.flush()
    kept = site.store.kept
    safe_form.enter(site.walls, site.preferences)
    assert site.shown() == []
    assert site.walls.wall(MAIN_WINDOW).layout.name == "16"
    assert site.preferences.values.auto_dragnet == ""
    await site.walls.flush()
    assert site.store.kept == kept
    safe_form.leave(site.walls, site.preferences)
    assert site.shown() == [A, B]
    assert site.preferences.values.auto_dragnet == "market_fire"


async def test_what_the_operator_put_up_meanwhile_stays_and_undo_brings_the_kept_one(
    site: Site,
) -> None:
    safe_form.enter(site.walls, site.preferences)
    walls = site.walls
    walls.apply(MAIN_WINDOW, fill(walls.wall(MAIN_WINDOW), [B]), SHOW)
    safe_form.leave(walls, site.preferences)
    assert site.shown() == [B, B]
    walls.undo()
    assert site.shown() == [A, B]
