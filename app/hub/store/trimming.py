"""Forgets what is old: the log's beginning, stored results, bodies that were understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import Column, ColumnElement, Table, delete, func, select, true, update

from app.hub.store import ledger, queries
from app.hub.store.schema import auth_session, command, event_seen, head, log, outbound, raw_intake
from app.hub.store.transaction import Transaction
from app.hub.store.writer import Writer

_MICROSECOND = timedelta(microseconds=1)
# Rows that one job removes: some ten milliseconds, so that nobody waits for the cleaning.
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Keep:
    """How long. `entries`: so many of the log stay whatever their age.

    A console that was away for longer than `log` needs a snapshot. `commands`: protocol v1 promises
    30 days. `raw`: bodies that were understood; quarantined ones stay until a person decides.
    """

    log: timedelta = timedelta(days=30)
    entries: int = 100_000
    commands: timedelta = timedelta(days=30)
    raw: timedelta = timedelta(days=90)
    outbound: timedelta = timedelta(days=90)
    sessions: timedelta = timedelta(days=30)
    ledger: timedelta = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Trimmed:
    """Rows that were removed, and the oldest place of the log from now on."""

    entries: int
    others: int
    min_seq: int


@dataclass(frozen=True, slots=True)
class _Old:
    """Rows of `table` whose `at` is older than some age, where `only` holds as well."""

    table: Table
    at: Column[int]
    age: timedelta
    only: ColumnElement[bool]


async def trim(writer: Writer, keep: Keep, now: int) -> Trimmed:
    """In small jobs between others. `now` in microseconds."""
    before = now - _micros(keep.log)
    entries = await _until_done(writer, lambda tx: trim_log(tx, before, keep.entries))
    others = 0
    for old in _olds(keep):
        others += await _until_done(writer, partial(_remove, old=old, now=now))
    bound = now - _micros(keep.ledger)
    others += await _until_done(writer, partial(ledger.empty, before=bound, most=_AT_ONCE))
    return Trimmed(entries, others, await writer.do(_oldest))


async def _until_done(writer: Writer, work: Callable[[Transaction], int]) -> int:
    total = 0
    while removed := await writer.do(work):
        total += removed
    return total


def trim_log(tx: Transaction, before: int, at_least: int, at_once: int = _AT_ONCE) -> int:
    """Removes the beginning of the log, as far as it is older than `before` (microseconds).

    How many entries were removed; at most `at_once`. The rest has no gap: only a beginning is
    ever taken, also where the clock once went back.
    """
    now = queries.head_of(tx.connection)
    first_young = tx.connection.execute(
        select(func.min(log.c.seq)).where(log.c.at >= before)
    ).scalar_one()
    bound = min(
        now.seq + 1 if first_young is None else first_young,
        now.seq + 1 - at_least,
        now.min_seq + at_once,
    )
    if bound <= now.min_seq:
        return 0
    tx.connection.execute(delete(log).where(log.c.seq < bound))
    tx.connection.execute(update(head).values(min_seq=bound))
    return bound - now.min_seq


def _oldest(tx: Transaction) -> int:
    return queries.head_of(tx.connection).min_seq


def _olds(keep: Keep) -> Sequence[_Old]:
    understood = raw_intake.c.state == "normalised"
    done = outbound.c.state != "waiting"
    return (
        _Old(command, command.c.at, keep.commands, true()),
        _Old(raw_intake, raw_intake.c.received_at, keep.raw, understood),
        # Longer than any sender tries again.
        _Old(event_seen, event_seen.c.at, keep.raw, true()),
        _Old(outbound, outbound.c.created, keep.outbound, done),
        _Old(auth_session, auth_session.c.expires, keep.sessions, true()),
    )


def _remove(tx: Transaction, old: _Old, now: int) -> int:
    (key,) = old.table.primary_key.columns
    found = (
        select(key)
        .where(old.at < now - _micros(old.age), old.only)
        .order_by(old.at)
        .limit(_AT_ONCE)
    )
    keys = tx.connection.execute(found).scalars().all()
    if keys:
        tx.connection.execute(delete(old.table).where(key.in_(keys)))
    return len(keys)


def _micros(age: timedelta) -> int:
    return age // _MICROSECOND
