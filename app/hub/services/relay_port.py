"""What the hub asks of a relay, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Source:
    """Where the relay gets a camera from. `path`: opaque, tells nothing of the camera.

    `thin`: key frames only are passed on, for a thin link.
    """

    path: str
    url: str = field(repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """What opens one path for one receiver.

    `sha256`: of the secret, in hexadecimal. `seconds`: it serves so long from now on; `first`: its
    first use has to come so soon. `address`: the only one that may use it, None until the first
    use; `moving`: others may as well (a vehicle).
    """

    id: str
    sha256: str = field(repr=False)
    path: str
    seconds: float
    first: float
    address: str | None = None
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody is watching. `id` names the pass."""

    id: str
    path: str
    address: str


class Event(StrEnum):
    OPENED = "opened"
    CLOSED = "closed"
    REFUSED = "refused"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Told:
    """What happened at the relay. `id`: of the pass, "" where none was known; `why`: of a refusal.

    A refusal's reasons: unknown, over, other camera, other address, twice, full.
    """

    event: Event
    path: str
    id: str = ""
    address: str = ""
    why: str = ""


Hear = Callable[[Told], None]


class Relay(Protocol):
    """Every call is harmless twice. `up` False: there is none now, and `problem` says why.

    An engine that had to be started anew calls `renewed`: it knows no source and no pass.
    """

    hear: Hear
    renewed: Callable[[], None]

    @property
    def up(self) -> bool: ...

    @property
    def problem(self) -> str: ...

    def address(self, path: str, token: str = "") -> str:
        """The URL that a receiver opens, without credentials. `token`: its id, for some engines."""
        ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def put(self, source: Source) -> None: ...

    async def forget(self, path: str) -> None: ...

    async def allow(self, one: Pass) -> None: ...

    async def revoke(self, ids: Sequence[str]) -> None:
        """Ends their sessions: the picture is gone when this returns, or within a second."""
        ...

    def sessions(self) -> Sequence[Session]: ...
