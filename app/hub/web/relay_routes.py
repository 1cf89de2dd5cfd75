"""What the relay asks: whether this reader may watch that path (MediaMTX, HTTP authentication)."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import Field, SecretStr

from app.hub.relay.mediamtx import API_USER, MediaMtxRelay, token_of
from app.hub.services.relay_port import Event, Told
from app.hub.web.errors import not_found
from app.hub.web.guard import Anyone
from app.hub.web.services import services_of
from app.wire.base import Message

router = APIRouter()
_OK, _NO = 200, 401


class Reader(Message):
    """As MediaMTX posts it; what else it tells is not needed."""

    user: str = Field(default="", max_length=200)
    password: SecretStr = SecretStr("")
    ip: str = Field(default="", max_length=100)
    action: str = Field(default="", max_length=40)
    path: str = Field(default="", max_length=200)
    query: str = Field(default="", max_length=1_000)


@router.post("/v1/relay/auth", dependencies=[Depends(Anyone("the relay proves itself by the key"))])
async def may_read(
    request: Request, asked: Reader, key: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """200 or 401; readers only, and the hub itself at the control API. Nobody publishes."""
    relaying = services_of(request).hub.relaying
    relay = relaying.relay
    if not isinstance(relay, MediaMtxRelay) or not _same(key, relay.key):
        raise not_found()
    shown = asked.password.get_secret_value()
    if asked.action == "api":
        allowed = asked.user == API_USER and _same(shown, relay.key)
        return Response(status_code=_OK if allowed else _NO)
    # Its session is found again by its query when it has to end: both must name the token.
    if asked.action != "read" or not asked.user or token_of(asked.model_dump()) != asked.user:
        return Response(status_code=_NO)
    path = f"/{asked.path.strip('/')}"
    why = await relaying.check(asked.user, shown, path, asked.ip)
    if not why and len(relay.sessions()) >= relaying.most:
        why = "full"
    if why:
        relay.hear(Told(Event.REFUSED, path, asked.user, asked.ip, why))
        return Response(status_code=_NO)
    return Response(status_code=_OK)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
