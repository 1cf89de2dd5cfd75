from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count

import pytest

from app.domain.camera import CameraId
from app.domain.errors import BadInput, Failure
from app.domain.layout import LAYOUTS, layout_named, renamed
from app.domain.names import MAX_NAME
from app.domain.text import Text
from app.domain.wall import Wall, WallId, cameras, fill, move, with_layout
from app.domain.wall_set import SavedWall, WallSet
from app.services.store_port import KeptWalls
from app.services.walls import MAIN_WINDOW, Placement, Walls, WindowId
from tests.fakes.store import DISK_FULL, MemoryStore

SHOW = Text("카메라 표시", "Show cameras")
A, B, C = (CameraId(letter) for letter in "abc")
PLACE = Placement("DELL U2720Q", "7X1", 0, 0, 1920, 1080, full_screen=True)


class Heard:
    """Everything that the service said."""

    def __init__(self, walls: Walls) -> None:
        self.words: list[str] = []
        self.notices: list[Text] = []
        walls.changed.connect(lambda window: self.words.append(f"changed {window}"))
        walls.windows_changed.connect(lambda _: self.words.append("windows"))
        walls.saved_changed.connect(lambda _: self.words.append("saved"))
        walls.history_changed.connect(lambda _: self.words.append("history"))
        walls.notices.connect(self.notices.append)

    def take(self) -> list[str]:
        words, self.words = self.words, []
        return words


def build(store: MemoryStore) -> Walls:
    numbers = count(1)
    return Walls(store, new_id=lambda: f"id{next(numbers)}")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def walls(store: MemoryStore) -> AsyncIterator[Walls]:
    service = build(store)
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
def heard(walls: Walls) -> Heard:
    return Heard(walls)


def show(walls: Walls, *shown: CameraId, window: WindowId = MAIN_WINDOW) -> Wall:
    walls.apply(window, fill(walls.wall(window), shown), SHOW)
    return walls.wall(window)


async def test_the_first_start_shows_an_empty_wall_of_nine(walls: Walls) -> None:
    assert walls.windows() == (MAIN_WINDOW,)
    assert len(walls.wall(MAIN_WINDOW).tiles) == 9
    assert not walls.can_undo
    assert walls.undo() is None
    assert walls.redo() is None


async def test_a_change_is_told_and_undone(walls: Walls, heard: Heard) -> None:
    empty = walls.wall(MAIN_WINDOW)
    full = show(walls, A, B)
    assert heard.take() == ["changed main", "history"]
    assert (walls.undo_label, walls.redo_label) == (SHOW, None)
    assert walls.undo() == SHOW
    assert walls.wall(MAIN_WINDOW) == empty
    assert walls.can_redo
    assert walls.redo() == SHOW
    assert walls.wall(MAIN_WINDOW) == full
    assert heard.take() == ["changed main", "history"] * 2


async def test_a_change_that_changes_nothing_is_silent(walls: Walls, heard: Heard) -> None:
    walls.apply(MAIN_WINDOW, walls.wall(MAIN_WINDOW), SHOW)
    assert heard.take() == []
    assert not walls.can_undo


async def test_a_move_between_windows_is_one_step(walls: Walls, heard: Heard) -> None:
    other = walls.open_window()
    show(walls, A)
    heard.take()
    left, arrived = move(walls.wall(MAIN_WINDOW), 0, walls.wall(other), 4)
    walls.apply_many({MAIN_WINDOW: left, other: arrived}, SHOW)
    assert heard.take() == ["changed main", "changed 2", "history"]
    assert cameras(walls.wall(other)) == (A,)
    walls.undo()
    assert cameras(walls.wall(MAIN_WINDOW)) == (A,)
    assert cameras(walls.wall(other)) == ()


async def test_a_window_that_is_not_open_has_no_wall(walls: Walls) -> None:
    with pytest.raises(KeyError):
        walls.apply(WindowId("7"), walls.wall(MAIN_WINDOW), SHOW)


async def test_a_closed_window_comes_back_with_its_wall(walls: Walls, heard: Heard) -> None:
    window = walls.open_window()
    show(walls, A, window=window)
    walls.close_window(window)
    assert walls.windows() == (MAIN_WINDOW,)
    heard.take()
    walls.undo()
    assert cameras(walls.wall(window)) == (A,)
    assert heard.take() == ["windows", "changed 2", "history"]


async def test_eight_windows_and_no_more(walls: Walls) -> None:
    for _ in range(7):
        walls.open_window()
    with pytest.raises(BadInput):
        walls.open_window()
    with pytest.raises(BadInput):
        walls.close_window(MAIN_WINDOW)


async def test_saving_loading_renaming_deleting(walls: Walls, store: MemoryStore) -> None:
    show(walls, A, B)
    await walls.save(MAIN_WINDOW, " 월배 시장 ")
    assert walls.saved() == [SavedWall(WallId("id3"), "월배 시장", "9", (A, B))]
    assert walls.wall(MAIN_WINDOW).name == "월배 시장"
    assert store.kept.walls.saved[0].name == "월배 시장"
    assert not walls.modified(MAIN_WINDOW)
    show(walls, C)
    assert walls.modified(MAIN_WINDOW)
    walls.load(MAIN_WINDOW, WallId("id3"))
    assert cameras(walls.wall(MAIN_WINDOW)) == (A, B)
    await walls.rename(WallId("id3"), "월배")
    assert walls.wall(MAIN_WINDOW).name == "월배"
    assert walls.find(WallId("id3")) == walls.wall(MAIN_WINDOW)
    await walls.delete(WallId("id3"))
    assert walls.saved() == []
    assert store.kept.walls.saved == ()
    assert cameras(walls.wall(MAIN_WINDOW)) == (A, B)
    assert not walls.modified(MAIN_WINDOW)
    walls.undo()
    assert [wall.name for wall in walls.saved()] == ["월배"]


async def test_saving_under_its_own_name_is_saving_over_itself(walls: Walls) -> None:
    show(walls, A)
    await walls.save(MAIN_WINDOW, "정문")
    show(walls, B)
    await walls.save(MAIN_WINDOW, "정문")
    assert [(wall.name, wall.cameras) for wall in walls.saved()] == [("정문", (B,))]
    await walls.save(MAIN_WINDOW, "후문")
    assert [wall.name for wall in walls.saved()] == ["정문", "후문"]


async def test_the_same_wall_may_change_the_capitals_of_its_name(walls: Walls) -> None:
    await walls.save(MAIN_WINDOW, "gate")
    await walls.rename(walls.saved()[0].id, "GATE")
    assert [wall.name for wall in walls.saved()] == ["GATE"]


@pytest.mark.parametrize("name", ["정문", " 정문", "", "  "])
async def test_names_that_cannot_be(walls: Walls, name: str) -> None:
    await walls.save(MAIN_WINDOW, "정문")
    other = walls.open_window()
    with pytest.raises(BadInput):
        await walls.save(other, name)
    await walls.save(other, "후문")
    with pytest.raises(BadInput):
        await walls.rename(walls.saved()[1].id, name)
    assert [wall.name for wall in walls.saved()] == ["정문", "후문"]


async def test_a_name_of_two_hundred_letters_is_cut_and_told(walls: Walls, heard: Heard) -> None:
    await walls.save(MAIN_WINDOW, "가" * 200)
    assert walls.saved()[0].name == "가" * MAX_NAME
    assert len(heard.notices) == 1


async def test_a_wall_that_is_gone_says_so(walls: Walls) -> None:
    with pytest.raises(BadInput):
        walls.load(MAIN_WINDOW, WallId("gone"))
    with pytest.raises(BadInput):
        await walls.rename(WallId("gone"), "x")
    with pytest.raises(BadInput):
        await walls.delete(WallId("gone"))


async def test_own_layouts(walls: Walls, heard: Heard) -> None:
    own = walls.keep_layout(renamed(layout_named("4"), "  벽 넷 "))
    assert own.name == "벽 넷"
    assert walls.layouts() == (*LAYOUTS, own)
    assert heard.take() == ["saved", "history"]
    with pytest.raises(BadInput):
        walls.keep_layout(own)
    with pytest.raises(BadInput):
        walls.keep_layout(layout_named("9"))
    walls.drop_layout(own.name)
    assert walls.layouts() == LAYOUTS
    walls.undo()
    assert walls.layouts() == (*LAYOUTS, own)
    walls.keep_layout(renamed(layout_named("1"), "나" * 200))
    assert len(heard.notices) == 1


async def test_a_covering_wall_is_no_step_and_is_not_kept(
    walls: Walls, store: MemoryStore, heard: Heard
) -> None:
    own = show(walls, A)
    heard.take()
    over = fill(own, [B, C])
    walls.cover(MAIN_WINDOW, over)
    walls.cover(MAIN_WINDOW, over)
    assert walls.wall(MAIN_WINDOW) == over
    assert walls.own_wall(MAIN_WINDOW) == own
    assert walls.covered(MAIN_WINDOW)
    await walls.flush()
    assert store.kept.walls.wall(MAIN_WINDOW) == own
    walls.cover(MAIN_WINDOW, None)
    walls.cover(MAIN_WINDOW, None)
    assert walls.wall(MAIN_WINDOW) == own
    assert heard.take() == ["changed main"] * 2
    assert walls.undo() == SHOW


async def test_a_change_on_a_covering_wall_makes_it_the_own_one(walls: Walls, heard: Heard) -> None:
    own = show(walls, A)
    walls.cover(MAIN_WINDOW, fill(own, [B]))
    heard.take()
    changed = with_layout(walls.wall(MAIN_WINDOW), layout_named("4"))
    walls.apply(MAIN_WINDOW, changed, SHOW)
    assert not walls.covered(MAIN_WINDOW)
    assert walls.own_wall(MAIN_WINDOW) == changed
    assert heard.take() == ["changed main", "history"]
    walls.undo()
    assert walls.wall(MAIN_WINDOW) == own


async def test_the_own_wall_put_back_by_hand_takes_the_cover_away(
    walls: Walls, heard: Heard
) -> None:
    own = show(walls, A)
    walls.cover(MAIN_WINDOW, fill(own, [B]))
    heard.take()
    walls.apply(MAIN_WINDOW, own, SHOW)
    assert walls.wall(MAIN_WINDOW) == own
    assert heard.take() == ["changed main"]


async def test_undo_takes_the_cover_from_what_it_changes(walls: Walls) -> None:
    own = show(walls, A)
    other = walls.open_window()
    walls.cover(other, own)
    walls.cover(MAIN_WINDOW, fill(own, [B]))
    walls.undo()
    assert walls.windows() == (MAIN_WINDOW,)
    assert not walls.covered(other)
    assert walls.covered(MAIN_WINDOW)
    walls.undo()
    assert not walls.covered(MAIN_WINDOW)


async def test_everything_is_there_after_a_restart(walls: Walls, store: MemoryStore) -> None:
    window = walls.open_window()
    full = show(walls, A, B, window=window)
    walls.remember(window, PLACE)
    walls.remember(window, PLACE)
    await walls.stop()
    again = build(store)
    await again.start()
    assert again.windows() == (MAIN_WINDOW, window)
    assert again.wall(window) == full
    assert again.placement(window) == PLACE
    assert again.placement(MAIN_WINDOW) is None
    assert not again.can_undo
    writes = store.writes
    await again.stop()
    assert store.writes == writes


async def test_a_store_without_the_main_window_gets_one(store: MemoryStore) -> None:
    spare = Wall(WallId("s"), "", layout_named("1"), (None,))
    store.kept = KeptWalls(WallSet(((WindowId("2"), spare),)))
    walls = build(store)
    await walls.start(default_layout="36")
    assert walls.windows() == (MAIN_WINDOW, WindowId("2"))
    assert len(walls.wall(MAIN_WINDOW).tiles) == 36
    await walls.stop()


async def test_a_store_that_cannot_be_read_is_told_and_the_console_starts(
    store: MemoryStore,
) -> None:
    store.refuses = DISK_FULL
    walls = build(store)
    heard = Heard(walls)
    await walls.start()
    assert heard.notices == [DISK_FULL.text]
    assert walls.windows() == (MAIN_WINDOW,)
    await walls.stop()


async def test_a_full_disk_loses_nothing(walls: Walls, store: MemoryStore) -> None:
    store.refuses = DISK_FULL
    show(walls, A)
    with pytest.raises(Failure):
        await walls.save(MAIN_WINDOW, "정문")
    assert [wall.name for wall in walls.saved()] == ["정문"]
    store.refuses = None
    show(walls, B)
    await walls.flush()
    assert store.kept.walls.saved[0].name == "정문"
    assert cameras(store.kept.walls.wall(MAIN_WINDOW)) == (B,)
