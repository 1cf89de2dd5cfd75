"""Raw bodies as they came in, before anybody tried to understand them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from app.domain.text import Text
from app.hub.store.schema import raw_intake
from app.hub.store.transaction import Transaction


class State(StrEnum):
    """`retried`: was quarantined, waits to be looked at again."""

    RECEIVED = "received"
    NORMALISED = "normalised"
    QUARANTINED = "quarantined"
    RETRIED = "retried"


_OPEN = (State.RECEIVED.value, State.RETRIED.value)
# Made once: every event needs them.
_RECEIVE = insert(raw_intake)
_OLDEST = (
    select(raw_intake)
    .where(raw_intake.c.state == bindparam("state_"))
    .order_by(raw_intake.c.received_at, raw_intake.c.id)
    .limit(bindparam("limit_"))
)
_SETTLE = (
    update(raw_intake)
    .where(raw_intake.c.id == bindparam("id_"))
    .values(state=bindparam("state_"), reason=bindparam("reason_"), seq=bindparam("seq_"))
)


@dataclass(frozen=True, slots=True)
class Raw:
    """One body. `received_at` in microseconds; `seq`: the place of the log of what it became."""

    id: str
    door: str
    source: str
    received_at: int
    sha256: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    state: State = State.RECEIVED
    reason: Text | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A body that is to be kept. No secret may be in `headers`."""

    id: str
    door: str
    source: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a body: a reason not to understand it, or the place of what it became.

    Neither where it became nothing new (a duplicate). `forget`: what it said is nobody's business
    once it is understood; its hash stays.
    """

    id: str
    reason: Text | None = None
    seq: int | None = None
    forget: bool = False


def receive(tx: Transaction, arrivals: Sequence[Arrival]) -> None:
    """Keeps the bodies; after the COMMIT they may be acknowledged."""
    rows = [
        {
            "id": one.id, "door": one.door, "source": one.source, "received_at": tx.at,
            "sha256": hashlib.sha256(one.body).hexdigest(), "headers": one.headers,
            "body": one.body, "state": State.RECEIVED.value, "reason": None, "seq": None,
        }
        for one in arrivals
    ]  # fmt: skip
    tx.connection.execute(_RECEIVE, rows)


def settle(tx: Transaction, verdicts: Sequence[Verdict]) -> None:
    """Understood, or put aside for a person to look at, never dropped."""
    rows = [
        {
            "id_": one.id,
            "state_": State.NORMALISED.value if one.reason is None else State.QUARANTINED.value,
            "reason_": None if one.reason is None else {"ko": one.reason.ko, "en": one.reason.en},
            "seq_": one.seq,
        }
        for one in verdicts
    ]
    tx.connection.execute(_SETTLE, rows)
    forgotten = [one.id for one in verdicts if one.forget and one.reason is None]
    if forgotten:
        emptied = update(raw_intake).where(raw_intake.c.id.in_(forgotten)).values(body=b"")
        tx.connection.execute(emptied)


def retry(tx: Transaction, id_: str) -> bool:
    """Lets a quarantined body be looked at again; False if it is not quarantined."""
    changed = tx.connection.execute(
        update(raw_intake)
        .where(raw_intake.c.id == id_, raw_intake.c.state == State.QUARANTINED.value)
        .values(state=State.RETRIED.value)
    )
    return bool(changed.rowcount)


def get(connection: Connection, id_: str) -> Raw | None:
    query = select(raw_intake).where(raw_intake.c.id == id_)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _raw(row)


def waiting(connection: Connection, limit: int = 100) -> list[Raw]:
    """Received and not looked at yet, the oldest first: also after a crash in between."""
    # State by state: so the index hands over the first ones, however many wait behind them.
    found = [
        _raw(row)
        for state in _OPEN
        for row in connection.execute(_OLDEST, {"state_": state, "limit_": limit}).mappings()
    ]
    return sorted(found, key=lambda raw: (raw.received_at, raw.id))[:limit]


def quarantined(connection: Connection, limit: int = 100) -> list[Raw]:
    """The newest first."""
    query = select(raw_intake).where(raw_intake.c.state == State.QUARANTINED.value)
    query = query.order_by(raw_intake.c.received_at.desc(), raw_intake.c.id).limit(limit)
    return [_raw(row) for row in connection.execute(query).mappings()]


def _raw(found: RowMapping) -> Raw:
    reason = found["reason"]
    return Raw(
        found["id"], found["door"], found["source"], found["received_at"], found["sha256"],
        found["headers"], found["body"], State(found["state"]),
        None if reason is None else Text(reason["ko"], reason["en"]), found["seq"],
    )  # fmt: skip
