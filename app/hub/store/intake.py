"""Raw bodies as they came in, before anybody tried to understand them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


def receive(
    tx: Transaction, id_: str, door: str, source: str, body: bytes, headers: Mapping[str, str]
) -> Raw:
    """Keeps the body; after the COMMIT it may be acknowledged. No secret may be in `headers`."""
    raw = Raw(id_, door, source, tx.at, hashlib.sha256(body).hexdigest(), headers, body)
    row = {
        "id": id_, "door": door, "source": source, "received_at": tx.at, "sha256": raw.sha256,
        "headers": headers, "body": body, "state": raw.state.value, "reason": None, "seq": None,
    }  # fmt: skip
    tx.connection.execute(_RECEIVE, [row])
    return raw


def normalised(tx: Transaction, id_: str, seq: int | None) -> None:
    """It was understood; None where it became nothing new (a duplicate)."""
    _settle(tx, id_, State.NORMALISED, None, seq)


def quarantine(tx: Transaction, id_: str, reason: Text) -> None:
    """It was not understood: shown to a person, never dropped."""
    _settle(tx, id_, State.QUARANTINED, reason, None)


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
    query = select(raw_intake).where(raw_intake.c.state.in_(_OPEN))
    query = query.order_by(raw_intake.c.received_at, raw_intake.c.id).limit(limit)
    return [_raw(row) for row in connection.execute(query).mappings()]


def quarantined(connection: Connection, limit: int = 100) -> list[Raw]:
    """The newest first."""
    query = select(raw_intake).where(raw_intake.c.state == State.QUARANTINED.value)
    query = query.order_by(raw_intake.c.received_at.desc(), raw_intake.c.id).limit(limit)
    return [_raw(row) for row in connection.execute(query).mappings()]


def _settle(tx: Transaction, id_: str, state: State, reason: Text | None, seq: int | None) -> None:
    words = None if reason is None else {"ko": reason.ko, "en": reason.en}
    given = {"id_": id_, "state_": state.value, "reason_": words, "seq_": seq}
    tx.connection.execute(_SETTLE, given)


def _raw(found: RowMapping) -> Raw:
    reason = found["reason"]
    return Raw(
        found["id"], found["door"], found["source"], found["received_at"], found["sha256"],
        found["headers"], found["body"], State(found["state"]),
        None if reason is None else Text(reason["ko"], reason["en"]), found["seq"],
    )  # fmt: skip
