"""The hub as the console sees it; the adapter speaks HTTP, a test's fake does not."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import SecretStr
from typing_extensions import override

from app.domain.errors import Failure
from app.domain.text import Text
from app.wire.access import AccessAsk, CameraAccess
from app.wire.commands import Batch, Outcomes
from app.wire.ledger import Asked, Book, Deeds, Inspection, Lines, Proofs, Signed, Taken
from app.wire.session import Session, SignIn
from app.wire.status import StatusReport
from app.wire.stream import Changes, Frame, Heartbeat, Row, SnapshotHead


class Trouble(StrEnum):
    """Why the hub did not do what it was asked."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed out"
    TLS = "tls"
    CLOSED = "closed"  # the stream ended; the hub restarts, or a proxy cut it
    SILENT = "silent"  # connected, but nothing passes
    BUSY = "busy"  # 429, 503
    SERVER = "server"  # any other 5xx
    MALFORMED = "malformed"
    SIGNED_OUT = "signed out"  # 401
    FORBIDDEN = "forbidden"  # 403
    RESYNC = "resync"  # 410, or another epoch
    UNREADABLE = "unreadable"  # 400, 413, 422: the hub cannot read what we sent
    REFUSED = "refused"  # any other 4xx

    @property
    def passing(self) -> bool:
        """Whether the same may well succeed a little later."""
        return self not in {
            Trouble.SIGNED_OUT, Trouble.FORBIDDEN, Trouble.UNREADABLE, Trouble.REFUSED,
        }  # fmt: skip


class HubFailure(Failure):
    """`text` for the operator, `trouble` for the program.

    `code` is the hub's own (`app.wire.base.Problem`), `retry_after` in seconds where it named one.
    Holds no address, token or password.
    """

    def __init__(
        self,
        trouble: Trouble,
        text: Text,
        code: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(text)
        self.trouble = trouble
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the log: everything up to `seq` of this life of the hub's store is known.

    `view`: what the hub called the rights of whoever took the snapshot (`SnapshotHead.view`).
    """

    epoch: str
    seq: int
    view: str = ""

    @override
    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}" + (f":{self.view}" if self.view else "")

    @staticmethod
    def of(text: str) -> Place | None:
        """What `str` wrote; None for anything else."""
        epoch, _, rest = text.partition(":")
        seq, _, view = rest.partition(":")
        return Place(epoch, int(seq), view) if epoch and seq.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in one piece of the stream, in its order; `heartbeat` is the last of it."""

    frames: tuple[Frame, ...] = ()
    heartbeat: Heartbeat | None = None


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """`after` continues on the next page; None on the last one."""

    head: SnapshotHead
    rows: tuple[Row, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is added to an incident; `id` is ours, so that sending it again is harmless."""

    id: str
    name: str
    mime: str
    data: bytes = field(repr=False)


class HubClient(Protocol):
    """Every call raises `HubFailure`. The token of the session stays inside."""

    async def sign_in(self, asked: SignIn) -> Session: ...

    async def sign_out(self) -> None:
        """Forgets the token, also where the hub cannot be told."""
        ...

    @property
    def signed_in(self) -> bool:
        """Whether there is a token; whether it is good, only the hub knows."""
        ...

    async def session(self) -> Session: ...

    async def snapshot(self, after: str | None) -> SnapshotPage: ...

    def stream(self, since: Place) -> AsyncGenerator[Heard, None]:
        """Until something breaks; `aclose` it. Its normal end is a `HubFailure`, too."""
        ...

    async def changes(self, since: Place, wait: float) -> Changes: ...

    async def commands(self, batch: Batch) -> Outcomes: ...

    async def camera_access(self, camera: str, asked: AccessAsk) -> CameraAccess:
        """A camera's addresses and password; the hub writes the call into its ledger."""
        ...

    async def share_access(self, share: str, camera: str, asked: AccessAsk) -> CameraAccess:
        """The relay's address of a camera that is shared with us, and a token for it."""
        ...

    async def write_ledger(self, deeds: Deeds) -> Taken: ...

    async def checkpoint(self, since: int) -> Signed:
        """The ledger's newest one, and that it goes on from the tree of that size."""
        ...

    async def proofs(self, client: str, first: int, last: int) -> Proofs:
        """That our entries stand in the ledger."""
        ...

    async def ledger_lines(self, asked: Asked) -> Lines:
        """For those who answer for it, as are the next three."""
        ...

    async def ledger_book(self, name: str, since: datetime, until: datetime) -> Book: ...

    async def inspection(self, month: str) -> Inspection: ...

    async def sign_inspection(self, month: str, note: str) -> None: ...

    async def attach(self, incident: str, file: Upload) -> None:
        """The same again is harmless."""
        ...

    async def attachment(self, incident: str, id_: str) -> bytes: ...

    async def report_statuses(self, report: StatusReport) -> None:
        """How this console sees its cameras."""
        ...

    async def change_password(self, old: SecretStr, new: SecretStr) -> None:
        """Of whoever is signed in; all his other sessions end."""
        ...

    async def close(self) -> None: ...
