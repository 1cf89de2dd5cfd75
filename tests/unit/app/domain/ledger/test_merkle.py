"""Roots and proofs, against the vectors of the Certificate Transparency project."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ledger import merkle

# certificate-transparency-go, testonly: leaves, and the roots of the first 1 … 8 of them.
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(bytes.fromhex(text)) for text in INPUTS]


def over(leaves: list[bytes]) -> merkle.Subtree:
    def subtree(level: int, place: int) -> bytes:
        if level == 0:
            return leaves[place]
        return merkle.node_hash(subtree(level - 1, 2 * place), subtree(level - 1, 2 * place + 1))

    return subtree


def many(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(n).encode()) for n in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert merkle.root(size, over(LEAVES)).hex() == ROOTS[size - 1]


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root(0, over([])) == merkle.EMPTY == sha256(b"").digest()


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_shown_to_be_in_the_tree_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = many(size)
    root = merkle.root(size, over(leaves))
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, over(leaves))
    assert merkle.included(leaves[index], index, size, path, root)
    assert not merkle.included(merkle.leaf_hash(b"x"), index, size, path, root)
    assert not merkle.included(leaves[index], index, size, path, merkle.leaf_hash(b"x"))
    assert not merkle.included(leaves[index], index, size, [*path, root], root)
    if path:
        assert not merkle.included(leaves[index], index, size, path[:-1], root)
    assert not merkle.included(leaves[index], size, size, path, root)


@given(st.integers(1, 70), st.data())
def test_a_history_that_goes_on_is_told_from_another_one(size: int, data: st.DataObject) -> None:
    leaves = many(size)
    former = data.draw(st.integers(1, size))
    root, before = (merkle.root(count, over(leaves)) for count in (size, former))
    path = merkle.consistency(former, size, over(leaves))
    assert merkle.consistent(former, before, size, root, path)
    changed = data.draw(st.integers(0, former - 1))
    other = [*leaves[:changed], merkle.leaf_hash(b"changed"), *leaves[changed + 1 :]]
    forged = merkle.root(size, over(other))
    assert not merkle.consistent(former, before, size, forged, path)
    theirs = merkle.consistency(former, size, over(other))
    assert not merkle.consistent(former, before, size, forged, theirs)


def test_what_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="leaf 3"):
        merkle.inclusion(3, 3, over(LEAVES))
    for former in (0, 4):
        with pytest.raises(ValueError, match="no tree"):
            merkle.consistency(former, 3, over(LEAVES))
    assert not merkle.consistent(4, ROOT, 3, ROOT, [ROOT])
    assert not merkle.consistent(2, ROOT, 3, ROOT, [])
    assert not merkle.consistent(1, ROOT, 2, ROOT, [ROOT, ROOT, ROOT])


@given(st.integers(0, 200))
def test_peaks_say_what_the_tree_is_made_of(size: int) -> None:
    leaves = many(size)
    found = merkle.peaks(size, over(leaves))
    assert len(found) == size.bit_count()
    if found:
        right = found[-1]
        for left in found[-2::-1]:
            right = merkle.node_hash(left, right)
        assert right == merkle.root(size, over(leaves))


ROOT = merkle.leaf_hash(b"")
