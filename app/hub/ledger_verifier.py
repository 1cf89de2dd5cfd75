#!/usr/bin/env python3
"""Checks a ledger that a Gwanje hub exported. One file, nothing but Python 3.9 or newer.

    python3 ledger_verifier.py LEDGER [--key NAME+ID+KEY] [--remembered FILE …]

The file is text, one JSON value a line: a head, the entries as they were hashed, a checkpoint.
Checked: that entries follow each other without a gap and name the hash of the one before; that
their Merkle root (RFC 6962) is the one that the checkpoint signs (Ed25519, C2SP signed note); that
each remembered checkpoint (what consoles and auditors kept) is a beginning of the same history.
Without --key the key in the file is taken, which shows only that the file agrees with itself: ask
the centre's administrator for the key by another way.

Ends with status 0 where everything holds, 1 where not, 2 where the file cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SHA = hashlib.sha256
_MOST_TOLD = 20


class NotALedgerError(Exception):
    """The file is of another kind, or cannot be read."""


@dataclass
class Verdict:
    """`problems` in English and Korean, at most twenty; nothing for a sound ledger.

    `size`: entries that the checkpoint covers; `beyond`: entries after it, which nothing signs yet.
    """

    entries: int = 0
    size: int = 0
    beyond: int = 0
    root: str = ""
    key: str = ""
    remembered: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


@dataclass
class Head:
    """What stood before the first entry: so many entries, their subtrees, the last one's hash."""

    before: int
    peaks: list[bytes]
    prev: str
    key: str


@dataclass
class Note:
    """A checkpoint as text, taken apart."""

    origin: str
    size: int
    root: bytes
    signed: bytes
    signatures: list[tuple[str, bytes]]


class Tree:
    """The Merkle tree as it grows: whole subtrees from the left."""

    def __init__(self, size: int = 0, peaks: list[bytes] | None = None) -> None:
        self.size = size
        levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
        self._stack = list(zip(levels, peaks or [], strict=False))
        if len(self._stack) != len(levels):
            raise NotALedgerError("the head of the file does not fit its size")

    def add(self, leaf: bytes) -> None:
        self.size += 1
        level, hash_ = 0, leaf
        while self._stack and self._stack[-1][0] == level:
            hash_ = _SHA(b"\x01" + self._stack.pop()[1] + hash_).digest()
            level += 1
        self._stack.append((level, hash_))

    def root(self) -> bytes:
        if not self._stack:
            return _SHA(b"").digest()
        found = self._stack[-1][1]
        for _, left in reversed(self._stack[:-1]):
            found = _SHA(b"\x01" + left + found).digest()
        return found


def _checkpoint(line: bytes) -> str:
    try:
        return str(json.loads(line)["checkpoint"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotALedgerError("the line of the checkpoint cannot be read") from error


def verify(path: Path, key: str = "", remembered: list[str] | None = None) -> Verdict:
    """Raises NotALedgerError for what is none."""
    lines = _lines(path)
    head = _head(next(lines, b""))
    verdict = Verdict(key=key or head.key)
    notes = sorted((_note(text) for text in remembered or []), key=lambda one: one.size)
    walk = Walk(head, verdict, {note.size for note in notes})
    for line in lines:
        walk.take(line)
    _check_end(walk, verdict)
    for note in notes:
        _check_remembered(note, walk, verdict)
    return verdict


class Walk:
    """Line by line. `roots`: at the sizes that are wanted; `note`: the file's newest checkpoint."""

    def __init__(self, head: Head, verdict: Verdict, wanted: set[int]) -> None:
        self.tree = Tree(head.before, head.peaks)
        self.roots: dict[int, bytes] = {}
        self.note: Note | None = None
        self.noted = b""
        self._prev = head.prev
        self._verdict = verdict
        self._wanted = wanted
        if head.before in wanted:
            self.roots[head.before] = self.tree.root()

    def take(self, line: bytes) -> None:
        if line.startswith(b'{"checkpoint":'):
            self.note = _note(_checkpoint(line))
            self.noted = self.tree.root() if self.note.size == self.tree.size else b""
            return
        self._look(line)
        leaf = _SHA(b"\x00" + line).digest()
        self._prev = leaf.hex()
        self.tree.add(leaf)
        self._verdict.entries += 1
        if self.tree.size in self._wanted:
            self.roots[self.tree.size] = self.tree.root()

    def _look(self, line: bytes) -> None:
        expected = self.tree.size + 1
        try:
            entry = json.loads(line)
            number, before = entry["n"], entry["prev"]
        except (ValueError, KeyError, TypeError):
            _tell(self._verdict, expected, "cannot be read", "읽을 수 없습니다")
            return
        if number != expected:
            english = f"is missing; {number} stands in its place"
            korean = f"없습니다. 그 자리에 {number}번이 있습니다"
            _tell(self._verdict, expected, english, korean)
        elif before != self._prev:
            english = "does not follow the one before; that one, or this, was changed"
            korean = "앞 항목과 이어지지 않습니다. 앞 항목이나 이 항목이 바뀌었습니다"
            _tell(self._verdict, number, english, korean)


def _check_end(walk: Walk, verdict: Verdict) -> None:
    note, size = walk.note, walk.tree.size
    if note is None:
        _fail(
            verdict,
            "no checkpoint: the tail may be cut off",
            "체크포인트가 없습니다. 끝이 잘렸을 수 있습니다",
        )
        return
    verdict.size, verdict.root = note.size, note.root.hex()
    verdict.beyond = max(0, size - note.size)
    if size < note.size:
        _fail(
            verdict,
            f"the tail is cut off: {note.size} entries are signed, {size} are there",
            f"끝이 잘렸습니다: 서명된 항목 {note.size}건, 있는 항목 {size}건",
        )
    elif walk.noted != note.root:
        _fail(
            verdict,
            "the entries are not those that the checkpoint signs",
            "체크포인트가 서명한 항목이 아닙니다",
        )
    if not _signed(note, verdict.key):
        _fail(
            verdict,
            "the checkpoint is not signed by this key",
            "체크포인트가 이 열쇠로 서명되지 않았습니다",
        )


def _check_remembered(note: Note, walk: Walk, verdict: Verdict) -> None:
    if not _signed(note, verdict.key):
        _fail(
            verdict,
            f"a remembered checkpoint ({note.size}) is not signed by this key",
            f"기억한 체크포인트({note.size})가 이 열쇠로 서명되지 않았습니다",
        )
    elif note.size > walk.tree.size:
        _fail(
            verdict,
            f"a remembered checkpoint covers {note.size} entries, the file has {walk.tree.size}",
            f"기억한 체크포인트는 {note.size}건인데 파일은 {walk.tree.size}건입니다",
        )
    elif note.size in walk.roots:
        verdict.remembered += 1
        if walk.roots[note.size] != note.root:
            _fail(
                verdict,
                f"the hub has shown another history up to {note.size}",
                f"허브가 {note.size}건까지 다른 기록을 보여 준 적이 있습니다",
            )
    else:
        _fail(
            verdict,
            f"a remembered checkpoint ({note.size}) is older than what the file begins with: it"
            " cannot be checked, and a rewritten beginning could hide behind it",
            f"기억한 체크포인트({note.size})가 파일의 처음보다 오래되어 확인할 수 없습니다."
            " 고쳐 쓴 기록이 그 뒤에 숨어 있을 수 있습니다",
        )


def _fail(verdict: Verdict, english: str, korean: str) -> None:
    verdict.problems.append(f"{english} / {korean}")


def _tell(verdict: Verdict, number: int, english: str, korean: str) -> None:
    if len(verdict.problems) < _MOST_TOLD:
        verdict.problems.append(f"entry {number} {english} / {number}번 항목이 {korean}")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            for line in file:
                # Only these bytes are a line's end: others may stand within an entry's text.
                yield line.rstrip(b"\r\n")
    except OSError as error:
        raise NotALedgerError(f"{path.name}: {error.strerror}") from None


def _head(line: bytes) -> Head:
    try:
        head = json.loads(line)
        if head["gwanje-ledger"] != 1:
            raise NotALedgerError("a ledger of another version / 다른 판의 대장입니다")
        peaks = [bytes.fromhex(peak) for peak in head["peaks"]]
        return Head(int(head["before"]), peaks, str(head["prev"]), str(head["key"]))
    except (ValueError, KeyError, TypeError):
        raise NotALedgerError("this is not an exported ledger / 내보낸 대장이 아닙니다") from None


def _note(text: str) -> Note:
    body, _, rest = text.partition("\n\n")
    try:
        origin, size, root = body.split("\n")
        signatures = []
        for line in rest.splitlines():
            _, name, signature = line.split(" ")
            signatures.append((name, base64.b64decode(signature)))
        return Note(origin, int(size), base64.b64decode(root), (body + "\n").encode(), signatures)
    except ValueError:
        raise NotALedgerError("not a checkpoint / 체크포인트가 아닙니다") from None


def _signed(note: Note, key: str) -> bool:
    name, _, rest = key.partition("+")
    raw = base64.b64decode(rest.partition("+")[2] or "")
    public = raw[1:]
    id_ = _SHA(name.encode() + b"\n" + raw).digest()[:4]
    return any(
        who == name and signature[:4] == id_ and ed25519(public, note.signed, signature[4:])
        for who, signature in note.signatures
    )


# ------------------------------------------------------------------- Ed25519 (RFC 8032, 5.1.7)

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_Point = tuple[int, int, int, int]


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of this key signed the message."""
    if len(public) != _KEY_BYTES or len(signature) != _SIGNATURE_BYTES:
        return False
    key, given = _point(public), _point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or given is None or number >= _Q:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    factor = int.from_bytes(digest, "little") % _Q
    return _same(_times(number, _BASE), _add(given, _times(factor, key)))


def _point(data: bytes) -> _Point | None:
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _add(a: _Point, b: _Point) -> _Point:
    one = (a[1] - a[0]) * (b[1] - b[0]) % _P
    two = (a[1] + a[0]) * (b[1] + b[0]) % _P
    three, four = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(number: int, point: _Point) -> _Point:
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _base() -> _Point:
    found = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))
    assert found is not None  # noqa: S101 - a constant of the curve
    return found


_BASE = _base()


def _same(a: _Point, b: _Point) -> bool:
    return not ((a[0] * b[2] - b[0] * a[2]) % _P or (a[1] * b[2] - b[1] * a[2]) % _P)


def report(path: Path, key: str, remembered: list[Path]) -> int:
    """Prints what was found. The exit status."""
    write = sys.stdout.write
    try:
        notes = [one.read_text(encoding="utf-8") for one in remembered]
        verdict = verify(path, key, notes)
    except (NotALedgerError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    write("".join(f"{line}\n" for line in told(verdict, key)))
    return 0 if verdict.sound else 1


def told(verdict: Verdict, key: str) -> list[str]:
    """The verdict in lines. `key`: as it was given."""
    whose = "" if key else " (of the file itself / 파일 안의 열쇠)"
    return [
        f"entries / 항목: {verdict.entries}",
        f"signed / 서명된 항목: {verdict.size}, root {verdict.root}",
        f"after the checkpoint / 체크포인트 뒤: {verdict.beyond}",
        f"key / 열쇠: {verdict.key}{whose}",
        f"remembered checkpoints / 기억한 체크포인트: {verdict.remembered}",
        *(f"! {problem}" for problem in verdict.problems),
        "sound / 이상 없음" if verdict.sound else "NOT SOUND / 이상 있음",
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks an exported ledger.")
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--key", default="", help="NAME+ID+KEY, got by another way")
    parser.add_argument("--remembered", type=Path, nargs="*", default=[], metavar="FILE")
    given = parser.parse_args(arguments)
    return report(given.ledger, given.key, given.remembered)


if __name__ == "__main__":
    sys.exit(main())
