"""A share as JSON: whole for the store, as `ShareRow` for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.incident import Incident, IncidentId
from app.domain.share import Ask, AskState, Ending, Share, ShareId, ShareState
from app.domain.site import Site, SiteId
from app.hub.services.incident_json import stamp, text_of, words_of

# Of the row, for the store only.
_KEPT_BACK = ("latest_end", "proposed_account")


def json_of(share: Share, incident: Incident, site: Site, receiver: Site) -> dict[str, Any]:
    """With the names that a receiver cannot look up: it sees neither the tree nor the staff."""
    ended = share.ended_at
    return {
        "id": share.id,
        "site": share.site,
        "site_name": site.name,
        "receiver": share.receiver,
        "receiver_name": receiver.name,
        "receiver_kind": receiver.kind.value,
        "incident": share.incident,
        "number": incident.number,
        "type": str(incident.type),
        "cameras": list(share.cameras),
        "basis": words_of(share.basis),
        "ground": share.ground,
        "purpose": share.purpose,
        "state": share.state.value,
        "starts_at": stamp(share.starts_at),
        "ends_at": stamp(share.ends_at),
        "latest_end": stamp(share.latest_end),
        "proposed_by": share.proposed_by,
        "proposed_account": share.proposed_account,
        "approved_by": share.approved_by,
        "by_itself": share.by_itself,
        "ended_at": None if ended is None else stamp(ended),
        "ending": None if share.ending is None else share.ending.value,
        "ended_by": share.ended_by,
        "asks": [_ask_json(ask) for ask in share.asks],
    }


def row_of(d: Mapping[str, Any]) -> dict[str, Any]:
    """`ShareRow` of what is kept."""
    return {name: value for name, value in d.items() if name not in _KEPT_BACK}


def share_of(d: Mapping[str, Any]) -> Share:
    """Of `json_of`."""
    account, ended, ending = d["proposed_account"], d["ended_at"], d["ending"]
    return Share(
        id=ShareId(d["id"]),
        site=SiteId(d["site"]),
        receiver=SiteId(d["receiver"]),
        incident=IncidentId(d["incident"]),
        cameras=tuple(map(CameraId, d["cameras"])),
        basis=text_of(d["basis"]),
        state=ShareState(d["state"]),
        starts_at=datetime.fromisoformat(d["starts_at"]),
        ends_at=datetime.fromisoformat(d["ends_at"]),
        latest_end=datetime.fromisoformat(d["latest_end"]),
        proposed_by=d["proposed_by"],
        proposed_account=None if account is None else AccountId(account),
        approved_by=d["approved_by"],
        ground=d["ground"],
        purpose=d["purpose"],
        by_itself=d["by_itself"],
        ended_at=None if ended is None else datetime.fromisoformat(ended),
        ending=None if ending is None else Ending(ending),
        ended_by=d["ended_by"],
        asks=tuple(_ask_of(ask) for ask in d["asks"]),
    )


def _ask_json(ask: Ask) -> dict[str, Any]:
    return {
        "id": ask.id,
        "at": stamp(ask.at),
        "by": ask.by,
        "minutes": ask.minutes,
        "place": ask.place,
        "state": ask.state.value,
        "answered_by": ask.answered_by,
    }


def _ask_of(d: Mapping[str, Any]) -> Ask:
    return Ask(
        d["id"], datetime.fromisoformat(d["at"]), d["by"], d["minutes"], d["place"],
        AskState(d["state"]), d["answered_by"],
    )  # fmt: skip
