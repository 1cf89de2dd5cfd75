"""A store that lives in the test and can be told to fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from typing_extensions import override

from app.domain.act import Act
from app.domain.errors import Failure, Unavailable
from app.domain.text import Text
from app.domain.tour import Tour
from app.domain.wall_set import WallSet
from app.services.store_port import KeptWalls, Loaded, Store

DISK_FULL = Unavailable(Text("디스크가 가득 찼습니다.", "The disk is full."))


class MemoryStore(Store):
    """`refuses`: what every call raises; `writes` counts what went through."""

    def __init__(self) -> None:
        self.refuses: Failure | None = None
        self.writes = 0
        self.problems: tuple[Text, ...] = ()
        self.kept = KeptWalls(WallSet(()))
        self.tours: tuple[Tour, ...] = ()
        self.preferences: Mapping[str, object] = {}
        self.acts: dict[str, Act] = {}
        self.closed = False

    @property
    @override
    def notices(self) -> tuple[Text, ...]:
        return ()

    @property
    @override
    def saving(self) -> bool:
        return True

    @override
    async def close(self) -> None:
        self.closed = True

    @override
    async def load_walls(self) -> Loaded[KeptWalls]:
        self._gate()
        return Loaded(self.kept, self.problems)

    @override
    async def keep_walls(self, kept: KeptWalls) -> None:
        self._gate(writing=True)
        self.kept = kept

    @override
    async def load_tours(self) -> Loaded[tuple[Tour, ...]]:
        self._gate()
        return Loaded(self.tours, self.problems)

    @override
    async def keep_tours(self, tours: Sequence[Tour]) -> None:
        self._gate(writing=True)
        self.tours = tuple(tours)

    @override
    async def load_preferences(self) -> Loaded[Mapping[str, object]]:
        self._gate()
        return Loaded(self.preferences, self.problems)

    @override
    async def keep_preferences(self, values: Mapping[str, str | int | bool]) -> None:
        self._gate(writing=True)
        self.preferences = dict(values)

    @override
    async def append_acts(self, acts: Sequence[Act]) -> None:
        self._gate(writing=True)
        for act in acts:
            self.acts.setdefault(act.id, act)

    @override
    async def recent_acts(self, limit: int) -> Loaded[tuple[Act, ...]]:
        self._gate()
        return Loaded(tuple(reversed(self.acts.values()))[:limit], self.problems)

    def _gate(self, *, writing: bool = False) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.writes += writing
