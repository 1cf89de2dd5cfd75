"""The console's whole side of the hub, real but for the hub, the clock and the keyring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.adapters.hub_store import LocalHubStore
from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.session_rules import IdleRule
from app.domain.tile import TileState, TileTruth
from app.services.attachments import Attachments
from app.services.auditing import Auditing
from app.services.camera_access import CameraAccesses
from app.services.camera_addresses import HubAddresses
from app.services.camera_privacy import CameraPrivacy
from app.services.camera_statuses import CameraStatuses
from app.services.hub_cameras import HubCameras
from app.services.hub_link import HubLink
from app.services.hub_port import HubClient
from app.services.hub_rows import HubRows
from app.services.hub_session import HubParts, HubSession
from app.services.incidents import Incidents
from app.services.ledger import Ledger
from app.services.outbox import Outbox
from app.services.receiving import Receiving
from app.services.shares import Shares
from app.services.sign_in import SignInParts, SignIns
from app.services.sync import Sync, SyncParts
from app.services.verifier import Scrypt
from app.wire.session import Account
from tests.fakes.hub_console import QUICK, new_id
from tests.fakes.hub_model import HubModel
from tests.fakes.secrets import MemorySecrets

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def live(_camera: CameraId) -> TileTruth:
    return TileTruth(TileState.LIVE, 0.0)


async def hub_session(
    hub: HubClient, folder: Path, clock: Clock, tick: float = 3600.0
) -> HubSession:
    """Not started yet."""
    store = await LocalHubStore.open(folder / "hub.db", clock, bytes(32))
    secrets = MemorySecrets()
    outbox = Outbox(store, clock, new_id)
    rows, link = HubRows(store), HubLink(clock)
    sign_ins = SignIns(
        SignInParts(hub, secrets, outbox, clock, "PC-1", Scrypt(cost=2)), IdleRule(600, 3600)
    )
    accesses = CameraAccesses(hub, store, clock)

    def who() -> Account | None:
        return sign_ins.now.account if sign_ins.now else None

    shares = Shares(rows, outbox, link, who, clock, new_id)
    parts = HubParts(
        address="https://hub.example",
        client=hub,
        secrets=secrets,
        store=store,
        rows=rows,
        outbox=outbox,
        link=link,
        sync=Sync(SyncParts(hub, store, rows, outbox, link, clock), QUICK),
        sign_ins=sign_ins,
        accesses=accesses,
        addresses=HubAddresses(accesses, clock),
        cameras=HubCameras(store, rows, lambda: sign_ins.now is not None),
        incidents=Incidents(rows, outbox, who, new_id),
        shares=shares,
        privacy=CameraPrivacy(outbox, who),
        receiving=Receiving(shares, link, who, clock),
        attachments=Attachments(hub, rows, new_id),
        auditing=Auditing(hub, who),
        ledger=Ledger(hub, store, sign_ins, lambda: outbox.client, clock),
    )
    return HubSession(parts, CameraStatuses(hub, clock, live), tick)


async def close(session: HubSession) -> None:
    await session.parts.cameras.close()
    for _, stage in session.stages():
        await stage()


def put_incident(model: HubModel, id_: str = "i1", **values: Any) -> None:
    """An open incident at the hub, or what it has become."""
    given: dict[str, Any] = {
        "id": id_, "number": "20260302-0001", "type": "emergency_bell", "grade": 10, "state": 10,
        "title": "비상벨", "place": "월성네거리", "site": "site-1", "source": "bells",
        "occurred_at": AT.isoformat(), "received_at": AT.isoformat(),
        "changed_at": AT.isoformat(),
    }  # fmt: skip
    model.put("incident", id_, **given | values)


def put_camera(model: HubModel, id_: str = "c1", number: int = 1021, **values: Any) -> None:
    given: dict[str, Any] = {
        "id": id_, "number": number, "name": f"카메라 {number}", "site": "site-1",
        "purpose": "생활방범",
        "profiles": [{"name": "sub", "width": 640, "height": 360}],
    }  # fmt: skip
    model.put("camera", id_, **given | values)


def put_site(model: HubModel, id_: str, kind: str, name: str) -> None:
    model.put("site", id_, id=id_, name=name, kind=kind)


def put_share(model: HubModel, id_: str = "s1", **values: Any) -> None:
    """One that the station has of the first incident, for an hour."""
    given: dict[str, Any] = {
        "id": id_, "site": "site-1", "site_name": "달서구", "receiver": "station",
        "receiver_name": "달서경찰서", "receiver_kind": "police", "incident": "i1",
        "number": "20260302-0001", "type": "emergency_bell", "cameras": ["c1"],
        "basis": {"ko": "제18조제2항제3호", "en": "Art. 18(2)3"}, "state": "active",
        "starts_at": AT.isoformat(), "ends_at": (AT + timedelta(hours=1)).isoformat(),
        "proposed_by": "안나",
    }  # fmt: skip
    model.put("share", id_, **given | values)
