"""The ledger's rows: appended, never changed; and the inner nodes that make proofs short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from app.domain.ledger import merkle
from app.hub.store.schema import checkpoint, ledger, ledger_node, ledger_person
from app.hub.store.transaction import Transaction

# Leaves below one kept node, as a power of two: a proof reads so many hashes a level.
BITS: Final = 8

_LAST = select(ledger.c.n, ledger.c.leaf).order_by(ledger.c.n.desc()).limit(1)
_APPEND = insert(ledger)
_PERSONS = insert(ledger_person)
_LEAVES = (
    select(ledger.c.leaf)
    .where(ledger.c.n > bindparam("after_"), ledger.c.n <= bindparam("last_"))
    .order_by(ledger.c.n)
)
_NODES = (
    select(ledger_node.c.hash)
    .where(
        ledger_node.c.level == bindparam("level_"),
        ledger_node.c.place >= bindparam("first_"),
        ledger_node.c.place < bindparam("end_"),
    )
    .order_by(ledger_node.c.place)
)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry with what it is searched by; `at` in microseconds. `person`: what is still kept."""

    n: int
    at: int
    kind: str
    site: str
    camera: str
    incident: str
    client: str
    client_n: int
    entry: str = field(repr=False)
    leaf: bytes = field(repr=False)
    person: Mapping[str, str] = field(default_factory=dict, repr=False)


def last(connection: Connection) -> tuple[int, bytes | None]:
    """How many there are, and the hash of the newest; None for an empty ledger."""
    row = connection.execute(_LAST).one_or_none()
    return (0, None) if row is None else (int(row[0]), bytes(row[1]))


def append(tx: Transaction, row: Row, salts: Mapping[str, str]) -> None:
    """Raises `AlreadyThere` for the second of one number of a console, when the job ends."""
    tx.connection.execute(
        _APPEND,
        {
            "n": row.n, "at": row.at, "kind": row.kind, "site": row.site, "camera": row.camera,
            "incident": row.incident, "client": row.client, "client_n": row.client_n,
            "entry": row.entry, "leaf": row.leaf,
        },
    )  # fmt: skip
    if row.person:
        rows = [
            {"n": row.n, "field": name, "salt": salts[name], "value": value}
            for name, value in row.person.items()
        ]
        tx.connection.execute(_PERSONS, rows)


def of_client(connection: Connection, client: str, numbers: Sequence[int]) -> dict[int, int]:
    """Places by the console's own number, of those that are there."""
    query = select(ledger.c.client_n, ledger.c.n).where(
        ledger.c.client == client, ledger.c.client_n.in_(numbers)
    )
    return {int(own): int(n) for own, n in connection.execute(query)}


def newest_of_client(connection: Connection, client: str) -> int:
    """The console's own number of its newest entry; 0 where it has none."""
    query = select(func.max(ledger.c.client_n)).where(ledger.c.client == client)
    return int(connection.execute(query).scalar_one() or 0)


def find(
    connection: Connection,
    where: Sequence[ColumnElement[bool]],
    *,
    account: str = "",
    who: str = "",
    limit: int = 500,
    newest_first: bool = True,
) -> list[Row]:
    """`where` on the columns of `schema.ledger`.

    `account`: of whom the side table still knows; `who`: a part of the name.
    """
    query = select(ledger).where(*where)
    if account:
        of = ledger_person.c
        query = query.join(ledger_person, of.n == ledger.c.n)
        query = query.where(of.field == "account", of.value == account)
    if who:
        of = ledger_person.c
        named = select(of.n).where(of.field == "name", of.value.contains(who, autoescape=True))
        query = query.where(ledger.c.n.in_(named))
    order = ledger.c.n.desc() if newest_first else ledger.c.n
    found = [Row(*row) for row in connection.execute(query.order_by(order).limit(limit))]
    persons = _persons(connection, [row.n for row in found])
    return [replace(row, person=persons.get(row.n, {})) for row in found]


def one(connection: Connection, n: int) -> Row:
    (found,) = find(connection, [ledger.c.n == n])
    return found


def forget_person(tx: Transaction, account: str) -> int:
    """Erases what tells who it was; from how many entries. The entries themselves stay."""
    of = ledger_person.c
    mine = select(of.n).where(of.field == "account", of.value == account)
    numbers = [int(n) for n in tx.connection.execute(mine).scalars()]
    for start in range(0, len(numbers), 1000):
        some = numbers[start : start + 1000]
        tx.connection.execute(delete(ledger_person).where(of.n.in_(some)))
    return len(numbers)


def empty(tx: Transaction, before: int, most: int) -> int:
    """Takes the words out of the oldest entries, as far as they are older than `before`.

    How many; at most `most`. Their hashes stay, so that everything else can still be proved. Only
    a beginning is ever taken: what follows must hang together.
    """
    held = ledger.c.entry != ""
    first = tx.connection.execute(select(func.min(ledger.c.n)).where(held)).scalar_one()
    if first is None:
        return 0
    young = select(func.min(ledger.c.n)).where(held, ledger.c.at >= before)
    bound = tx.connection.execute(young).scalar_one()
    end = min(int(first) + most, last(tx.connection)[0] + 1 if bound is None else int(bound))
    old = (ledger.c.n >= first) & (ledger.c.n < end)
    words = {"entry": "", "site": "", "camera": "", "incident": "", "kind": ""}
    tx.connection.execute(update(ledger).where(old).values(words))
    of = ledger_person.c
    tx.connection.execute(delete(ledger_person).where(of.n >= first, of.n < end))
    return max(0, end - int(first))


class Tree:
    """`merkle.Subtree` over the store. Remembers what it read: for one use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[int, int], bytes] = {}
        self._groups: set[tuple[int, int]] = set()

    def __call__(self, level: int, place: int) -> bytes:
        known = self._known.get((level, place))
        if known is None:
            self._read(level // BITS, place >> (BITS - level % BITS))
            known = self._known.get((level, place))
        if known is None:
            known = merkle.node_hash(self(level - 1, 2 * place), self(level - 1, 2 * place + 1))
            self._known[level, place] = known
        return known

    def _read(self, height: int, group: int) -> None:
        """The 256 hashes of kept level `height` that stand in this group."""
        if (height, group) in self._groups:
            return
        self._groups.add((height, group))
        first = group << BITS
        for number, hash_ in enumerate(self._hashes(height, first)):
            self._known[height * BITS, first + number] = hash_

    def _hashes(self, height: int, first: int) -> list[bytes]:
        end = first + (1 << BITS)
        if height == 0:
            given: dict[str, Any] = {"after_": first, "last_": end}
            return [bytes(h) for h in self._connection.execute(_LEAVES, given).scalars()]
        given = {"level_": height, "first_": first, "end_": end}
        return [bytes(h) for h in self._connection.execute(_NODES, given).scalars()]


def keep_nodes(tx: Transaction, size: int) -> None:
    """Makes the nodes that are whole in a ledger of this size and not kept yet."""
    height, whole = 1, size >> BITS
    while whole:
        query = select(func.count()).where(ledger_node.c.level == height)
        kept = int(tx.connection.execute(query).scalar_one())
        rows = [
            # A tree of its own for each: one for all would remember every leaf.
            {
                "level": height,
                "place": place,
                "hash": Tree(tx.connection)(height * BITS, place),
            }
            for place in range(kept, whole)
        ]
        if rows:
            tx.connection.execute(insert(ledger_node), rows)
        height, whole = height + 1, whole >> BITS


def add_checkpoint(tx: Transaction, size: int, note: str) -> None:
    tx.connection.execute(insert(checkpoint).values(size=size, at=tx.at, note=note))


def newest_checkpoint(connection: Connection) -> tuple[int, str] | None:
    """Its size, and the note."""
    query = select(checkpoint.c.size, checkpoint.c.note).order_by(checkpoint.c.size.desc())
    row = connection.execute(query.limit(1)).one_or_none()
    return None if row is None else (int(row[0]), str(row[1]))


def _persons(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    of, found = ledger_person.c, dict[int, dict[str, str]]()
    for start in range(0, len(numbers), 1000):
        query = select(of.n, of.field, of.value).where(of.n.in_(numbers[start : start + 1000]))
        for n, name, value in connection.execute(query):
            found.setdefault(int(n), {})[str(name)] = str(value)
    return found
