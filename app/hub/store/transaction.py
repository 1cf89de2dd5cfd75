"""What a job may do inside the transaction of its group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.errors import BadInput
from app.hub.store import queries
from app.hub.store.columns import Encoded, text_of
from app.hub.store.engines import POSTGRESQL, SQLITE
from app.hub.store.errors import NOT_KEPT
from app.hub.store.rows import Entity, Entry
from app.hub.store.schema import entity, head, log
from app.wire.stream import Op

Clock = Callable[[], int]

_LOCKED_HEAD = select(head.c.seq).with_for_update()
_MOVE_HEAD = update(head).values(seq=bindparam("to"), turn=bindparam("by"))


def insert_into(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows `on_conflict_do_update`, which the two dialects spell alike."""
    return postgresql.insert(table) if dialect == POSTGRESQL else sqlite.insert(table)


def _upsert(dialect: str) -> Executable:
    made = insert_into(entity, dialect).values(ver=1)
    given = {name: made.excluded[name] for name in ("deleted", "seq", "site", "d")}
    return made.on_conflict_do_update(
        index_elements=[entity.c.t, entity.c.id], set_={**given, "ver": entity.c.ver + 1}
    ).returning(entity.c.ver)


def _replace(dialect: str) -> Executable:
    """Without a question: who has read the entity knows its version."""
    made = insert_into(entity, dialect)
    given = {name: made.excluded[name] for name in ("ver", "deleted", "seq", "site", "d")}
    return made.on_conflict_do_update(index_elements=[entity.c.t, entity.c.id], set_=given)


# Made once: to build a statement costs several times what it costs to run it.
_UPSERT = {dialect: _upsert(dialect) for dialect in (SQLITE, POSTGRESQL)}
_REPLACE = {dialect: _replace(dialect) for dialect in (SQLITE, POSTGRESQL)}
_APPEND = insert(log)


@dataclass(slots=True)
class Group:
    """Several jobs that share one COMMIT.

    Places of the log are counted here, from the locked row of `head`: a job that is undone gives
    its places back, so the log has no gap.
    """

    connection: Connection
    hot: frozenset[str]
    clock: Clock
    seq: int
    entries: list[Entry] = field(default_factory=list)
    # The same as rows, whose values can no longer fail: they are written together at the end.
    rows: list[dict[str, Any]] = field(default_factory=list)

    @staticmethod
    def begin(connection: Connection, hot: frozenset[str], clock: Clock) -> Group:
        """Locks `head`.

        PostgreSQL holds the lock until COMMIT, so entries become visible in their order; SQLite
        has one writer at a time anyway.
        """
        return Group(connection, hot, clock, connection.execute(_LOCKED_HEAD).scalar_one())

    def end(self, turn: str) -> None:
        """Everything but the COMMIT."""
        if self.rows:
            self.connection.execute(_APPEND, self.rows)
        self.connection.execute(_MOVE_HEAD, {"to": self.seq, "by": turn})


class Transaction:
    """Made by the writer for one job. What is given to it must not be changed afterwards.

    `connection` is for the tables beside the log; what this group appends to the log itself cannot
    be read there yet. `at` is the moment of the job, in microseconds.
    """

    def __init__(self, group: Group) -> None:
        self.connection = group.connection
        self.at = group.clock()
        self._group = group
        self._first = len(group.entries)
        self._first_seq = group.seq
        self._later: dict[tuple[str, str], dict[str, Any]] = {}

    @property
    def head(self) -> int:
        """The newest place of the log, this job's own ones included."""
        return self._group.seq

    def get(self, kind: str, id_: str) -> Entity | None:
        """None where it never was or is deleted."""
        return queries.get(self.connection, kind, id_)

    def put(self, kind: str, id_: str, d: Mapping[str, Any], pri: int | None = None) -> Entry:
        """Makes or replaces the entity. Its `site` is what `d` says under that name."""
        return self._change(Op.PUT, kind, id_, d, pri)

    def delete(self, kind: str, id_: str, pri: int | None = None) -> Entry | None:
        """None where there is nothing to delete."""
        if self.get(kind, id_) is None:
            return None
        return self._change(Op.DEL, kind, id_, {}, pri)

    def put_later(self, kind: str, id_: str, d: Mapping[str, Any], ver: int) -> Entry:
        """Like `put` for who knows what is there: version `ver`, 0 for nothing.

        The entity itself is written at the end of the job, with all others in one statement; until
        then the job must not look for it in the store.
        """
        text = _text(kind, id_, d)
        row = self._row(Op.PUT, kind, id_, d, text)
        self._later[kind, id_] = {**row, "ver": ver + 1}
        entry = Entry(0, self.at, kind, id_, ver + 1, Op.PUT, self._pri(kind, None), d)
        return self._append(entry, text)

    def event(
        self,
        kind: str,
        id_: str,
        d: Mapping[str, Any],
        pri: int | None = None,
        ver: int | None = None,
    ) -> Entry:
        """Something that happened to the entity and does not change it.

        `ver`: its version, where that is known.
        """
        if ver is None:
            known = queries.any_version(self.connection, kind, id_)
            ver = known.ver if known else 0
        entry = Entry(0, self.at, kind, id_, ver, Op.EVT, self._pri(kind, pri), d)
        return self._append(entry, _text(kind, id_, d))

    def finish(self) -> None:
        """Writes what was put off. The writer's business."""
        if self._later:
            replace_ = _REPLACE[self.connection.dialect.name]
            self.connection.execute(replace_, list(self._later.values()))

    def undo(self) -> None:
        """Gives this job's places back. The writer's business."""
        del self._group.entries[self._first :]
        del self._group.rows[self._first :]
        self._group.seq = self._first_seq

    def _change(self, op: Op, kind: str, id_: str, d: Mapping[str, Any], pri: int | None) -> Entry:
        text = _text(kind, id_, d)
        upsert = _UPSERT[self.connection.dialect.name]
        values = self._row(op, kind, id_, d, text)
        ver = self.connection.execute(upsert, values).scalar_one()
        return self._append(Entry(0, self.at, kind, id_, ver, op, self._pri(kind, pri), d), text)

    def _row(
        self, op: Op, kind: str, id_: str, d: Mapping[str, Any], text: Encoded
    ) -> dict[str, Any]:
        site = d.get("site")
        return {
            "t": kind,
            "id": id_,
            "deleted": op is Op.DEL,
            "seq": self._group.seq + 1,
            "site": site if isinstance(site, str) else None,
            "d": text,
        }

    def _pri(self, kind: str, given: int | None) -> int:
        return int(kind in self._group.hot) if given is None else given

    def _append(self, placeless: Entry, text: Encoded) -> Entry:
        self._group.seq += 1
        entry = replace(placeless, seq=self._group.seq)
        self._group.entries.append(entry)
        self._group.rows.append(
            {
                "seq": entry.seq, "at": entry.at, "t": entry.t, "id": entry.id, "ver": entry.ver,
                "op": entry.op.value, "pri": entry.pri, "d": text,
            }
        )  # fmt: skip
        return entry


def _text(kind: str, id_: str, d: Mapping[str, Any]) -> Encoded:
    """`d` as JSON; raises `BadInput` for a name that PostgreSQL could not keep."""
    if not (kind and id_) or "\0" in kind + id_:
        raise BadInput(NOT_KEPT)
    return text_of(d)
