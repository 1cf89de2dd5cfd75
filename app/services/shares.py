"""영상제공 of this console: what is shared with whom, and what a person does about it.

Shares are the hub's alone: without it nothing is shared, lengthened or approved. Ending one waits
for it like any other act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from app.clock import Clock
from app.domain.account import Role
from app.domain.camera import CameraId
from app.domain.errors import BadInput, Refused, Unavailable
from app.domain.hub_act import HubAct
from app.domain.incident_type import IncidentType
from app.domain.incident_types import type_of
from app.domain.share import ShareState
from app.domain.share_rules import Rule, rule_of
from app.domain.site import SiteKind
from app.domain.text import Text
from app.services.hub_link import HubLink
from app.services.hub_rows import HubRows
from app.services.outbox import Outbox
from app.signals import Signal
from app.wire.entities import ShareRow
from app.wire.session import Account
from app.wire.stream import Frame, Row

KIND = "share"
_SHARING = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.OFFICER})
# Before a station: nothing stands between a patrol car and what it should see but its small screen.
_ORDER = (SiteKind.POLICE, SiteKind.POLICE_ROOM, SiteKind.PATROL)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A site that something may be shared with, and under which line of the table."""

    site: str
    name: str
    kind: SiteKind
    rule: Rule


class Shares:
    """On the loop's thread.

    changed  some of them are other than before
    """

    def __init__(
        self,
        rows: HubRows,
        outbox: Outbox,
        link: HubLink,
        who: Callable[[], Account | None],
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self.changed: Signal[None] = Signal("shares changed")
        self._rows, self._outbox, self._link = rows, outbox, link
        self._who, self._clock, self._new_id = who, clock, new_id
        self._read: dict[str, tuple[int, ShareRow]] = {}
        rows.changed.connect(self._heard)
        rows.replaced.connect(self._replaced)

    # what a person sees

    def all(self) -> list[ShareRow]:
        """The newest first; rows that cannot be read are left out."""
        if self._who() is None:
            return []
        found = [
            share
            for row in self._rows.all(KIND).values()
            if (share := self._share(row)) is not None
        ]
        return sorted(found, key=lambda share: share.starts_at, reverse=True)

    def running(self) -> list[ShareRow]:
        """What is shared at this moment, by this console's clock and the hub's word."""
        now = self._clock.now()
        return [share for share in self.all() if runs(share, now)]

    def of_incident(self, incident: str) -> list[ShareRow]:
        return [share for share in self.all() if share.incident == incident]

    def counts(self) -> dict[str, int]:
        """How many rooms see each incident now."""
        found: dict[str, int] = {}
        for share in self.running():
            found[share.incident] = found.get(share.incident, 0) + 1
        return found

    def receivers(self, type_: str) -> list[Receiver]:
        """Those that an incident of this type may be shared with; the right one first."""
        kind = type_of(type_)
        if kind is None:
            return []
        found = [one for row in self._rows.all("site").values() if (one := _receiver(row, kind))]
        return sorted(found, key=lambda one: (_rank(one, kind), one.name))

    def site_kind(self, site: str) -> str:
        """Of a site that we see; "" for others."""
        row = self._rows.get("site", site)
        return str(row.d.get("kind", "")) if row is not None else ""

    @property
    def may_share(self) -> bool:
        who = self._who()
        return who is not None and who.role in _SHARING

    @property
    def may_approve(self) -> bool:
        who = self._who()
        return who is not None and who.role == Role.SUPERVISOR

    # what a person does; each raises `Failure` and is on the disk when it returns

    async def propose(
        self,
        incident: str,
        receiver: Receiver,
        cameras: Sequence[CameraId],
        ground: str = "",
        purpose: str = "",
    ) -> HubAct:
        """With the first cameras that the table allows."""
        self._need_hub()
        if not cameras:
            raise BadInput(_NO_CAMERA)
        if receiver.rule.approval and not purpose.strip():
            raise BadInput(_PURPOSE)
        some = list(dict.fromkeys(cameras))[: receiver.rule.cameras]
        args: dict[str, object] = {
            "receiver": receiver.site, "incident": incident, "cameras": some,
            "ground": ground, "purpose": purpose.strip(),
        }  # fmt: skip
        return await self._act("propose", self._new_id(), args)

    async def approve(self, share: str) -> HubAct:
        self._need_hub()
        return await self._act("approve", share)

    async def reject(self, share: str) -> HubAct:
        self._need_hub()
        return await self._act("reject", share)

    async def end(self, share: str) -> HubAct:
        """Also without the hub: it is ended as soon as it can be."""
        return await self._act("end", share)

    async def extend(self, share: str, minutes: int) -> HubAct:
        self._need_hub()
        return await self._act("extend", share, {"minutes": minutes})

    async def add(self, share: str, cameras: Sequence[CameraId]) -> HubAct:
        self._need_hub()
        return await self._act("add", share, {"cameras": list(cameras)})

    async def ask(self, share: str, minutes: int = 0, place: str = "") -> HubAct:
        """By a receiver: more time, or a camera that looks at another place."""
        if not minutes and not place.strip():
            raise BadInput(_NOTHING)
        args = {"id": self._new_id(), "minutes": minutes, "place": place.strip()}
        return await self._act("ask", share, args)

    async def answer(
        self, share: str, ask: str, *, grant: bool, cameras: Sequence[CameraId] = ()
    ) -> HubAct:
        self._need_hub()
        args: dict[str, object] = {"ask": ask, "grant": grant, "cameras": list(cameras)}
        return await self._act("answer", share, args)

    # inside

    async def _act(
        self, name: str, target: str, args: Mapping[str, object] | None = None
    ) -> HubAct:
        row = self._rows.get(KIND, target)
        return await self._outbox.act(
            f"{KIND}.{name}", target, row.ver if row is not None else 0, args or {}
        )

    def _need_hub(self) -> None:
        if not self._link.link.up:
            raise Unavailable(_AWAY)

    def _share(self, row: Row) -> ShareRow | None:
        known = self._read.get(row.id)
        if known is None or known[0] != row.ver:
            try:
                known = (row.ver, ShareRow.model_validate(row.d))
            except ValidationError:
                return None
            self._read[row.id] = known
        return known[1]

    def _heard(self, frames: Sequence[Frame]) -> None:
        if any(frame.t in {KIND, "site"} for frame in frames):
            self.changed.emit(None)

    def _replaced(self, _: None) -> None:
        self._read = {}
        self.changed.emit(None)


def runs(share: ShareRow, now: datetime) -> bool:
    return share.state == ShareState.ACTIVE and now < share.ends_at


def _receiver(row: Row, kind: IncidentType) -> Receiver | None:
    try:
        site = SiteKind(str(row.d.get("kind", "")))
        rule = rule_of(kind, site)
    except (ValueError, Refused):
        return None
    # A centre does not share with itself; another centre is a matter for the province.
    if site in {SiteKind.CENTRE, SiteKind.NATION}:
        return None
    return Receiver(row.id, str(row.d.get("name", row.id)), site, rule)


def _rank(one: Receiver, kind: IncidentType) -> tuple[int, int]:
    """In the order of the type; of the police, who can do most with it first."""
    service = one.kind.service
    place = kind.receivers.index(service) if service in kind.receivers else len(kind.receivers)
    within = _ORDER.index(one.kind) if one.kind in _ORDER else 0
    return place, within


_AWAY = Text(
    "허브와 연결되어 있지 않아 영상을 제공할 수 없습니다.",
    "Without the hub nothing can be shared.",
)
_NO_CAMERA = Text("제공할 카메라가 없습니다.", "There is no camera to be shared.")
_PURPOSE = Text(
    "관제팀장의 승인이 필요한 제공입니다. 사유를 입력하세요.",
    "This share needs a supervisor's approval: give the reason.",
)
_NOTHING = Text("무엇이 더 필요한지 입력하세요.", "Say what else is needed.")
