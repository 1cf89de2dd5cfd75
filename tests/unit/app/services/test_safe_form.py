from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest

from app.domain.camera import CameraId
from app.domain.layout import layout_named
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, WallId, cameras, empty_wall, fill, with_layout
from app.services import safe_form
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from app.services.preferences import Preferences
from app.services.selective import Selective
from app.services.walls import Walls
from app.signals import Signal
from tests.fakes.store import MemoryStore

SHOW = Text("카메라 표시", "Show cameras")
A, B = CameraId("a"), CameraId("b")


class NoIncidents:
    """Of the incidents what selective monitoring asks."""

    def __init__(self) -> None:
        self.changed: Signal[None] = Signal("incidents changed")

    def all(self) -> list[IncidentItem]:
        return []


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


async def test_what_is_done_in_it_never_takes_the_place_of_what_was_kept(site: Site) -> None:
    walls = site.walls
    await walls.flush()
    kept = site.store.kept
    safe_form.enter(walls, site.preferences)
    walls.apply(MAIN_WINDOW, with_layout(walls.wall(MAIN_WINDOW), layout_named("4")), SHOW)
    walls.apply(MAIN_WINDOW, fill(walls.wall(MAIN_WINDOW), [B]), SHOW)
    await walls.flush()
    assert site.store.kept == kept
    safe_form.leave(walls, site.preferences)
    assert site.shown() == [A, B]
    walls.undo()
    assert site.shown() == [B]
    walls.redo()
    await walls.flush()
    assert site.store.kept == kept


async def test_walls_that_are_saved_in_it_and_windows_that_are_opened_are_kept(site: Site) -> None:
    safe_form.enter(site.walls, site.preferences)
    third = site.walls.open_window()
    await site.walls.save(MAIN_WINDOW, "nothing yet")
    again = Walls(site.store)
    await again.start()
    assert [wall.name for wall in again.saved()] == ["nothing yet"]
    assert third in again.windows()
    assert cameras(again.own_wall(MAIN_WINDOW)) == (A,)


async def test_a_wall_over_it_hides_the_empty_one_and_stays_on_the_way_back(site: Site) -> None:
    walls = site.walls
    safe_form.enter(walls, site.preferences)
    sent = fill(empty_wall(WallId("sent"), layout_named("4")), [B])
    walls.cover(MAIN_WINDOW, sent)
    walls.cover(MAIN_WINDOW, None)
    assert site.shown() == []
    walls.cover(MAIN_WINDOW, sent)
    safe_form.leave(walls, site.preferences)
    assert walls.wall(MAIN_WINDOW) == sent
    walls.cover(MAIN_WINDOW, None)
    assert site.shown() == [A, B]


async def test_selective_monitoring_that_began_in_it_gives_the_kept_wall_back(site: Site) -> None:
    safe_form.enter(site.walls, site.preferences)
    selective = Selective(cast("Incidents", NoIncidents()), site.walls)
    selective.toggle()
    safe_form.leave(site.walls, site.preferences)
    selective.toggle()
    assert site.shown() == [A, B]
    selective.close()
