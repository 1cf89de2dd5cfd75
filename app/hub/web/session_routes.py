"""Signing in and out, passwords, the second factor."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field, SecretStr

from app.domain.rights import Action
from app.hub.services.sessions import Signed
from app.hub.store.columns import moment
from app.hub.web.guard import Anyone, Permitted, SignedIn, address_of
from app.hub.web.services import Services, services_of
from app.wire.base import Message
from app.wire.session import Account, Session, SignIn

router = APIRouter()
FEATURES = ("stream", "changes", "snapshot", "commands", "attachments", "totp", "shares", "ledger")

_Own = Annotated[Signed, Depends(Permitted(Action.CHANGE_PASSWORD, "account"))]


class NewPassword(Message):
    old: SecretStr = Field(max_length=1024)
    new: SecretStr = Field(max_length=1024)


class Code(Message):
    """The six digits of the authenticator."""

    code: SecretStr = Field(max_length=16)


@router.post("/v1/session", dependencies=[Depends(Anyone("this is where one signs in"))])
async def sign_in(request: Request, asked: SignIn) -> Response:
    services = services_of(request)
    opened = await services.sessions.sign_in(asked, address_of(request))
    told = await _session(services, opened.signed)
    # A secret's own JSON is asterisks; this is the one answer that must hold it.
    told["token"] = opened.token.get_secret_value()
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


@router.get("/v1/session")
async def session(
    request: Request, signed: Annotated[Signed, Depends(SignedIn("tells of oneself only"))]
) -> Response:
    told = await _session(services_of(request), signed)
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


@router.delete("/v1/session")
async def sign_out(
    request: Request, signed: Annotated[Signed, Depends(SignedIn("ends one's own session only"))]
) -> Response:
    await services_of(request).sessions.sign_out(signed)
    return Response(status_code=204)


@router.post("/v1/password")
async def change_password(request: Request, signed: _Own, asked: NewPassword) -> Response:
    """Signs out everywhere else, too."""
    services = services_of(request)
    account = signed.subject.account
    await services.accounts.change_password(
        account, asked.old.get_secret_value(), asked.new.get_secret_value()
    )
    await services.sessions.sign_out_all(account, but=signed.token_sha256)
    services.sessions.rights_changed(account)
    return Response(status_code=204)


@router.post("/v1/totp")
async def enrol(request: Request, signed: _Own) -> Response:
    """An `otpauth://` address; sign-in asks for digits only after `confirm`."""
    address = await services_of(request).accounts.enrol(signed.subject.account)
    return JSONResponse({"address": address}, headers={"Cache-Control": "no-store"})


@router.post("/v1/totp/confirm")
async def confirm(request: Request, signed: _Own, asked: Code) -> Response:
    accounts = services_of(request).accounts
    await accounts.confirm(signed.subject.account, asked.code.get_secret_value())
    return Response(status_code=204)


@router.delete("/v1/totp")
async def disable(request: Request, signed: _Own) -> Response:
    await services_of(request).accounts.disable_code(signed.subject.account)
    return Response(status_code=204)


async def _session(services: Services, signed: Signed) -> dict[str, Any]:
    head = await services.hub.reader.head()
    subject = signed.subject
    told = Session(
        expires_at=moment(signed.expires),
        server_time=services.now(),
        epoch=head.epoch,
        min_seq=head.min_seq,
        head=head.seq,
        account=Account(
            id=subject.account,
            username=subject.username,
            name=subject.name,
            role=subject.role.value,
            site=subject.site,
            must_change=subject.must_change,
        ),
        offline_hours=services.offline_hours,
        features=FEATURES,
    )
    return told.model_dump(mode="json", exclude={"token"})
