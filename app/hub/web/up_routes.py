"""What comes up: acts, the state of cameras, attachments; and addresses for the asking."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from app.domain.errors import BadInput
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.services.accesses import Asker
from app.hub.services.attachments import Attachment
from app.hub.services.sessions import Signed
from app.hub.store import queries
from app.hub.web.errors import not_found
from app.hub.web.guard import Member, Permitted, address_of
from app.hub.web.services import services_of
from app.wire.access import AccessAsk, with_secrets
from app.wire.commands import Batch, Outcomes
from app.wire.status import StatusReport

router = APIRouter()
# What a browser would run is not taken in, whatever it is called.
MIMES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain", "video/mp4"}
)


@router.post("/v1/commands")
async def commands(
    request: Request,
    signed: Annotated[Signed, Depends(Member("Commands asks permit for every act"))],
    batch: Batch,
) -> Outcomes:
    return await services_of(request).hub.commands.apply(signed.subject, batch)


@router.post("/v1/cameras/{camera}/access")
async def camera_access(
    request: Request,
    camera: str,
    signed: Annotated[Signed, Depends(Permitted(Action.CAMERA_ACCESS, "camera"))],
    asked: AccessAsk | None = None,
) -> Response:
    """The one answer with a camera's address and password; or with the relay's and a token."""
    accesses = services_of(request).hub.accesses
    who = Asker(signed.subject, signed.client, address_of(request))
    found = await accesses.of(who, camera, asked or AccessAsk())
    return JSONResponse(with_secrets(found), headers={"Cache-Control": "no-store"})


@router.post("/v1/shares/{share}/cameras/{camera}/access")
async def share_access(
    request: Request,
    share: str,
    camera: str,
    signed: Annotated[Signed, Depends(Member("Relaying asks permit for this very share"))],
    asked: AccessAsk | None = None,
) -> Response:
    """A receiver's way to one camera of a share: the relay's address, and a token for it alone."""
    accesses = services_of(request).hub.accesses
    who = Asker(signed.subject, signed.client, address_of(request))
    found = await accesses.of_share(who, share, camera, asked or AccessAsk())
    return JSONResponse(with_secrets(found), headers={"Cache-Control": "no-store"})


@router.post("/v1/camera-status")
async def camera_status(
    request: Request,
    signed: Annotated[Signed, Depends(Permitted(Action.REPORT_STATUS, "camera"))],
    report: StatusReport,
) -> Response:
    await services_of(request).hub.statuses.report(signed.subject, report.rows, signed.client)
    return Response(status_code=204)


@router.put("/v1/incidents/{incident}/attachments/{id_}")
async def attach(
    request: Request,
    incident: str,
    id_: str,
    signed: Annotated[Signed, Depends(Permitted(Action.NOTE, "incident"))],
    name: Annotated[str, Query(min_length=1, max_length=200)] = "attachment",
) -> Response:
    """The body is the file. 201 the first time, 200 where it was there already."""
    await _seen(request, signed, incident)
    mime = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if mime not in MIMES:
        raise BadInput(_MIME)
    given = Attachment(id_[:80], incident, name, mime, await request.body())
    added = await services_of(request).hub.attachments.add(signed.subject, given)
    return Response(status_code=201 if added else 200)


@router.get("/v1/incidents/{incident}/attachments/{id_}")
async def attached(
    request: Request,
    incident: str,
    id_: str,
    signed: Annotated[Signed, Depends(Permitted(Action.SEE, "attachment"))],
) -> Response:
    await _seen(request, signed, incident)
    found = await services_of(request).hub.attachments.get(signed.subject, id_)
    if found.incident != incident:
        raise not_found()
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(found.data, media_type=found.mime, headers=headers)


async def _seen(request: Request, signed: Signed, id_: str) -> None:
    """Raises 404 also for one that may not be seen: whether it exists is not told."""
    services = services_of(request)
    found = await services.hub.reader.read(lambda c: queries.get(c, "incident", id_))
    if (
        found is None
        or services.hub.visibility.row(signed.subject, "incident", id_, found.d) is None
    ):
        raise not_found()


_MIME = Text(
    "이런 종류의 파일은 붙일 수 없습니다 (JPEG, PNG, WebP, PDF, 텍스트, MP4).",
    "This kind of file is not taken (JPEG, PNG, WebP, PDF, plain text, MP4).",
)
