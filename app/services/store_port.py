"""What the services keep between two runs, and how they ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from app.domain.act import Act
from app.domain.text import Text
from app.domain.tour import Tour
from app.domain.wall import WindowId
from app.domain.wall_set import Placement, WallSet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What could be read; `problems` names the entries that could not (they are left in place)."""

    value: T
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptWalls:
    walls: WallSet
    placements: Mapping[WindowId, Placement] = field(default_factory=dict)


class WallStore(Protocol):
    """Every call raises `app.domain.errors.Failure` if the disk does not play along."""

    async def load_walls(self) -> Loaded[KeptWalls]:
        """`walls.working` is empty on the first start."""
        ...

    async def keep_walls(self, kept: KeptWalls) -> None:
        """All or nothing; on the disk when it returns."""
        ...


class TourStore(Protocol):
    async def load_tours(self) -> Loaded[tuple[Tour, ...]]: ...

    async def keep_tours(self, tours: Sequence[Tour]) -> None: ...


class PreferenceStore(Protocol):
    async def load_preferences(self) -> Loaded[Mapping[str, object]]: ...

    async def keep_preferences(self, values: Mapping[str, str | int | bool]) -> None: ...


class ActStore(Protocol):
    async def append_acts(self, acts: Sequence[Act]) -> None:
        """On the disk when it returns; an act whose id is known is not written twice."""
        ...

    async def recent_acts(self, limit: int) -> Loaded[tuple[Act, ...]]:
        """Newest first."""
        ...


class Store(WallStore, TourStore, PreferenceStore, ActStore, Protocol):
    """The whole local store."""

    @property
    def notices(self) -> tuple[Text, ...]:
        """What the operator must know of how it was opened (moved aside, not saving …)."""
        ...

    @property
    def saving(self) -> bool:
        """False while everything lives in memory only."""
        ...

    async def close(self) -> None: ...
