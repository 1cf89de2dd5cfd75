"""What goes down to consoles: the snapshot, the stream, and the same by long poll."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import Response, StreamingResponse

from app.hub.services.sessions import Signed
from app.hub.store.columns import moment
from app.hub.web import snapshot
from app.hub.web.following import Following, Place
from app.hub.web.frames import Frames
from app.hub.web.guard import Member
from app.hub.web.services import Services, services_of
from app.hub.web.stream import Stream

router = APIRouter()
_LONGEST_POLL = 25.0

_Member = Annotated[Signed, Depends(Member("Visibility asks permit for every row"))]


@router.get("/v1/snapshot")
async def take_snapshot(
    request: Request,
    signed: _Member,
    after: Annotated[str | None, Query(max_length=200)] = None,
    types: Annotated[str | None, Query(max_length=400)] = None,
    accept_encoding: Annotated[str, Header()] = "",
) -> Response:
    """One page, as of its `snap_seq`; `after`: what the tail of the one before says.

    The *first* `snap_seq` stays one's place in the log: rows carry versions, so that what a later
    page knows already is harmless when it comes again. A cut costs one page, not all of them.
    """
    services = services_of(request)
    kinds = snapshot.kinds_of(types)
    if after is not None:
        snapshot.check_cursor(after)
    lines = snapshot.lines(services, signed.subject, kinds, after)
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if "gzip" in accept_encoding:
        headers["Content-Encoding"] = "gzip"
        lines = snapshot.zipped(lines)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


@router.get("/v1/stream")
async def stream(
    request: Request,
    signed: _Member,
    since: Annotated[str | None, Query(max_length=100)] = None,
    last_event_id: Annotated[str | None, Header(max_length=100)] = None,
) -> Response:
    """`Last-Event-ID` goes before `since`: it is the newer one after a cut."""
    services = services_of(request)
    following = await _following(request, services, signed, last_event_id or since)
    # Known to others again after the hub was started anew.
    await services.hub.consoles.signed_in(signed.console)
    watch = services.sessions.watch(signed)
    answer = Stream(services, following, watch, moment(signed.expires).timestamp())
    answer.done = lambda: services.sessions.forget(watch)
    return answer


@router.get("/v1/changes")
async def changes(
    request: Request,
    signed: _Member,
    since: Annotated[str | None, Query(max_length=100)] = None,
    wait: Annotated[float, Query(ge=0, le=_LONGEST_POLL)] = 0.0,
) -> Response:
    """Ends early where there is something to tell, or where the session ends."""
    services = services_of(request)
    following = await _following(request, services, signed, since)
    watch = services.sessions.watch(signed)
    loop = asyncio.get_running_loop()
    until = loop.time() + wait
    try:
        found = await following.take()
        while not found and watch.end is None and (left := until - loop.time()) > 0:
            await following.wait(min(left, 0.5))
            found = await following.take()
    finally:
        services.sessions.forget(watch)
    texts = ",".join(one.text for one in found)
    # Where one stands: with frames left behind this answer, their place and not the log's.
    head = following.place
    content = f'{{"epoch":"{services.epoch}","head":{head},"frames":[{texts}]}}'
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _following(
    request: Request, services: Services, signed: Signed, since: str | None
) -> Following:
    """Without a place: from now on."""
    seq = services.hub.tail.head if since is None else _place(services, signed, since).seq
    frames: Frames = request.app.state.frames
    following = Following(services.hub.tail, services.hub.reader, frames, signed.subject, seq)
    await following.begin()
    return following


def _place(services: Services, signed: Signed, since: str) -> Place:
    return Place.of(since, services.epoch, services.hub.visibility.view(signed.subject))
