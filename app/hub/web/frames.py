"""Entries of the log as one subject may see them: frames, written once for all who are alike."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.account import Subject
from app.hub.services.ports import Seeing
from app.hub.store.reader import Reader
from app.hub.store.rows import Entry
from app.hub.store.schema import log
from app.wire.stream import Op

_REMEMBERED: Final = 4_096
# In a row's `d`, for the hub only: whom a camera is shared with.
_HIDDEN: Final = "shared"
_NOTHING: Final[Mapping[str, Any]] = {}


def json_of(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Frames:
    """Shared by all subscriptions; belongs to the loop's thread."""

    def __init__(self, visibility: Seeing, reader: Reader) -> None:
        self._visibility = visibility
        self._reader = reader
        # By identity of the row, which is held so that no other one gets its address: writing
        # JSON costs more than everything else here, and 500 consoles read the same rows.
        self._texts: OrderedDict[int, tuple[object, str]] = OrderedDict()
        self._formers: OrderedDict[int, Mapping[str, Any]] = OrderedDict()

    async def text(self, entry: Entry, subject: Subject, prev: int) -> str | None:
        """A `Frame` as JSON; None where the subject may not know of it.

        What it could see before and cannot see now is deleted for it.
        """
        op, row = entry.op, None
        if op is not Op.DEL:
            row = self._visibility.row(subject, entry.t, entry.id, entry.d)
        if row is None:
            if op is Op.EVT or not await self._could_see(entry, subject):
                return None
            op, row = Op.DEL, _NOTHING
        elif _HIDDEN in entry.d and await self._saw_the_same(entry, subject, row):
            # A share changed the row of a camera, not what this person sees of it: a frame would
            # make the console ask for the camera's address again.
            return None
        head = json_of({"seq": entry.seq, "prev": prev, "t": entry.t, "id": entry.id})
        rest = f'"ver":{entry.ver},"op":"{op.value}","d":{self._written(row)}'
        return f"{head[:-1]},{rest}}}"

    async def _could_see(self, entry: Entry, subject: Subject) -> bool:
        """Whether it could see what the entity was before this entry."""
        return await self._seen_before(entry, subject) is not None

    async def _saw_the_same(self, entry: Entry, subject: Subject, row: Mapping[str, Any]) -> bool:
        return entry.op is Op.PUT and await self._seen_before(entry, subject) == row

    async def _seen_before(self, entry: Entry, subject: Subject) -> Mapping[str, Any] | None:
        """What it saw of the entity before this entry."""
        if entry.ver <= 1:
            return None
        former = self._formers.get(entry.seq)
        if former is None:
            former = await self._reader.read(lambda c: _former(c, entry))
            self._formers[entry.seq] = former
            _bound(self._formers)
        if not former:
            return None
        return self._visibility.row(subject, entry.t, entry.id, former)

    def _written(self, row: Mapping[str, Any]) -> str:
        known = self._texts.get(id(row))
        if known is None or known[0] is not row:
            known = (row, json_of(row))
            self._texts[id(row)] = known
            _bound(self._texts)
        return known[1]


def _bound(kept: OrderedDict[int, Any]) -> None:
    if len(kept) > _REMEMBERED:
        kept.popitem(last=False)


def _former(connection: Connection, entry: Entry) -> Mapping[str, Any]:
    """The entity's state before this entry; empty where it was none, or is no longer kept."""
    query = (
        select(log.c.op, log.c.d)
        .where(log.c.t == entry.t, log.c.id == entry.id, log.c.seq < entry.seq)
        .where(log.c.op != Op.EVT.value)
        .order_by(log.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None or row[0] != Op.PUT.value:
        return _NOTHING
    found: Mapping[str, Any] = row[1]
    return found
