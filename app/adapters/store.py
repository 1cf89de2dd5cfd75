"""The local store: one SQLite file, one connection, one thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from typing_extensions import override

from app.adapters import records
from app.adapters.shelf import Shelf
from app.adapters.store_errors import failure_of
from app.clock import Clock
from app.domain.act import Act
from app.domain.text import Text
from app.domain.tour import Tour
from app.domain.wall import WindowId
from app.domain.wall_set import WallSet
from app.formats.wall_json import UNREADABLE
from app.services.store_port import KeptWalls, Loaded, Store
from app.tasks import SerialQueue

if TYPE_CHECKING:
    from sqlite_utils import Database

    from app.adapters.store_file import Opened

P = ParamSpec("P")
R = TypeVar("R")


class LocalStore(Store):
    """Made by `open` or `in_memory`; `close` it in the end.

    A failed writing leaves the file as it was before it.
    """

    def __init__(self, queue: SerialQueue, opened: Opened) -> None:
        self._queue = queue
        self._opened = opened
        self._working = Shelf("working_wall", Text("작업 영상벽", "working wall"))
        self._saved = Shelf("saved_wall", Text("영상벽", "wall"))
        self._layouts = Shelf("own_layout", Text("화면분할", "layout"))
        self._placements = Shelf("placement", Text("창 위치", "window placement"))
        self._tours = Shelf("tour", Text("순환", "tour"))
        self._preferences = Shelf("preference", Text("설정", "setting"))

    @classmethod
    async def open(cls, path: Path, clock: Clock) -> LocalStore:
        """The store of this file. Never fails: see `saving` and `notices`."""
        now = clock.now()

        def work() -> Opened:
            from app.adapters.store_file import open_or_do_without

            return open_or_do_without(path, now, back=True)

        queue = SerialQueue("local store")
        return cls(queue, await queue.run(work))

    @classmethod
    async def in_memory(cls) -> LocalStore:
        def work() -> Opened:
            from app.adapters.store_file import in_memory

            return in_memory()

        queue = SerialQueue("local store")
        return cls(queue, await queue.run(work))

    @property
    @override
    def notices(self) -> tuple[Text, ...]:
        return self._opened.notices

    @property
    @override
    def saving(self) -> bool:
        return self._opened.path is not None

    @override
    async def close(self) -> None:
        """Finishes what was asked, then gives the file free."""
        from app.adapters.store_file import close_file

        await self._queue.run(close_file, self._opened)
        await self._queue.close()

    # walls

    @override
    async def load_walls(self) -> Loaded[KeptWalls]:
        return await self._run(self._load_walls)

    def _load_walls(self, db: Database) -> Loaded[KeptWalls]:
        working, no_working = self._working.read(db, records.read_wall)
        saved, no_saved = self._saved.read(db, records.read_wall)
        layouts, no_layouts = self._layouts.read(db, records.read_layout)
        placements, no_placements = self._placements.read(db, records.read_placement)
        walls = WallSet(
            tuple((WindowId(window), wall) for window, wall in working.items()),
            tuple(saved.values()),
            tuple(layouts.values()),
        )
        kept = KeptWalls(walls, {WindowId(w): placement for w, placement in placements.items()})
        return Loaded(kept, (*no_working, *no_saved, *no_layouts, *no_placements))

    @override
    async def keep_walls(self, kept: KeptWalls) -> None:
        await self._run(self._keep_walls, kept)

    def _keep_walls(self, db: Database, kept: KeptWalls) -> None:
        walls = kept.walls
        with db.atomic():
            self._working.write(db, {w: records.wall_text(wall) for w, wall in walls.working})
            self._saved.write(db, {wall.id: records.wall_text(wall) for wall in walls.saved})
            self._layouts.write(db, {own.name: records.layout_text(own) for own in walls.layouts})
            self._placements.write(
                db, {w: records.placement_text(place) for w, place in kept.placements.items()}
            )

    # tours, preferences

    @override
    async def load_tours(self) -> Loaded[tuple[Tour, ...]]:
        tours, problems = await self._run(lambda db: self._tours.read(db, records.read_tour))
        return Loaded(tuple(tours.values()), tuple(problems))

    @override
    async def keep_tours(self, tours: Sequence[Tour]) -> None:
        await self._write(self._tours, {tour.id: records.tour_text(tour) for tour in tours})

    @override
    async def load_preferences(self) -> Loaded[Mapping[str, object]]:
        values, problems = await self._run(
            lambda db: self._preferences.read(db, records.read_value)
        )
        return Loaded(values, tuple(problems))

    @override
    async def keep_preferences(self, values: Mapping[str, str | int | bool]) -> None:
        entries = {name: records.value_text(value) for name, value in values.items()}
        await self._write(self._preferences, entries)

    # acts

    @override
    async def append_acts(self, acts: Sequence[Act]) -> None:
        await self._run(_append_acts, [records.act_row(act) for act in acts])

    @override
    async def recent_acts(self, limit: int) -> Loaded[tuple[Act, ...]]:
        return await self._run(_recent_acts, limit)

    # inside

    async def _write(self, shelf: Shelf, entries: Mapping[str, str]) -> None:
        def work(db: Database) -> None:
            with db.atomic():
                shelf.write(db, entries)

        await self._run(work)

    async def _run(self, work: Callable[..., R], *args: object) -> R:
        """On the store's thread; SQLite's errors become `Failure`s here."""
        try:
            return await self._queue.run(work, self._opened.db, *args)
        except sqlite3.Error as error:
            raise failure_of(error, self._opened.path) from error


def _append_acts(db: Database, rows: Sequence[tuple[str | None, ...]]) -> None:
    with db.atomic():
        for row in rows:
            db.execute(
                "insert into act (id, at, kind, camera, operator, detail) "
                "values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
                row,
            )


def _recent_acts(db: Database, limit: int) -> Loaded[tuple[Act, ...]]:
    found: list[Act] = []
    problems: list[Text] = []
    for row in db.query("select * from act order by number desc limit ?", [limit]):
        try:
            found.append(records.read_act(row))
        except UNREADABLE:
            number = row["number"]
            problems.append(
                Text(f"기록 {number}번을 읽을 수 없습니다.", f"Act {number} cannot be read.")
            )
    return Loaded(tuple(found), tuple(problems))
