"""Figures for those who run the centre."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.domain.rights import Action
from app.hub.services.sessions import Signed
from app.hub.web.guard import Permitted
from app.hub.web.services import services_of

router = APIRouter()


@router.get("/v1/statistics/false-alarms")
async def false_alarms(
    request: Request,
    signed: Annotated[Signed, Depends(Permitted(Action.SEE, "history"))],
    days: Annotated[int, Query(ge=1, le=366)] = 30,
) -> Response:
    """What video analytics got wrong, by camera and rule, the worst first."""
    services = services_of(request)
    since = services.now() - timedelta(days=days)
    found = await services.hub.statistics.false_alarms(signed.subject, since)
    return Response(found.model_dump_json(), media_type="application/json")
