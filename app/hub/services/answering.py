"""Requests that the table answers by itself: the 112 room asks for video and has it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from functools import partial
from typing import Any, Final

from app.domain import share as acts
from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.dragnet import Target, dragnet
from app.domain.errors import Failure, Refused
from app.domain.geo.earth import Place
from app.domain.incident import Author, Incident, Line
from app.domain.incident_types import INCIDENT_TYPES, incident_type
from app.domain.share import Proposal, ShareId
from app.domain.share_rules import rule_of
from app.domain.site import Site, SiteKind
from app.domain.text import Text
from app.hub.services.camera_index import CameraIndex
from app.hub.services.ids import Ids
from app.hub.services.incident_json import incident_of
from app.hub.services.incidents import KIND, Incidents
from app.hub.services.restrictions import only_role
from app.hub.services.shares import CAMERA, Shares, whole_ms
from app.hub.services.shares import KIND as SHARE
from app.hub.services.sites import Sites
from app.hub.store.columns import moment
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.tasks import cancel, spawn
from app.wire.stream import Op

_log = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 0.5
# Entered by hand: nobody asked for anything.
_BY_HAND: Final = "create"
TABLE: Final = Author("제공 규칙표 (rule table)", AccountId("rule-table"))


def _by_itself(kind: str, receiver: SiteKind) -> bool:
    found = INCIDENT_TYPES.get(kind)
    if found is None:
        return False
    try:
        return rule_of(found, receiver).by_itself
    except Refused:
        return False


TYPES: Final = frozenset(
    key for key in INCIDENT_TYPES if any(_by_itself(key, receiver) for receiver in SiteKind)
)


class Answering:
    """`answer` is one request; a task answers as they come. On the loop's thread."""

    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        shares: Shares,
        sites: Sites,
        cameras: CameraIndex,
        clock: Clock,
    ) -> None:
        self._store = store
        self._incidents = incidents
        self._shares = shares
        self._sites = sites
        self._cameras = cameras
        self._ids = Ids(clock)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = spawn(self._run(), "requests that answer themselves")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None

    @property
    def alive(self) -> bool:
        return self._task is None or not self._task.done()

    async def catch_up(self) -> None:
        """Open requests that nobody has answered: those that came while the hub was ending."""
        found = await self._store.reader.read(partial(self._incidents.open_of, kinds=sorted(TYPES)))
        for incident in found:
            await self.answer(incident)

    async def answer(self, incident: Incident) -> bool:
        """Whether it was one to be answered, and nobody had."""
        if incident.history[:1] and incident.history[0].kind == _BY_HAND:
            return False
        receivers = _receivers(self._sites.every(), incident)
        if not receivers or incident.latitude is None or incident.longitude is None:
            return False
        kind = incident_type(incident.type)
        field = await self._cameras.field()
        target = Target(Place(incident.latitude, incident.longitude), incident.camera)
        found = dragnet(field, target, kind.dragnet)
        cameras = tuple(one.camera.id for one in found.chosen)
        if not cameras:
            return False
        work = partial(self._share, id_=incident.id, receivers=receivers, cameras=cameras)
        return await self._store.writer.do(work)

    async def _run(self) -> None:
        tail = self._store.tail
        place = tail.head
        behind = True
        while True:
            try:
                if behind:
                    await self.catch_up()
                    behind = False
                entries = tail.since(place, 1_000)
                place = tail.head if entries is None else place + len(entries)
                behind = entries is None
                for entry in entries or ():
                    if entry.t == KIND and entry.ver == 1 and entry.op is Op.PUT:
                        await self._new(entry.d)
            except Failure as failure:
                behind = True
                _log.warning("requests wait: %s", failure)
            except Exception:  # noqa: BLE001 - a bug in one request must not silence all others
                _log.exception("requests that answer themselves")
            await tail.wait(place, _LOOK_SECONDS)

    async def _new(self, d: Any) -> None:
        if d["type"] in TYPES:
            await self.answer(incident_of(d))

    # --------------------------------------------------------------------- on the writer's thread

    def _share(
        self,
        tx: Transaction,
        id_: str,
        receivers: Collection[Site],
        cameras: tuple[CameraId, ...],
    ) -> bool:
        incident = self._incidents.get(tx.connection, id_)
        if incident is None or incident.state.ends_shares or not incident.state.open:
            return False
        # Somebody was quicker, or ended it and meant it.
        if any(line.kind == SHARE for line in incident.history):
            return False
        kind = incident_type(incident.type)
        cameras = tuple(one for one in cameras if _free(tx, one))
        for receiver in receivers if cameras else ():
            rule = rule_of(kind, receiver.kind)
            wanted = Proposal(
                ShareId(self._ids.new()), incident.site, receiver.id, incident.id,
                cameras[: rule.cameras],
            )  # fmt: skip
            at = whole_ms(tx)
            share = acts.proposed(wanted, kind, rule, TABLE, at)
            share = acts.by_itself(share)
            self._shares.keep(tx, None, share, Line(at, TABLE.name, SHARE, _words(receiver)))
        return bool(cameras)


def _receivers(sites: Collection[Site], incident: Incident) -> list[Site]:
    """Those in charge of the place; those that name no places are in charge of all."""
    code = incident.emd_code
    return sorted(
        (
            site
            for site in sites
            if _by_itself(incident.type, site.kind)
            and (not site.jurisdiction or code in site.jurisdiction)
        ),
        key=lambda site: site.id,
    )


def _words(receiver: Site) -> Text:
    return Text(
        f"{receiver.name}의 요청에 규칙표가 자동으로 영상을 제공했습니다",
        f"the rule table answered {receiver.name} by itself: video is shared",
    )


def _free(tx: Transaction, camera: CameraId) -> bool:
    """Whether it is there, and not withheld from anybody now."""
    found = tx.get(CAMERA, camera)
    return found is not None and only_role(found.d, moment(tx.at)) is None
