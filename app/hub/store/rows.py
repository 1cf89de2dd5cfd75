"""What the log and the entities are made of, outside the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.errors import BadInput
from app.domain.text import Text
from app.wire.stream import Op


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the log. `at` in microseconds since 1970; `pri` 1 is sent first after a pause.

    `ver` grows by one with each put or delete of that entity; an event carries the present one.
    """

    seq: int
    at: int
    t: str
    id: str
    ver: int
    op: Op
    pri: int
    d: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing as it is now. `seq`: the place of its last change."""

    t: str
    id: str
    ver: int
    seq: int
    d: Mapping[str, Any] = field(repr=False)
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """`seq` is the newest place of the log, `min_seq` the oldest kept; 0 and 1 at the beginning."""

    seq: int
    epoch: str
    min_seq: int
    created: int


@dataclass(frozen=True, slots=True)
class Tailed:
    """Entries after some place, in order; all of them unless there are as many as the limit."""

    head: Head
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Entities, and the cursor for the next page; None on the last one."""

    rows: tuple[Entity, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last entity of a page. As text: kind, a slash, id."""

    t: str
    id: str

    @staticmethod
    def of(text: str) -> Cursor:
        kind, slash, id_ = text.partition("/")
        if not (kind and slash and id_):
            raise BadInput(
                Text("이어 받을 위치가 올바르지 않습니다.", "The place to go on from is not right.")
            )
        return Cursor(kind, id_)

    @property
    def text(self) -> str:
        return f"{self.t}/{self.id}"
