"""A hub's ledger in memory, signed with a real key; and hubs that lie."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from app.domain.ledger import merkle
from app.domain.ledger.books import BookName
from app.domain.ledger.checkpoint import Checkpoint, signed
from app.domain.ledger.entry import FIRST_PREV, Deed, Kind, written
from app.wire import ledger as wire
from app.wire.base import Words
from tests.fakes.ledgers import KEY, PRIVATE, over


class FakeLedger:
    """`sign` makes a checkpoint of what is there; `key` is what it says of its signer."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.of: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.note = ""
        self.size = 0
        self.key = KEY.text

    def take(self, given: wire.Deeds) -> wire.Taken:
        own = self.of[given.client]
        newest = max(own, default=0)
        if given.oldest > newest + 1 and given.deeds[0].n == given.oldest:
            newest = given.oldest - 1
        for deed in given.deeds:
            if deed.n == newest + 1:
                self._write(given.client, deed)
                newest += 1
        return wire.Taken(next_n=newest + 1)

    def sign(self) -> None:
        self.size = len(self.entries)
        point = Checkpoint(KEY.name, self.size, merkle.root(self.size, self._tree()))
        self.note = signed(point, KEY, PRIVATE.sign)

    def checkpoint(self, since: int) -> wire.Signed:
        path: list[bytes] = []
        if 0 < since <= self.size:
            path = merkle.consistency(since, self.size, self._tree())
        hashes = tuple(one.hex() for one in path)
        return wire.Signed(note=self.note, key=self.key, since=since, path=hashes)

    def proofs(self, client: str, first: int, last: int) -> wire.Proofs:
        if not self.note:
            return wire.Proofs()
        found = tuple(
            self._proof(n, place)
            for n, place in sorted(self.of[client].items())
            if first <= n <= last and place < self.size
        )
        return wire.Proofs(note=self.note, proofs=found)

    def _proof(self, n: int, place: int) -> wire.Proof:
        path = merkle.inclusion(place, self.size, self._tree())
        entry = self.entries[place]
        return wire.Proof(
            n=n, index=place, leaf=merkle.leaf_hash(entry).hex(), entry=entry.decode(),
            path=tuple(one.hex() for one in path),
        )  # fmt: skip

    def _tree(self) -> merkle.Subtree:
        return over([merkle.leaf_hash(entry) for entry in self.entries])

    def _write(self, client: str, deed: wire.Deed) -> None:
        prev = merkle.leaf_hash(self.entries[-1]).hex() if self.entries else FIRST_PREV
        made = Deed(
            Kind(deed.kind), deed.at, "site-1", deed.camera, deed.incident, deed.share,
            deed.purpose, deed.begun, deed.ended, deed.facts, {}, client, deed.n,
        )  # fmt: skip
        self.of[client][deed.n] = len(self.entries)
        self.entries.append(written(made, len(self.entries) + 1, prev, {}))


def a_book(name: str, since: datetime, until: datetime) -> wire.Book:
    """One line of it."""
    book = BookName(name)
    title, *columns = (Words(ko=t.ko, en=t.en) for t in (book.heading, *book.columns))
    row = ("영상", "달서경찰서", "=비상벨", *("…" for _ in columns[3:]))
    return wire.Book(
        name=name, title=title, columns=tuple(columns), rows=(row,), since=since, until=until,
        centre="달서구 관제센터", proof="gwanje/hub 12 abc=",
    )  # fmt: skip
