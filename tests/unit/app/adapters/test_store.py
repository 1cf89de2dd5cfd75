from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters.store import LocalStore
from app.domain.act import Act, ActKind
from app.domain.errors import Unavailable
from app.domain.layout import layout_named
from app.domain.wall import MAIN_WINDOW, WallId, empty_wall
from app.domain.wall_set import WallSet
from app.services.store_port import KeptWalls
from tests.fakes.clock import HandClock

SMALL = KeptWalls(WallSet(((MAIN_WINDOW, empty_wall(WallId("small"))),)))
LARGE = KeptWalls(
    WallSet(
        ((MAIN_WINDOW, empty_wall(WallId("large"))),),
        tuple(empty_wall(WallId(f"{n}"), layout_named("64"), f"이름 {n}" * 20) for n in range(100)),
    )
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gwanje.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[LocalStore]:
    made = await LocalStore.open(path, HandClock())
    yield made
    await made.close()


async def test_it_says_whether_it_saves(store: LocalStore, path: Path) -> None:
    assert store.saving
    second = await LocalStore.open(path, HandClock())
    assert not second.saving
    assert len(second.notices) == 1
    await second.keep_walls(SMALL)
    assert (await second.load_walls()).value == SMALL
    await second.close()
    assert (await store.load_walls()).value == KeptWalls(WallSet(()))


async def test_a_full_disk_leaves_what_was_there_and_the_next_try_works(
    store: LocalStore,
) -> None:
    await store.keep_walls(SMALL)
    pages = await store._run(lambda db: db.execute("pragma page_count").fetchone()[0])
    await store._run(lambda db: db.execute(f"pragma max_page_count = {pages}").fetchone())
    with pytest.raises(Unavailable, match="disk is full"):
        await store.keep_walls(LARGE)
    assert (await store.load_walls()).value == SMALL
    await store._run(lambda db: db.execute("pragma max_page_count = 100000").fetchone())
    await store.keep_walls(LARGE)
    assert (await store.load_walls()).value == LARGE


async def test_a_full_disk_takes_no_half_of_several_acts(store: LocalStore) -> None:
    acts = [
        Act(str(n), HandClock().now(), ActKind.CLIP, None, "김", {"file": "x" * 500})
        for n in range(200)
    ]
    await store._run(lambda db: db.execute("pragma max_page_count = 30").fetchone())
    with pytest.raises(Unavailable, match="disk is full"):
        await store.append_acts(acts)
    assert (await store.recent_acts(1000)).value == ()


async def test_unreadable_rows_are_told_and_survive_the_next_writing(store: LocalStore) -> None:
    await store.keep_walls(LARGE)
    await store.append_acts([Act("1", datetime(2026, 1, 1, tzinfo=UTC), ActKind.CLIP, None, "")])

    def spoil() -> None:
        db = store._opened.db
        with db.atomic():
            db.execute("update saved_wall set value = '{' where key = '7'")
            db.execute("insert into placement values ('3', 0, '[]')")
            db.execute("insert into own_layout values ('x', 0, '{}')")
            db.execute("insert into tour values ('t', 0, 'null')")
            db.execute("insert into preference values ('p', 0, '')")
            db.execute(
                "insert into act (id, at, kind, operator, detail) values ('2', '?', '?', '', '')"
            )

    await store._queue.run(spoil)
    walls = await store.load_walls()
    assert len(walls.value.walls.saved) == 99
    assert [text.en.removeprefix("The stored ").split(" “")[0] for text in walls.problems] == [
        "wall",
        "layout",
        "window placement",
    ]
    assert len((await store.load_tours()).problems) == 1
    assert len((await store.load_preferences()).problems) == 1
    acts = await store.recent_acts(10)
    assert ([act.id for act in acts.value], len(acts.problems)) == (["1"], 1)


async def test_a_spoilt_schema_is_a_failure_in_words(store: LocalStore) -> None:
    await store._run(lambda db: db.execute("drop table tour"))
    with pytest.raises(Unavailable, match="no such table"):
        await store.load_tours()


async def test_everything_happens_in_order_on_one_thread_of_its_own(store: LocalStore) -> None:
    seen = await asyncio.gather(
        *(store._run(lambda _db, n=n: (n, threading.current_thread().name)) for n in range(5))
    )
    assert seen == [(n, "local store") for n in range(5)]


async def test_after_closing_the_file_is_free(path: Path) -> None:
    first = await LocalStore.open(path, HandClock())
    await first.keep_walls(SMALL)
    await first.close()
    second = await LocalStore.open(path, HandClock())
    assert second.saving
    assert (await second.load_walls()).value == SMALL
    await second.close()
