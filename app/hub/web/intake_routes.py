"""The doors by which others tell of incidents, and what could not be understood."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from app.domain.errors import Refused
from app.domain.rights import Action
from app.formats.intake import signature
from app.hub.services.feeds import DOORS
from app.hub.services.sessions import Signed
from app.hub.store.columns import moment
from app.hub.store.intake import Raw
from app.hub.web.errors import Denied, not_found
from app.hub.web.guard import Anyone, Permitted
from app.hub.web.services import services_of

router = APIRouter()
_OPEN = frozenset(DOORS) - {"platform"}
# Kept with the body; everything else of a request may hold a secret.
_KEPT = ("content-type", signature.ID, signature.TIMESTAMP)
_MOST_HEADER = 1_000


@router.post(
    "/v1/intake/{door}",
    status_code=202,
    dependencies=[Depends(Anyone("the feed's signature is checked instead of a session"))],
)
async def accept(
    request: Request, door: str, feed: Annotated[str, Query(min_length=1, max_length=80)]
) -> Response:
    """202 with the accepted id once the body is on the disk; the same for a repeated delivery."""
    if door not in _OPEN:
        raise not_found()
    services = services_of(request)
    body = await request.body()
    try:
        known, signed = await services.feeds.signed(feed, door, request.headers, body)
    except Refused as refused:
        raise Denied(401, "bad-signature", refused.text) from refused
    accepted = services.feeds.accepted_before(known, signed.id)
    if accepted is None:
        headers = _kept(request)
        accepted = await services.hub.intake.accept(door, known.name, headers, body, services.now())
        services.feeds.remember(known, signed.id, accepted)
    return JSONResponse({"id": accepted}, status_code=202)


_Auditor = Annotated[Signed, Depends(Permitted(Action.AUDIT, "quarantine"))]


@router.get("/v1/quarantine")
async def quarantine(
    request: Request,
    signed: _Auditor,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> dict[str, Any]:
    """What and why; the bodies hold personal facts and stay in the store."""
    found = await services_of(request).hub.intake.quarantine(signed.subject, limit)
    return {"rows": [_row(one) for one in found]}


@router.post("/v1/quarantine/{id_}/retry", status_code=202)
async def retry(
    request: Request,
    id_: str,
    signed: _Auditor,
) -> Response:
    await services_of(request).hub.intake.retry(id_, signed.subject)
    return JSONResponse({"id": id_}, status_code=202)


def _kept(request: Request) -> dict[str, str]:
    return {
        name: value[:_MOST_HEADER]
        for name, value in request.headers.items()
        if name in _KEPT or name.startswith("ce-")
    }


def _row(one: Raw) -> dict[str, Any]:
    reason = one.reason
    return {
        "id": one.id,
        "door": one.door,
        "source": one.source,
        "received_at": moment(one.received_at).isoformat(),
        "sha256": one.sha256,
        "size": len(one.body),
        "reason": None if reason is None else {"ko": reason.ko, "en": reason.en},
    }
