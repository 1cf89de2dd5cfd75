"""Questions to the log and the entities; for readers and for the writer alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from app.hub.store.rows import Cursor, Entity, Entry, Head, Page
from app.hub.store.schema import entity, head, log
from app.wire.stream import Op

_HEAD = select(head.c.seq, head.c.epoch, head.c.min_seq, head.c.created)
_LOG = select(log.c.seq, log.c.at, log.c.t, log.c.id, log.c.ver, log.c.op, log.c.pri, log.c.d)
_ENTITY = select(entity.c.t, entity.c.id, entity.c.ver, entity.c.seq, entity.c.d, entity.c.deleted)
# Asked by nearly every job: made once, for to build a statement costs more than to run it.
_ONE = _ENTITY.where(entity.c.t == bindparam("t_"), entity.c.id == bindparam("id_"))


def head_of(connection: Connection) -> Head:
    return Head(*connection.execute(_HEAD).one())


def get(connection: Connection, kind: str, id_: str) -> Entity | None:
    """None where it never was or is deleted."""
    found = any_version(connection, kind, id_)
    return None if found is None or found.deleted else found


def any_version(connection: Connection, kind: str, id_: str) -> Entity | None:
    """Also what is deleted."""
    row = connection.execute(_ONE, {"t_": kind, "id_": id_}).one_or_none()
    return None if row is None else Entity(*row)


def of_kind(connection: Connection, kind: str, site: str | None = None) -> list[Entity]:
    """All of one kind, by id."""
    query = _ENTITY.where(entity.c.t == kind, entity.c.deleted.is_(False)).order_by(entity.c.id)
    if site is not None:
        query = query.where(entity.c.site == site)
    return [Entity(*row) for row in connection.execute(query)]


def kinds(connection: Connection) -> tuple[str, ...]:
    """Those that exist, by name."""
    rows = connection.execute(select(entity.c.t).distinct().order_by(entity.c.t))
    return tuple(str(row[0]) for row in rows)


def count(connection: Connection, of: Collection[str]) -> int:
    query = select(func.count()).where(entity.c.t.in_(of), entity.c.deleted.is_(False))
    return int(connection.execute(query).scalar_one())


def entries(
    connection: Connection,
    since: int,
    limit: int,
    pri: int | None = None,
    of: Collection[str] | None = None,
) -> tuple[Entry, ...]:
    """At most `limit` entries after the place `since`, in order."""
    query = _LOG.where(log.c.seq > since).order_by(log.c.seq).limit(limit)
    if pri is not None:
        query = query.where(log.c.pri == pri)
    if of is not None:
        query = query.where(log.c.t.in_(of))
    return tuple(_entry(row) for row in connection.execute(query))


def history(connection: Connection, kind: str, id_: str) -> tuple[Entry, ...]:
    """What the log still holds of one entity."""
    query = _LOG.where(log.c.t == kind, log.c.id == id_).order_by(log.c.seq)
    return tuple(_entry(row) for row in connection.execute(query))


def page(connection: Connection, of: Sequence[str], after: Cursor | None, limit: int) -> Page:
    """At most `limit` entities of these kinds, kind by kind as given, each by id."""
    rows: list[Entity] = []
    start = 0 if after is None or after.t not in of else of.index(after.t)
    for kind in of[start:]:
        last = after.id if after is not None and after.t == kind else ""
        query = (
            _ENTITY.where(entity.c.t == kind, entity.c.id > last, entity.c.deleted.is_(False))
            .order_by(entity.c.id)
            .limit(limit + 1 - len(rows))
        )
        rows += [Entity(*row) for row in connection.execute(query)]
        if len(rows) > limit:
            kept = rows[:limit]
            return Page(tuple(kept), Cursor(kept[-1].t, kept[-1].id).text)
    return Page(tuple(rows), None)


def _entry(row: Sequence[Any]) -> Entry:
    # By position: a row of SQLAlchemy has an attribute `t` of its own.
    seq, at, kind, id_, ver, op, pri, d = row
    return Entry(seq, at, kind, id_, ver, Op(op), pri, d)
