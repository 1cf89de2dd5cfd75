"""Accounts and feeds: who may sign in, and who may bring events in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field, SecretStr

from app.domain.account import AccountId, Role
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.site import SiteId
from app.hub.services import feeds
from app.hub.services.accounts import NewAccount, one_time_password
from app.hub.services.sessions import Signed
from app.hub.store.accounts import Account
from app.hub.web.guard import Permitted, demand
from app.hub.web.services import services_of
from app.wire.base import Id, Message

router = APIRouter()
_Manager = Annotated[Signed, Depends(Permitted(Action.MANAGE, "account"))]
_FeedManager = Annotated[Signed, Depends(Permitted(Action.MANAGE, "feed"))]
_NO_STORE = {"Cache-Control": "no-store"}


class AccountIn(Message):
    """`password` None: the hub makes a one-time one and tells it in the answer."""

    username: str = Field(min_length=1, max_length=64)
    name: str = Field(default="", max_length=100)
    role: Role
    site: Id
    password: SecretStr | None = Field(default=None, max_length=1024)
    must_change: bool = True
    purposes: tuple[str, ...] = Field(default=(), max_length=100)
    area: tuple[Id, ...] = Field(default=(), max_length=100)


class AccountChange(Message):
    """What is None stays as it is."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    role: Role | None = None
    site: Id | None = None
    purposes: tuple[str, ...] | None = Field(default=None, max_length=100)
    area: tuple[Id, ...] | None = Field(default=None, max_length=100)
    disabled: bool | None = None


class FeedIn(Message):
    kind: str = Field(max_length=20)
    site: Id
    disabled: bool = False


@router.get("/v1/accounts")
async def accounts(
    request: Request, signed: Annotated[Signed, Depends(Permitted(Action.SEE, "account"))]
) -> dict[str, Any]:
    services = services_of(request)
    now = services.now()
    return {
        "rows": [
            _row(one)
            for one in await services.accounts.all()
            if permit(signed.subject, Action.SEE, _thing(one), now)
        ]
    }


@router.post("/v1/accounts")
async def create(request: Request, signed: _Manager, given: AccountIn) -> Response:
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, Thing("account", SiteId(given.site)))
    from_hub = given.password is None
    password = one_time_password() if from_hub else _plain(given.password)
    id_ = await services.accounts.create(
        NewAccount(
            given.username, given.name, given.role, SiteId(given.site), password,
            given.must_change or from_hub, frozenset(given.purposes),
            frozenset(map(SiteId, given.area)),
        )
    )  # fmt: skip
    told = {"id": id_} | ({"password": password} if from_hub else {})
    return JSONResponse(told, status_code=201, headers=_NO_STORE)


@router.put("/v1/accounts/{id_}")
async def change(request: Request, id_: str, signed: _Manager, given: AccountChange) -> Response:
    """Its streams begin anew with the new rights; a disabled one is signed out at once."""
    services = services_of(request)
    account = await services.accounts.get(id_)
    demand(request, signed.subject, Action.MANAGE, _thing(account))
    if given.site is not None:
        demand(request, signed.subject, Action.MANAGE, Thing("account", SiteId(given.site)))
    await services.accounts.change(
        id_,
        given.disabled,
        name=given.name,
        role=given.role and given.role.value,
        site=given.site,
        purposes=None if given.purposes is None else sorted(given.purposes),
        area=None if given.area is None else sorted(given.area),
    )
    if given.disabled:
        await services.sessions.sign_out_all(id_)
    services.sessions.rights_changed(id_)
    return Response(status_code=204)


@router.post("/v1/accounts/{id_}/password")
async def reset_password(request: Request, id_: str, signed: _Manager) -> Response:
    """A one-time password, told in the answer only. Signs the account out everywhere."""
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, _thing(await services.accounts.get(id_)))
    password = await services.accounts.reset_password(id_)
    await services.sessions.sign_out_all(id_)
    return JSONResponse({"password": password}, headers=_NO_STORE)


@router.delete("/v1/accounts/{id_}/sessions")
async def sign_out(request: Request, id_: str, signed: _Manager) -> dict[str, int]:
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, _thing(await services.accounts.get(id_)))
    return {"ended": await services.sessions.sign_out_all(id_)}


@router.delete("/v1/accounts/{id_}/totp")
async def forget_code(request: Request, id_: str, signed: _Manager) -> Response:
    """For who has lost the telephone."""
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, _thing(await services.accounts.get(id_)))
    await services.accounts.disable_code(id_)
    return Response(status_code=204)


@router.get("/v1/feeds")
async def all_feeds(request: Request, signed: _FeedManager) -> dict[str, Any]:
    services = services_of(request)
    now = services.now()
    found = [
        {"id": one.id, "name": one.name, "kind": one.kind, "site": one.site,
         "disabled": one.disabled}
        for one in await services.feeds.all()
        if permit(signed.subject, Action.MANAGE, Thing("feed", SiteId(one.site)), now)
    ]  # fmt: skip
    return {"rows": found}


@router.put("/v1/feeds/{name}")
async def save_feed(request: Request, name: str, signed: _FeedManager, given: FeedIn) -> Response:
    """A new signing secret, told in the answer only; the former one no longer serves."""
    services = services_of(request)
    demand(request, signed.subject, Action.MANAGE, Thing("feed", SiteId(given.site)))
    for one in await services.feeds.all():
        if one.name == name:
            demand(request, signed.subject, Action.MANAGE, Thing("feed", SiteId(one.site)))
    new = feeds.checked(name[:80], given.kind, given.site, disabled=given.disabled)
    return JSONResponse({"secret": await services.feeds.save(new)}, headers=_NO_STORE)


def _plain(password: SecretStr | None) -> str:
    return "" if password is None else password.get_secret_value()


def _thing(one: Account) -> Thing:
    return Thing("account", SiteId(str(one.d["site"])), AccountId(one.id))


def _row(one: Account) -> dict[str, Any]:
    return {
        "id": one.id,
        "username": one.username,
        "disabled": one.disabled,
        "totp": bool(one.d.get("totp")),
        **{
            key: one.d.get(key)
            for key in ("name", "role", "site", "must_change", "purposes", "area")
        },
    }
