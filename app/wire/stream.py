"""What comes down: frames of the log, as server-sent events or by long poll, and the snapshot.

SSE: `event: frame`, `id: <epoch>:<seq>`, data a `Frame`; `event: hb`, data a `Heartbeat`, every
10 s; `event: resync`, data a `Problem`: take a snapshot. The same by `GET /v1/changes`: `Changes`.
A page of a snapshot is NDJSON: a `SnapshotHead`, then `Row`s (at most 1,000), then a
`SnapshotTail`; `after` asks for the next one. Following goes on from the earliest `snap_seq`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field

from app.wire.base import Id, Message, Moment, Seq


class Op(StrEnum):
    PUT = "put"
    DEL = "del"
    EVT = "evt"


class Frame(Message):
    """One change.

    `prev` is the `seq` that this subscription was sent before this one: filtered streams have
    holes, and a `prev` that is not the last one seen means that something was lost. `t` is the kind
    of entity (`app.wire.entities.KINDS`), `ver` grows with each change of that entity, `d` is the
    entity's row (put), nothing (del) or the event.
    """

    seq: Seq
    prev: Seq
    t: str
    id: Id
    ver: int
    op: Op
    d: dict[str, Any] = Field(default_factory=dict)


class Heartbeat(Message):
    """`head` is the newest place of the log, `prev` the last `seq` sent to this subscription."""

    head: Seq
    prev: Seq
    at: Moment


class Changes(Message):
    """One answer of the long poll; `frames` may be empty after `wait` seconds without a change."""

    epoch: Id
    head: Seq
    frames: tuple[Frame, ...] = ()


class SnapshotHead(Message):
    """All rows of this page stand as of `snap_seq`; `total` counts those of all pages.

    `view` names what decided which rows these are: the person's role, site, purposes and the sites
    below. A place that is given with it (`<epoch>:<seq>:<view>`) is good as long as that is still
    so; afterwards the answer is 410, because rows came into sight, or went out of it, unchanged.
    """

    epoch: Id
    snap_seq: Seq
    total: int
    view: str = Field(default="", max_length=32, pattern="^[0-9a-f]*$")


class Row(Message):
    """One entity as it was at `snap_seq`."""

    t: str
    id: Id
    ver: int
    d: dict[str, Any]


class SnapshotTail(Message):
    """`after` continues on the next page; None on the last one."""

    after: str | None
    count: int
