"""Sites, cameras and imports: the administrator's side of the registry."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId
from app.hub.services.sessions import Signed
from app.hub.store import queries
from app.hub.web.guard import Permitted, demand
from app.hub.web.services import services_of
from app.wire.base import Message
from app.wire.entities import SiteRow

router = APIRouter()


class SiteRows(Message):
    rows: tuple[SiteRow, ...] = Field(max_length=1_000)


@router.get("/v1/sites")
async def sites(
    request: Request, signed: Annotated[Signed, Depends(Permitted(Action.SEE, "site"))]
) -> dict[str, Any]:
    services = services_of(request)
    found = await services.hub.reader.read(lambda c: queries.of_kind(c, "site"))
    seen = (services.hub.visibility.row(signed.subject, "site", one.id, one.d) for one in found)
    return {"rows": [row for row in seen if row is not None]}


@router.put("/v1/sites")
async def put_sites(
    request: Request,
    signed: Annotated[Signed, Depends(Permitted(Action.MANAGE, "site"))],
    given: SiteRows,
) -> Response:
    """Everybody's stream begins anew: what lies below whom has changed."""
    services = services_of(request)
    await services.hub.registry.put_sites(signed.subject, given.rows)
    services.sessions.rights_changed()
    return Response(status_code=204)


@router.post("/v1/import")
async def import_file(
    request: Request,
    signed: Annotated[Signed, Depends(Permitted(Action.IMPORT, "site"))],
    site: Annotated[str, Query(max_length=80)],
    name: Annotated[str, Query(min_length=1, max_length=200)],
) -> Response:
    """The body is the file; the answer tells what was wrong in it."""
    demand(request, signed.subject, Action.IMPORT, Thing("site", SiteId(site)))
    services = services_of(request)
    before = set(services.hub.sites.all)
    report = await services.hub.registry.import_file(
        signed.subject, name, await request.body(), SiteId(site)
    )
    if set(services.hub.sites.all) != before:
        # Bodies that the list names are below others now: so is what their people may see.
        services.sessions.rights_changed()
    return JSONResponse(asdict(report) | {"problems": report.problems})
