"""Ledgers as files, signed with a key of their own; and the ways in which one is falsified."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.ledger import merkle
from app.domain.ledger.checkpoint import Checkpoint, VerifierKey, signed
from app.domain.ledger.entry import FIRST_PREV, Deed, Kind, written
from tests.fakes.incidents import minutes

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey("gwanje/test", PRIVATE.public_key().public_bytes_raw())


@dataclass
class Book:
    """Entries as they are hashed, from 1 on."""

    entries: list[bytes] = field(default_factory=list)

    def write(self, count: int = 1) -> Book:
        for _ in range(count):
            n = len(self.entries) + 1
            prev = merkle.leaf_hash(self.entries[-1]).hex() if self.entries else FIRST_PREV
            deed = Deed(Kind.VIEW, minutes(n), "dalseo", f"C-{n}", purpose="순찰")
            self.entries.append(written(deed, n, prev, {}))
        return self

    def note(self, size: int | None = None, private: Ed25519PrivateKey = PRIVATE) -> str:
        size = len(self.entries) if size is None else size
        point = Checkpoint(KEY.name, size, root(self.entries[:size]))
        return signed(point, KEY, private.sign)

    def lines(self, note: str | None = None, beyond: int = 0) -> list[bytes]:
        """`beyond`: so many entries stand behind the checkpoint."""
        size = len(self.entries) - beyond
        last = json.dumps(
            {"checkpoint": note or self.note(size)}, ensure_ascii=False, separators=(",", ":")
        )
        return [head(), *self.entries[:size], last.encode(), *self.entries[size:]]


def head(before: int = 0, peaks: Sequence[bytes] = (), prev: str = FIRST_PREV) -> bytes:
    value = {
        "gwanje-ledger": 1, "key": KEY.text, "before": before,
        "peaks": [peak.hex() for peak in peaks], "prev": prev,
    }  # fmt: skip
    return json.dumps(value, separators=(",", ":")).encode()


def over(leaves: Sequence[bytes]) -> merkle.Subtree:
    def subtree(level: int, place: int) -> bytes:
        if level == 0:
            return leaves[place]
        return merkle.node_hash(subtree(level - 1, 2 * place), subtree(level - 1, 2 * place + 1))

    return subtree


def root(entries: Sequence[bytes]) -> bytes:
    """Level by level, as a tree of many is built."""
    level = [merkle.leaf_hash(entry) for entry in entries]
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [merkle.node_hash(left, right) for left, right in pairs] + odd
    return level[0] if level else merkle.EMPTY


def save(path: Path, lines: Sequence[bytes]) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path
