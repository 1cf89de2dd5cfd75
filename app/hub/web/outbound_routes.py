"""Who is told of incidents, and what became of each notice."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from pydantic import Field, SecretStr

from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId
from app.hub.services.incident_json import stamp
from app.hub.services.notices import Route, RouteKind, json_of
from app.hub.services.sessions import Signed
from app.hub.store import queries
from app.hub.store.columns import moment
from app.hub.store.outbox import Letter
from app.hub.web.errors import not_found
from app.hub.web.guard import Permitted, demand
from app.hub.web.services import services_of
from app.wire.base import Id, Message

router = APIRouter()
_Manager = Annotated[Signed, Depends(Permitted(Action.MANAGE, "setting"))]
_Name = Annotated[str, Path(min_length=1, max_length=80)]


class RouteIn(Message):
    """See `app.hub.services.notices.Route`. Without a `secret` the one that is kept stays."""

    kind: RouteKind
    address: str = Field(min_length=1, max_length=2_000, repr=False)
    to: str = Field(default="", max_length=200)
    types: tuple[str, ...] = Field(default=(), max_length=100)
    states: tuple[int, ...] = Field(default=(), max_length=20)
    sender: str = Field(default="", max_length=200)
    police: Id | None = None
    person: bool = False
    secret: SecretStr | None = Field(default=None, max_length=1_000)


@router.get("/v1/outbound", dependencies=[Depends(Permitted(Action.MANAGE, "setting"))])
async def routes(request: Request) -> dict[str, Any]:
    """Never with a secret."""
    return {"rows": [json_of(one) for one in services_of(request).hub.notices.routes]}


@router.put("/v1/outbound/{name}")
async def put_route(request: Request, name: _Name, signed: _Manager, given: RouteIn) -> Response:
    """Only the administrator of the whole installation: it leaves the installation."""
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, Thing("setting", services.hub.sites.top))
    if given.police is not None:
        services.hub.sites.get(SiteId(given.police))
    route = Route(
        name, given.kind, given.address, given.to, frozenset(given.types),
        frozenset(given.states), given.sender,
        None if given.police is None else SiteId(given.police), given.person,
    )  # fmt: skip
    secret = None if given.secret is None else given.secret.get_secret_value()
    await services.hub.outbound.put_route(signed.subject, route, secret)
    return Response(status_code=204)


@router.delete("/v1/outbound/{name}")
async def remove_route(request: Request, name: _Name, signed: _Manager) -> Response:
    """What waits to be sent there is given up, and says so in its incident."""
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, Thing("setting", services.hub.sites.top))
    await services.hub.outbound.remove_route(signed.subject, name)
    return Response(status_code=204)


@router.get("/v1/incidents/{incident}/notices")
async def notices(
    request: Request,
    incident: str,
    signed: Annotated[Signed, Depends(Permitted(Action.SEE, "history"))],
) -> dict[str, Any]:
    """What was sent about it, in order: to whom, how often it was tried, and the receipt."""
    services = services_of(request)
    found = await services.hub.reader.read(lambda c: queries.get(c, "incident", incident))
    seen = services.hub.visibility.row
    if found is None or seen(signed.subject, "incident", incident, found.d) is None:
        raise not_found()
    demand(request, signed.subject, Action.SEE, Thing("history", SiteId(str(found.d["site"]))))
    return {"rows": [_row(one) for one in await services.hub.outbound.letters(incident)]}


def _row(one: Letter) -> dict[str, Any]:
    """The body is left out: personal facts may stand in it."""
    error = one.last_error
    return {
        "id": one.id,
        "to": one.target,
        "kind": one.kind,
        "state": one.state.value,
        "attempts": one.attempts,
        "created": stamp(moment(one.created)),
        "told_state": one.body.get("state"),
        "last_error": None if error is None else {"ko": error.ko, "en": error.en},
        "receipt": one.receipt,
    }
