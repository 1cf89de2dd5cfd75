from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.camera import CameraId
from app.domain.errors import BadInput, Failure, Unavailable
from app.domain.layout import Cell, Layout
from app.domain.tour import CameraStop, Tour, TourId
from app.domain.wall import MAIN_WINDOW
from app.formats.settings_json import MOST_BYTES
from app.services.layers import Layers
from app.services.preferences import Preferences
from app.services.settings_transfer import BEFORE, SettingsTransfer
from app.services.tours import Tours
from app.services.walls import Walls
from tests.fakes.clock import HandClock
from tests.fakes.store import MemoryStore

OWN = Layout("내 것", 2, 1, (Cell(0, 0), Cell(1, 0)))


class Place:
    """One console's settings, walls and tours."""

    def __init__(self, folder: Path, layers: Layers | None = None) -> None:
        self.folder = folder
        self.store, clock = MemoryStore(), HandClock()
        self.preferences = Preferences(self.store, layers or Layers())
        self.walls = Walls(self.store)
        self.tours = Tours(self.store, self.walls, self.preferences, clock)
        self.transfer = SettingsTransfer(
            self.preferences, self.walls, self.tours, clock, folder / "profile"
        )

    async def fill(self) -> None:
        self.preferences.set("theme", "light")
        self.preferences.set("lock_minutes", 4)
        self.walls.keep_layout(OWN)
        await self.walls.save(MAIN_WINDOW, "정문")
        stops = (CameraStop(CameraId("c1"), 5.0),)
        await self.tours.save(Tour(TourId("t1"), "야간", stops))

    def names(self) -> tuple[list[str], list[str], list[str]]:
        return (
            [wall.name for wall in self.walls.saved()],
            [layout.name for layout in self.walls.own_layouts()],
            [tour.name for tour in self.tours.saved()],
        )

    async def stop(self) -> None:
        await self.transfer.stop()
        await self.tours.stop()
        await self.walls.stop()
        await self.preferences.stop()


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    place = Place(tmp_path / "here")
    await place.fill()
    yield place
    await place.stop()


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Place]:
    place = Place(tmp_path / "there", Layers(policy={"lock_minutes": 8}))
    yield place
    await place.stop()


async def test_what_one_console_exports_another_takes_over(
    here: Place, there: Place, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    await here.transfer.export(file)
    plan = await there.transfer.look(file)
    assert [line.en for line in plan.lines] == [
        "Colours: dark → light",
        "Layouts: 1 new, 0 replaced",
        "Walls: 1 new, 0 replaced",
        "Tours: 1 new, 0 replaced",
    ]
    assert ["administrator" in problem.en for problem in plan.problems] == [True]
    assert there.names() == ([], [], [])
    await there.transfer.take(plan)
    assert there.names() == here.names() == (["정문"], ["내 것"], ["야간"])
    assert there.preferences.values.theme == "light"
    assert there.preferences.values.lock_minutes == 8
    assert there.store.tours == tuple(here.tours.saved())
    assert not (await there.transfer.look(file)).changes
    assert there.walls.undo_label is not None


async def test_an_import_is_taken_back(here: Place, there: Place, tmp_path: Path) -> None:
    file, told = tmp_path / "settings.json", list[bool]()
    there.transfer.changed.connect(lambda _: told.append(there.transfer.can_undo))
    there.preferences.set("theme", "dark")
    await here.transfer.export(file)
    await there.transfer.take(await there.transfer.look(file))
    there.preferences.set("language", "en")
    await there.transfer.undo()
    assert there.names() == ([], [], [])
    assert there.preferences.values.theme == "dark"
    # What came after it stays.
    assert there.preferences.values.language == "en"
    assert told == [True, False]
    kept = json.loads((there.folder / "profile" / BEFORE).read_text())
    assert (kept["walls"], kept["kind"]) == ([], "gwanje-settings")
    await there.transfer.undo()


async def test_what_is_here_under_the_same_id_is_replaced_and_comes_back(
    here: Place, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    await here.transfer.export(file)
    wall = here.walls.saved()[0]
    await here.walls.rename(wall.id, "후문")
    plan = await here.transfer.look(file)
    assert [line.en for line in plan.lines] == ["Walls: 0 new, 1 replaced"]
    await here.transfer.take(plan)
    assert here.names()[0] == ["정문"]
    await here.transfer.undo()
    assert here.names()[0] == ["후문"]


async def test_another_wall_of_the_same_name_gets_a_number(
    here: Place, there: Place, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    await here.transfer.export(file)
    await there.walls.save(MAIN_WINDOW, "정문")
    await there.transfer.take(await there.transfer.look(file))
    assert there.names()[0] == ["정문", "정문 (2)"]


async def test_a_layout_that_would_hide_a_named_one_stays_out(
    here: Place, there: Place, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    await here.transfer.export(file)
    document = json.loads(file.read_text())
    document["layouts"][0]["name"] = "9"
    file.write_text(json.dumps(document))
    plan = await there.transfer.look(file)
    assert not plan.changes.layouts
    assert "“9”" in plan.problems[-1].en


async def test_files_that_cannot_be_are_named(there: Place, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    with pytest.raises(Unavailable):
        await there.transfer.look(file)
    # As large as a film, and read no further than it takes to see that.
    with file.open("wb") as opened:
        opened.truncate(20 * MOST_BYTES)
    with pytest.raises(BadInput) as caught:
        await there.transfer.look(file)
    assert caught.value.text.en.startswith("settings.json: ")
    with pytest.raises(Unavailable):
        await there.transfer.export(file / "settings.json")


async def test_nothing_is_taken_over_where_nothing_can_be_kept(
    here: Place, there: Place, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    await here.transfer.export(file)
    plan = await there.transfer.look(file)
    there.folder.mkdir()
    (there.folder / "profile").write_text("a file where the folder should be")
    with pytest.raises(Failure):
        await there.transfer.take(plan)
    assert there.names() == ([], [], [])
    assert not there.transfer.can_undo
