"""The ledger for those who answer for it: search, the books of the law, the monthly inspection."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from app.domain.ledger.books import BookName
from app.domain.rights import Action
from app.hub.services.sessions import Signed
from app.hub.web.guard import Permitted, address_of
from app.hub.web.services import services_of
from app.wire.base import Message, Moment
from app.wire.ledger import Asked, SignInspection

router = APIRouter()

_Auditor = Annotated[Signed, Depends(Permitted(Action.AUDIT, "ledger"))]
_Month = Annotated[str, Path(pattern=r"^\d{4}-\d{2}$")]


class Period(Message):
    since: Moment
    until: Moment


@router.get("/v1/ledger")
async def search(request: Request, signed: _Auditor, asked: Annotated[Asked, Query()]) -> Response:
    """The newest first. Of the sites that one may see."""
    found = await services_of(request).hub.reading.lines(signed.subject, asked)
    return _json(found)


@router.get("/v1/ledger/books/{name}")
async def book(
    request: Request, signed: _Auditor, name: BookName, period: Annotated[Period, Query()]
) -> Response:
    """The provision ledger, or that of personal video. That it was taken stands in the ledger."""
    found = await services_of(request).hub.reading.book(
        signed.subject, name, period.since, period.until, address_of(request)
    )
    return _json(found)


@router.get("/v1/ledger/inspections/{month}")
async def inspection(request: Request, signed: _Auditor, month: _Month) -> Response:
    """Who viewed how much in that month, what is unusual first; and who has signed it."""
    return _json(await services_of(request).hub.reading.inspection(signed.subject, month))


@router.post("/v1/ledger/inspections/{month}")
async def sign(
    request: Request, signed: _Auditor, month: _Month, given: SignInspection
) -> Response:
    """With a word on what was found."""
    reading = services_of(request).hub.reading
    await reading.sign(signed.subject, month, given.note, address_of(request))
    return Response(status_code=204)


def _json(message: Message) -> JSONResponse:
    return JSONResponse(message.model_dump(mode="json"), headers={"Cache-Control": "no-store"})
