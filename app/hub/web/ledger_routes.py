"""The ledger: what consoles write goes up, proofs come down; searching and exporting it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from functools import partial
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from sqlalchemy import Connection, or_, select

from app.domain.account import AccountId, Role
from app.domain.ledger.entry import Deed, Kind
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId
from app.hub.services import ledger_export
from app.hub.services.ledger import person_of
from app.hub.services.sessions import Signed
from app.hub.store import ledger as rows
from app.hub.store.columns import moment
from app.hub.store.schema import auth_session
from app.hub.web.errors import forbidden
from app.hub.web.guard import Member, Permitted, address_of, demand
from app.hub.web.services import Services, services_of
from app.wire.base import MOST_NUMBER, Id, Message
from app.wire.ledger import MOST, Deeds, Proofs, Taken
from app.wire.ledger import Signed as SignedNote

router = APIRouter()
_NO_STORE = {"Cache-Control": "no-store"}
_LINES_AT_ONCE = 5_000

_Member = Annotated[Signed, Depends(Member("a console writes and proves its own entries"))]
_Auditor = Annotated[Signed, Depends(Permitted(Action.AUDIT, "ledger"))]


class Erase(Message):
    account: Id


@router.post("/v1/ledger")
async def write(request: Request, signed: _Member, given: Deeds) -> Taken:
    """In the order of the console's own numbers; what is there already is not written twice.

    A console keeps a line of entries for each person; whoever is signed in brings in all of them.
    """
    services = services_of(request)
    strangers = {deed.by for deed in given.deeds if deed.by}
    await _known_line(services, signed, given.client, strangers)
    ledger_ = services.hub.ledger
    work = partial(ledger_.take, subject=signed.subject, given=given, address=address_of(request))
    return await services.hub.writer.do(work)


@router.get("/v1/ledger/checkpoint")
async def checkpoint(
    request: Request, signed: _Member, since: Annotated[int, Query(ge=0, le=MOST_NUMBER)] = 0
) -> SignedNote:
    """The newest one, and that it goes on from the one that the console remembers."""
    del signed
    hub = services_of(request).hub
    return await hub.reader.read(partial(hub.ledger.newest, since=since))


@router.get("/v1/ledger/proofs")
async def proofs(
    request: Request,
    signed: _Member,
    first: Annotated[int, Query(ge=1, le=MOST_NUMBER)],
    last: Annotated[int, Query(ge=1, le=MOST_NUMBER)],
    client: Annotated[str, Query(max_length=80)] = "",
) -> Proofs:
    """Of this console's own entries, at most 200. `client`: another line of it."""
    services = services_of(request)
    name = client or signed.client
    await _known_line(services, signed, name)
    last = min(last, first + MOST - 1)
    work = partial(services.hub.ledger.proofs, client=name, first=first, last=last)
    return await services.hub.reader.read(work)


@router.get("/v1/ledger/export")
async def export(request: Request, signed: _Auditor) -> Response:
    """The whole of it, for the one-file verifier. That it was taken stands in it."""
    hub = services_of(request).hub
    subject = signed.subject
    # Everybody's entries are in it: for who stands at the top of a tree.
    if hub.sites.get(subject.site).parent is not None:
        raise forbidden()
    deed = Deed(
        Kind.EXPORT, services_of(request).now(), str(subject.site),
        person=person_of(subject, address_of(request)), facts={"what": "ledger"},
    )  # fmt: skip
    await hub.ledger.keep(deed)
    await hub.ledger.checkpoint()
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="gwanje-ledger.jsonl"',
    }
    lines = _lines(hub.reader.read, hub.ledger.key)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


@router.post("/v1/ledger/erase")
async def erase(
    request: Request,
    signed: Annotated[Signed, Depends(Permitted(Action.MANAGE, "account"))],
    asked: Erase,
) -> dict[str, int]:
    """Takes what tells who somebody is out of the side table; the ledger itself stays whole."""
    hub = services_of(request).hub
    subject = signed.subject
    account = await services_of(request).accounts.get(asked.account)
    thing = Thing("account", SiteId(str(account.d["site"])), AccountId(account.id))
    demand(request, subject, Action.MANAGE, thing)

    def work(tx: Any) -> int:
        count = rows.forget_person(tx, asked.account)
        facts = {"entries": str(count)}
        deed = Deed(
            Kind.ERASURE, moment(tx.at), str(subject.site), facts=facts, person=person_of(subject)
        )
        hub.ledger.write(tx, deed)
        return count

    return {"entries": await hub.writer.do(work)}


async def _known_line(
    services: Services, signed: Signed, client: str, by: Collection[str] = ()
) -> None:
    """Raises 403 for the line of another console, and for what somebody never signed in there did.

    A line belongs to who signed in under its name; a console keeps one for each person, and brings
    in those of others that were signed in at the same workstation. A receiver has its own only.
    """
    strangers = set(by) - {str(signed.subject.account)}
    if client == signed.client and not strangers:
        return
    if signed.subject.role is Role.RECEIVER:
        raise forbidden()
    where = auth_session.c
    query = select(where.token_sha256, where.account, where.client, where.d).where(
        or_(where.client == client, where.token_sha256 == signed.token_sha256)
    )
    found = await services.hub.reader.read(lambda c: list(c.execute(query)))
    here = {d.get("workstation") for sha, _, _, d in found if sha == signed.token_sha256}
    known = {str(account): d.get("workstation") for _, account, name, d in found if name == client}
    if not known or not strangers <= known.keys():
        raise forbidden()
    if client != signed.client and not here & set(known.values()):
        raise forbidden()


async def _lines(read: Any, key: Any) -> AsyncIterator[bytes]:
    """Page by page, each a read of its own: a slow receiver holds no snapshot open.

    Entries are only ever appended, so the pages fit together; the checkpoint is the first page's.
    """
    state = ledger_export.Export(key)
    while True:
        part: bytes = await read(partial(_part, state=state))
        if not part:
            return
        yield part
        await asyncio.sleep(0)


def _part(connection: Connection, state: ledger_export.Export) -> bytes:
    found: Iterator[str] = islice(state.lines(connection), _LINES_AT_ONCE)
    return "".join(found).encode()
