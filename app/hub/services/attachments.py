"""Files that people add to incidents."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy import Connection, insert, select

from app.domain.account import Subject
from app.domain.errors import BadInput, Refused
from app.domain.file_names import safe_part
from app.domain.incident import Author
from app.domain.incident_acts import attached
from app.domain.ledger.entry import Deed, Kind
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId
from app.domain.text import Text
from app.domain.visible import thing_of
from app.hub.services.acting import demand
from app.hub.services.incidents import Incidents
from app.hub.services.ledger import person_of
from app.hub.store.columns import moment
from app.hub.store.schema import attachment
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction

MOST_BYTES: Final = 20 * 1024 * 1024
_TOO_LARGE = Text("첨부 파일은 20 MiB까지입니다", "an attachment has at most 20 MiB")
_NOT_THERE = Text("그런 첨부 파일이 없습니다", "there is no such attachment")


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    incident: str
    name: str
    mime: str
    data: bytes = field(repr=False)


class Attachments:
    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        write: Callable[[Deed], Awaitable[int]],
        clock: Clock,
    ) -> None:
        """`write` an entry of the ledger, on the disk when it returns."""
        self._store = store
        self._write = write
        self._incidents = incidents
        self._clock = clock

    async def add(self, subject: Subject, given: Attachment) -> bool:
        """False where the same file is there under this id already.

        Raises Refused (rights, another file of this id), BadInput (size).
        """
        if len(given.data) > MOST_BYTES:
            raise BadInput(_TOO_LARGE)
        return await self._store.writer.do(partial(self._add, subject=subject, given=given))

    async def get(self, subject: Subject, id_: str) -> Attachment:
        found, site = await self._store.reader.read(partial(self._read, id_=id_))
        thing = Thing("attachment", site)
        now = moment(self._clock())
        demand(subject, Action.SEE, thing, now)
        # Most of them are stills of people: who looks at one is written down before it is given.
        facts = {"file": found.name}
        deed = Deed(
            Kind.FILE, now, str(site), incident=found.incident, facts=facts,
            person=person_of(subject),
        )  # fmt: skip
        await self._write(deed)
        return found

    def _add(self, tx: Transaction, subject: Subject, given: Attachment) -> bool:
        digest = hashlib.sha256(given.data).hexdigest()
        before = self._incidents.need(tx.connection, given.incident)
        demand(subject, Action.NOTE, thing_of(before), moment(tx.at))
        query = select(attachment.c.sha256).where(attachment.c.id == given.id)
        known = tx.connection.execute(query).scalar_one_or_none()
        if known == digest:
            return False
        if known is not None:
            raise Refused(_NOT_THERE)
        name = safe_part(given.name)
        tx.connection.execute(
            insert(attachment).values(
                id=given.id, incident=before.id, name=name, mime=given.mime[:100], at=tx.at,
                account=subject.account, sha256=digest, size=len(given.data), bytes=given.data,
            )
        )  # fmt: skip
        author = Author(subject.name or subject.username, subject.account)
        now = attached(before, given.id, name, author, moment(tx.at))
        self._incidents.change(tx, before, now)
        return True

    def _read(self, connection: Connection, id_: str) -> tuple[Attachment, SiteId]:
        columns = attachment.c
        query = select(columns.id, columns.incident, columns.name, columns.mime, columns.bytes)
        row = connection.execute(query.where(columns.id == id_)).one_or_none()
        if row is None:
            raise Refused(_NOT_THERE)
        found = Attachment(*row)
        return found, self._incidents.need(connection, found.incident).site
