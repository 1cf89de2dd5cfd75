"""Everything that the routes use, in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from fastapi import Request

from app.domain.account import Subject
from app.domain.site import SiteId
from app.hub.services.accounts import Accounts
from app.hub.services.feeds import Feeds
from app.hub.services.ports import Accepting, Now, Seeing
from app.hub.services.sessions import Sessions
from app.hub.store.intake import Raw
from app.hub.store.reader import Reader
from app.hub.store.tail import Tail
from app.hub.store.writer import Writer
from app.wire.commands import Batch, Outcomes
from app.wire.entities import CameraStatusRow


class Commanding(Protocol):
    async def apply(self, subject: Subject, batch: Batch) -> Outcomes: ...


class Taking(Accepting, Protocol):
    async def quarantine(self, subject: Subject, limit: int = 100) -> Sequence[Raw]: ...

    async def retry(self, id_: str, subject: Subject) -> None: ...


class Registering(Protocol):
    async def import_file(self, subject: Subject, name: str, data: bytes, site: SiteId) -> Any: ...

    async def access(self, subject: Subject, camera_id: str) -> Any: ...

    async def put_sites(self, subject: Subject, rows: Sequence[Any]) -> Any: ...

    async def put_cameras(self, subject: Subject, rows: Sequence[Any]) -> Any: ...


class Reporting(Protocol):
    async def report(
        self, subject: Subject, rows: Sequence[CameraStatusRow], console: str = ""
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """`epoch` names this run of the log. `offline_hours`: how long a console may work alone."""

    writer: Writer
    reader: Reader
    tail: Tail
    commands: Commanding
    intake: Taking
    registry: Registering
    statuses: Reporting
    visibility: Seeing
    accounts: Accounts
    sessions: Sessions
    feeds: Feeds
    now: Now
    epoch: str
    offline_hours: float = 72.0
    alive: Callable[[], bool] = lambda: True


def services_of(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


def now_of(request: Request) -> datetime:
    return services_of(request).now()
