"""The cached rows of the hub in SQLite; the functions run inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from app.adapters.sealing import Sealer, UnsealableError
from app.domain.text import Text
from app.services.hub_port import Place
from app.services.store_port import Loaded
from app.wire.stream import Frame, Op, Row

if TYPE_CHECKING:
    from sqlite_utils import Database

# What holds no word about a person. Everything else is sealed, what a later hub brings as well.
CLEAR = frozenset({"site", "camera", "camera_status", "point", "wall"})
# What every operator of the same role and site may see; a wall only if it belongs to nobody.
_SHARED = frozenset({"site", "camera", "camera_status", "point", "incident", "note"})
# Some ten milliseconds of deleting: an act that is being kept meanwhile does not wait longer.
SLICE = 5_000


class RowTable:
    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    # places

    def place(self, db: Database) -> Place | None:
        return Place.of(meta(db, "place") or "")

    def set_place(self, db: Database, place: Place | None) -> None:
        set_meta(db, "place", str(place) if place else "")

    # reading

    def kinds(self, db: Database) -> dict[str, int]:
        query = "select t, count(*) from row where generation = ? group by t"
        return dict(db.execute(query, [generation(db)]).fetchall())

    def rows(self, db: Database, kind: str, after: str, limit: int) -> Loaded[tuple[Row, ...]]:
        found = db.execute(
            "select id, ver, d from row where generation = ? and t = ? and id > ? "
            "order by id limit ?",
            [generation(db), kind, after, limit],
        ).fetchall()
        rows: list[Row] = []
        unreadable = 0
        for id_, ver, stored in found:
            try:
                rows.append(Row(t=kind, id=id_, ver=ver, d=self._opened(kind, id_, stored)))
            except ValueError:
                unreadable += 1
        return Loaded(tuple(rows), _unreadable(unreadable, kind))

    # changing

    def apply(self, db: Database, frames: Sequence[Frame]) -> tuple[Frame, ...]:
        now = generation(db)
        return tuple(frame for frame in frames if self._one(db, frame, now))

    def _one(self, db: Database, frame: Frame, now: int) -> bool:
        """Whether it changed anything.

        An older version never wins. The same version with other content does: what this person
        may see of the row has changed.
        """
        if frame.op is Op.EVT:
            return True
        own = db.execute(
            "select ver, d from row where generation = ? and t = ? and id = ?",
            [now, frame.t, frame.id],
        ).fetchone()
        if own is not None and own[0] > frame.ver:
            return False
        if frame.op is Op.DEL:
            db.execute(
                "delete from row where generation = ? and t = ? and id = ?",
                [now, frame.t, frame.id],
            )
            return own is not None
        if own is not None and own[0] == frame.ver and self._same(frame, own[1]):
            return False
        self._put(db, [Row(t=frame.t, id=frame.id, ver=frame.ver, d=frame.d)], now)
        return True

    def fill(self, db: Database, rows: Iterable[Row]) -> None:
        self._put(db, rows, generation(db) + 1)

    def swap(self, db: Database, place: Place) -> None:
        set_meta(db, "generation", str(generation(db) + 1))
        self.set_place(db, place)

    def sweep(self, db: Database) -> bool:
        """Deletes a slice of what belongs to no snapshot in use; whether there was any."""
        found = db.execute(
            "delete from row where (generation, t, id) in "
            "(select generation, t, id from row where generation != ? limit ?)",
            [generation(db), SLICE],
        )
        return found.rowcount > 0

    def keep_shared(self, db: Database) -> None:
        """Deletes what belonged to one person."""
        marks = ", ".join("?" for _ in _SHARED)
        db.execute(
            f"delete from row where t not in ({marks}) "  # noqa: S608 - question marks
            "and case t when 'wall' then json_extract(d, '$.owner') is not null else 1 end",
            [*_SHARED],
        )

    def purge(self, db: Database) -> None:
        db.execute("delete from row")
        db.execute("delete from access")
        self.set_place(db, None)

    # inside

    def _put(self, db: Database, rows: Iterable[Row], into: int) -> None:
        db.conn.executemany(
            "insert into row (generation, t, id, ver, d) values (?, ?, ?, ?, ?) "
            "on conflict do update set ver = excluded.ver, d = excluded.d "
            "where excluded.ver >= ver",
            ((into, row.t, row.id, row.ver, self._stored(row.t, row.id, row.d)) for row in rows),
        )

    def _stored(self, kind: str, id_: str, d: dict[str, Any]) -> bytes | str:
        text = json.dumps(d, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return text if kind in CLEAR else self._sealer.seal(text.encode(), f"row|{kind}|{id_}")

    def _opened(self, kind: str, id_: str, stored: bytes | str) -> dict[str, Any]:
        """Raises `ValueError`."""
        plain = stored
        if isinstance(stored, bytes):
            plain = self._sealer.open(stored, f"row|{kind}|{id_}")
        value = json.loads(plain)
        if not isinstance(value, dict):
            raise UnsealableError
        return value

    def _same(self, frame: Frame, stored: bytes | str) -> bool:
        try:
            return self._opened(frame.t, frame.id, stored) == frame.d
        except ValueError:
            return False


def meta(db: Database, key: str) -> str | None:
    found = db.execute("select value from meta where key = ?", [key]).fetchone()
    return found[0] if found else None


def set_meta(db: Database, key: str, value: str) -> None:
    db.execute(
        "insert into meta (key, value) values (?, ?) "
        "on conflict (key) do update set value = excluded.value",
        [key, value],
    )


def generation(db: Database) -> int:
    return int(meta(db, "generation") or 1)


def _unreadable(count: int, kind: str) -> tuple[Text, ...]:
    if not count:
        return ()
    return (
        Text(
            f"허브에서 받아 둔 자료({kind}) {count}건을 읽을 수 없어 건너뜁니다.",
            f"{count} cached rows of the hub ({kind}) cannot be read and are left out.",
        ),
    )
