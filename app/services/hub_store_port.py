"""What the console keeps of the hub, and of what it has to tell the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.hub_act import HubAct, Line
from app.domain.text import Text
from app.services.hub_port import Place
from app.services.store_port import Loaded
from app.wire.access import CameraAccess
from app.wire.ledger import Deed
from app.wire.stream import Frame, Row


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows lie in the cache: rows that one may see are not another's."""

    account: str
    role: str
    site: str


class HubCache(Protocol):
    """Every call raises `app.domain.errors.Failure` if the disk does not play along."""

    async def take_over(self, scope: Scope) -> Place | None:
        """Makes the cache this person's and says where it stands.

        The same role and site keeps what all of them may see and asks for a snapshot (None);
        anything else empties it.
        """
        ...

    async def kinds(self) -> Mapping[str, int]:
        """How many rows there are of each kind."""
        ...

    async def rows(self, kind: str, after: str = "", limit: int = 1000) -> Loaded[tuple[Row, ...]]:
        """By id, from the one after `after` on."""
        ...

    async def apply(self, frames: Sequence[Frame], place: Place) -> tuple[Frame, ...]:
        """The frames and the new place in one transaction; those that changed something."""
        ...

    async def begin_fill(self) -> None:
        """A snapshot begins; what an earlier one left half done is gone."""
        ...

    async def fill(self, rows: Sequence[Row]) -> None: ...

    async def swap(self, place: Place) -> None:
        """The rows of the snapshot take the place of all others, at once or not at all."""
        ...

    async def purge(self) -> None:
        """No row is left, on the disk neither; acts are."""
        ...


class ActBox(Protocol):
    """The acts for the hub. Raises `Failure` like the cache."""

    async def line(self, username: str, client: str) -> Line:
        """This person's line; begun under the name `client` if there is none."""
        ...

    async def keep_act(self, act: HubAct, line: Line) -> None:
        """The act and its line; both on the disk when it returns, or neither."""
        ...

    async def update_acts(self, acts: Sequence[HubAct], line: Line | None = None) -> None:
        """All or nothing. The identity and the words of an act never change."""
        ...

    async def acts(self) -> Loaded[tuple[HubAct, ...]]:
        """All that wait, and all in conflict or refused that nobody dismissed; oldest first."""
        ...

    async def settled_since(self, client: str, since: datetime) -> Loaded[tuple[HubAct, ...]]:
        """The applied acts of one line, oldest first."""
        ...

    async def forget_settled(self, before: datetime) -> int:
        """Deletes what has been applied or dismissed for long enough; how many."""
        ...


class AccessCache(Protocol):
    """Addresses and passwords of cameras for work without the hub; goes with every purge."""

    async def keep_access(self, access: CameraAccess) -> None: ...

    async def access(self, camera: str) -> CameraAccess | None: ...

    async def forget_access(self, camera: str) -> None: ...


@dataclass(frozen=True, slots=True)
class KeptDeed:
    """An entry of the ledger as it was written here. `client`: the line of who was signed in."""

    client: str
    n: int
    deed: Deed
    sent: bool = False


class DeedBox(Protocol):
    """Entries of the ledger, until the hub has proved that it has them. Raises `Failure`."""

    async def keep_deeds(self, client: str, deeds: Sequence[Deed]) -> None:
        """On the disk when it returns, with the next numbers of that line."""
        ...

    async def deeds(self, limit: int) -> Loaded[tuple[KeptDeed, ...]]:
        """By line and number, those that were not sent first."""
        ...

    async def deeds_sent(self, client: str, below: int) -> None:
        """Those of that line with lower numbers are at the hub."""
        ...

    async def forget_deeds(self, client: str, numbers: Sequence[int]) -> None: ...

    async def deeds_waiting(self) -> int: ...

    async def remember(self, name: str, value: str) -> None:
        """Outlives purges: a checkpoint that was seen must not be forgotten."""
        ...

    async def remembered(self, name: str) -> str: ...


class HubStore(HubCache, ActBox, AccessCache, DeedBox, Protocol):
    @property
    def notices(self) -> tuple[Text, ...]:
        """What the operator must know of how it was opened."""
        ...

    @property
    def saving(self) -> bool:
        """False while everything lives in memory only: then no act may be called done."""
        ...

    async def close(self) -> None: ...
