"""The ledger as people read it: searched, as the books of the law, and inspected once a month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Final

from sqlalchemy import ColumnElement, Connection

from app.domain.account import Subject
from app.domain.errors import BadInput
from app.domain.ledger.books import BookName, Names, kinds_of, rows_of
from app.domain.ledger.entry import Deed, Kind
from app.domain.ledger.inspection import LOOKED_AT, Viewer, inspect, month_of
from app.domain.ledger.record import Record, record_of
from app.domain.site import Site, SiteId
from app.domain.text import Text
from app.hub.services.ledger import Ledger, person_of
from app.hub.store import ledger as rows
from app.hub.store import queries
from app.hub.store.columns import micros, moment
from app.hub.store.ledger import Row
from app.hub.store.schema import ledger
from app.hub.store.store import Store
from app.hub.store.transaction import Clock
from app.wire import ledger as wire
from app.wire.base import Words

_MOST: Final = 5_000
_PAGE: Final = 2_000
# A book or an inspection of more than a year is a mistake, and takes the reader for minutes.
_LONGEST_DAYS: Final = 370
_NO_PERIOD = Text("기간이 올바르지 않습니다(최대 1년)", "no proper period (one year at most)")


class LedgerReading:
    """Everything for the sites that the subject answers for, and only those."""

    def __init__(
        self,
        store: Store,
        ledger_: Ledger,
        sites: Callable[[], Collection[Site]],
        clock: Clock,
    ) -> None:
        self._store = store
        self._ledger = ledger_
        self._sites = sites
        self._clock = clock

    async def lines(self, subject: Subject, asked: wire.Asked) -> wire.Lines:
        where = [*_where(asked), _of(subject)]
        limit = max(1, min(asked.limit, _MOST))

        def read(connection: Connection) -> list[Row]:
            return rows.find(connection, where, account=asked.account, who=asked.who, limit=limit)

        found = await self._store.reader.read(read)
        return wire.Lines(rows=tuple(_line(record) for record in _records(found)))

    async def book(
        self, subject: Subject, name: BookName, since: datetime, until: datetime, address: str
    ) -> wire.Book:
        """Raises BadInput. That it was taken stands in the ledger itself."""
        if not since < until or (until - since).days > _LONGEST_DAYS:
            raise BadInput(_NO_PERIOD)
        facts = {"what": name.value, "since": since.isoformat(), "until": until.isoformat()}
        await self._ledger.keep(self._deed(subject, Kind.EXPORT, facts, address))
        await self._ledger.checkpoint()
        kinds = [kind.value for kind in kinds_of(name)]
        where = [ledger.c.kind.in_(kinds), ledger.c.at >= micros(since), _of(subject)]

        def read(connection: Connection) -> tuple[list[tuple[str, ...]], str]:
            records = list(_walk(connection, where))
            names = self._names(connection, records)
            found = rows.newest_checkpoint(connection)
            return rows_of(name, records, names, since, until), found[1] if found else ""

        table, note = await self._store.reader.read(read)
        return wire.Book(
            name=name.value, title=_words(name.heading), columns=tuple(map(_words, name.columns)),
            rows=tuple(table), since=since, until=until, centre=self._site_name(subject.site),
            proof=" ".join(note.split("\n")[:3]),
        )  # fmt: skip

    async def inspection(self, subject: Subject, month: str) -> wire.Inspection:
        """Raises BadInput for what is no month."""
        since, until = month_of(month)
        kinds = [kind.value for kind in LOOKED_AT]
        inside = [ledger.c.at >= micros(since), ledger.c.at < micros(until), _of(subject)]

        def read(connection: Connection) -> tuple[list[Viewer], list[Record]]:
            viewers = inspect(_walk(connection, [*inside, ledger.c.kind.in_(kinds)]))
            signed = [ledger.c.kind == Kind.INSPECTED.value, _of(subject)]
            return viewers, list(_walk(connection, signed))

        viewers, signed = await self._store.reader.read(read)
        return wire.Inspection(
            month=month,
            rows=tuple(map(_viewer, viewers)),
            signed=tuple(
                wire.Inspected(by=one.name, at=one.at, note=one.facts.get("note", ""))
                for one in signed
                if one.facts.get("month") == month
            ),
        )

    async def sign(self, subject: Subject, month: str, note: str, address: str) -> None:
        """Somebody has looked at it. Raises BadInput."""
        month_of(month)
        viewers = (await self.inspection(subject, month)).rows
        flagged = sum(bool(one.flags) for one in viewers)
        facts = {"month": month, "note": note.strip(), "flagged": str(flagged)}
        await self._ledger.keep(self._deed(subject, Kind.INSPECTED, facts, address))

    # inside

    def _deed(self, subject: Subject, kind: Kind, facts: Mapping[str, str], address: str) -> Deed:
        at, person = moment(self._clock()), person_of(subject, address)
        return Deed(kind, at, str(subject.site), facts=facts, person=person)

    def _names(self, connection: Connection, records: Collection[Record]) -> Names:
        cameras = {one.camera for one in records if one.camera}
        cameras.update(chain.from_iterable(one.facts.get("cameras", "").split() for one in records))
        incidents = {one.incident for one in records if one.incident}
        get = partial(queries.get, connection)
        found = {id_: row.d for id_ in cameras if (row := get("camera", id_)) is not None}
        told = {id_: row.d for id_ in incidents if (row := get("incident", id_)) is not None}
        return Names(
            {str(site.id): site.name for site in self._sites()},
            {id_: f"{d['number']} {d['name']}" for id_, d in found.items()},
            {id_: f"{d['number']} {d.get('title', '')}".strip() for id_, d in told.items()},
        )

    def _site_name(self, id_: SiteId) -> str:
        return next((site.name for site in self._sites() if site.id == id_), str(id_))


def _walk(connection: Connection, where: list[ColumnElement[bool]]) -> Iterator[Record]:
    """In their order, page by page."""
    after = 0
    while True:
        page = rows.find(connection, [*where, ledger.c.n > after], limit=_PAGE, newest_first=False)
        yield from _records(page)
        if len(page) < _PAGE:
            return
        after = page[-1].n


def _records(found: list[Row]) -> Iterator[Record]:
    """Those whose words are still kept."""
    return (record_of(row.entry, row.person) for row in found if row.entry)


def _of(subject: Subject) -> ColumnElement[bool]:
    return ledger.c.site.in_([*subject.within, ""])


def _where(asked: wire.Asked) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        getattr(ledger.c, name) == value
        for name in ("camera", "incident", "kind")
        if (value := getattr(asked, name))
    ]
    if asked.since is not None:
        where.append(ledger.c.at >= micros(asked.since))
    if asked.until is not None:
        where.append(ledger.c.at < micros(asked.until))
    if asked.below is not None:
        where.append(ledger.c.n < asked.below)
    return where


def _line(one: Record) -> wire.Line:
    return wire.Line(
        n=one.n, at=one.at, kind=one.kind, site=one.site, camera=one.camera,
        incident=one.incident, share=one.share, purpose=one.purpose, client=one.client,
        begun=one.begun, ended=one.ended, facts=dict(one.facts), person=dict(one.person),
    )  # fmt: skip


def _viewer(one: Viewer) -> wire.ViewerRow:
    return wire.ViewerRow(
        account=one.account, name=one.name, views=one.views, cameras=one.cameras,
        seconds=one.seconds, odd=one.odd, bare=one.bare, refused=one.refused,
        flags=tuple(flag.value for flag in one.flags),
    )  # fmt: skip


def _words(text: Text) -> Words:
    return Words(ko=text.ko, en=text.en)
