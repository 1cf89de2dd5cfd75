"""The Merkle tree of RFC 6962 (and 9162): roots and proofs over leaves that lie anywhere.

`Subtree` gives the hash of a whole subtree: of 2 ** level leaves from leaf index << level on. A
proof over a million leaves asks for some twenty of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final

Subtree = Callable[[int, int], bytes]

EMPTY: Final = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(size: int, subtree: Subtree) -> bytes:
    return EMPTY if size == 0 else span(0, size, subtree)


def span(start: int, end: int, subtree: Subtree) -> bytes:
    """The hash over the leaves from `start` to before `end`, as the tree has it."""
    count = end - start
    level = count.bit_length() - 1
    if count == 1 << level and start % count == 0:
        return subtree(level, start >> level)
    middle = start + _split(count)
    return node_hash(span(start, middle, subtree), span(middle, end, subtree))


def peaks(size: int, subtree: Subtree) -> list[bytes]:
    """The whole subtrees that a tree of this size consists of, from the left."""
    found, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append(subtree(level, start >> level))
            start += 1 << level
    return found


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size`, the nearest sibling first."""
    if not 0 <= index < size:
        message = f"leaf {index} is not in a tree of {size}"
        raise ValueError(message)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(span(middle, end, subtree))
            end = middle
        else:
            path.append(span(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency(former: int, size: int, subtree: Subtree) -> list[bytes]:
    """What shows that the tree of `size` begins with the tree of `former`."""
    if not 0 < former <= size:
        message = f"no tree of {size} begins with one of {former}"
        raise ValueError(message)
    return [] if former == size else _sub_proof(former, 0, size, subtree, whole=True)


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root_: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    climb = _Climb(index, size - 1)
    found = leaf
    for sibling in path:
        if climb.done:
            return False
        found = node_hash(sibling, found) if climb.from_right() else node_hash(found, sibling)
    return climb.done and found == root_


def consistent(
    former: int, former_root: bytes, size: int, root_: bytes, path: Sequence[bytes]
) -> bool:
    """RFC 9162, 2.1.4.2."""
    if former == size:
        return not path and former_root == root_
    if not 0 < former < size or not path:
        return False
    steps = list(path)
    if former & (former - 1) == 0:
        steps.insert(0, former_root)
    climb = _Climb(former - 1, size - 1)
    climb.skip()
    old = new = steps[0]
    for sibling in steps[1:]:
        if climb.done:
            return False
        if climb.from_right():
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
    return climb.done and old == former_root and new == root_


class _Climb:
    """The way from a leaf to the root: whether each sibling stands to its left."""

    def __init__(self, place: int, last: int) -> None:
        self._place, self._last = place, last

    @property
    def done(self) -> bool:
        return self._last == 0

    def skip(self) -> None:
        """Past the levels at which it is a right child."""
        while self._place & 1:
            self._up()

    def from_right(self) -> bool:
        """One step up."""
        right = bool(self._place & 1) or self._place == self._last
        if right:
            while self._place and not self._place & 1:
                self._up()
        self._up()
        return right

    def _up(self) -> None:
        self._place >>= 1
        self._last >>= 1


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _sub_proof(former: int, start: int, end: int, subtree: Subtree, *, whole: bool) -> list[bytes]:
    if former == end - start:
        return [] if whole else [span(start, end, subtree)]
    half = _split(end - start)
    middle = start + half
    if former <= half:
        left = _sub_proof(former, start, middle, subtree, whole=whole)
        return [*left, span(middle, end, subtree)]
    right = _sub_proof(former - half, middle, end, subtree, whole=False)
    return [*right, span(start, middle, subtree)]
