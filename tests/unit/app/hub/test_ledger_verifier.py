"""The one-file verifier finds what was done to a ledger, alone and from the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.ledger import merkle
from app.hub import ledger_verifier
from app.hub.ledger_verifier import NotALedgerError, ed25519, verify
from tests.fakes.ledgers import KEY, PRIVATE, Book, head, over, save

FORGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def test_a_sound_ledger(tmp_path: Path) -> None:
    book = Book().write(50)
    verdict = verify(save(tmp_path / "a", book.lines(beyond=3)), KEY.text, [book.note(20)])
    assert verdict.sound, verdict.problems
    assert (verdict.entries, verdict.size, verdict.beyond, verdict.remembered) == (50, 47, 3, 1)
    # Without a key the file vouches for itself, and the report says so.
    alone = verify(save(tmp_path / "a", book.lines()))
    assert alone.sound
    assert any("file itself" in line for line in ledger_verifier.told(alone, ""))


def cut(lines: list[bytes]) -> list[bytes]:
    return [*lines[:10], *lines[11:]]


def swap(lines: list[bytes]) -> list[bytes]:
    return [*lines[:10], lines[11], lines[10], *lines[12:]]


def bit(lines: list[bytes]) -> list[bytes]:
    changed = bytearray(lines[10])
    place = changed.index(b"C-10") + 3
    changed[place] ^= 1
    return [*lines[:10], bytes(changed), *lines[11:]]


def rubbish(lines: list[bytes]) -> list[bytes]:
    return [*lines[:10], b"\xff\xfe", *lines[11:]]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (bit, "entry 11 does not follow"),
        (cut, "entry 10 is missing"),
        (swap, "entry 10 is missing; 11 stands"),
        (rubbish, "entry 10 cannot be read"),
        (lambda lines: [*lines[:20], lines[-1]], "30 entries are signed, 19 are there"),
        (lambda lines: lines[:-1], "no checkpoint"),
    ],
)
def test_what_was_done_to_it_is_named(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], named: str
) -> None:
    book = Book().write(30)
    verdict = verify(save(tmp_path / "a", change(book.lines())), KEY.text)
    assert not verdict.sound
    assert named in "\n".join(verdict.problems)
    assert all("/" in problem for problem in verdict.problems), "in both languages"


def test_a_history_written_anew_is_caught_by_what_was_remembered(tmp_path: Path) -> None:
    book = Book().write(30)
    kept = book.note(20)
    other = Book(list(book.entries[:14])).write(0)
    other.entries.append(book.entries[14].replace(b"C-15", b"C-99"))
    rewritten = Book(other.entries).write(15)
    verdict = verify(save(tmp_path / "a", rewritten.lines()), KEY.text)
    assert verdict.sound, "it agrees with itself, and the hub signed it"
    verdict = verify(save(tmp_path / "a", rewritten.lines()), KEY.text, [kept])
    assert "another history up to 20" in verdict.problems[0]


def test_checkpoints_that_are_forged_or_from_elsewhere(tmp_path: Path) -> None:
    book = Book().write(9)
    forged = book.note(private=FORGER)
    path = save(tmp_path / "a", book.lines(note=forged))
    assert "not signed by this key" in verify(path, KEY.text).problems[0]
    path = save(tmp_path / "a", book.lines(note=Book().write(8).note()))
    assert "are not those" in verify(path, KEY.text).problems[0]
    path = save(tmp_path / "a", book.lines())
    assert "not signed" in verify(path, KEY.text, [forged]).problems[0]
    later = Book(list(book.entries)).write(4).note()
    assert "covers 13 entries" in verify(path, KEY.text, [later]).problems[0]


def test_a_ledger_whose_first_years_are_gone(tmp_path: Path) -> None:
    book = Book().write(40)
    leaves = [merkle.leaf_hash(entry) for entry in book.entries]
    lines = book.lines()
    start = head(24, merkle.peaks(24, over(leaves)), leaves[23].hex())
    verdict = verify(save(tmp_path / "a", [start, *lines[25:]]), KEY.text)
    assert verdict.sound, verdict.problems
    assert (verdict.entries, verdict.size) == (16, 40)
    with pytest.raises(NotALedgerError):
        verify(save(tmp_path / "a", [head(24, [], leaves[23].hex()), *lines[25:]]))


@pytest.mark.parametrize("text", [b"", b"{}", b"hello", b'{"gwanje-ledger":2}', b"\xff"])
def test_what_is_no_ledger(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(NotALedgerError):
        verify(save(tmp_path / "a", [text]))


def test_it_runs_by_itself_and_its_status_says_what_it_found(tmp_path: Path) -> None:
    program = save(tmp_path / "v.py", [Path(ledger_verifier.__file__).read_bytes()])
    book = Book().write(5)
    good, bad = save(tmp_path / "a", book.lines()), save(tmp_path / "b", cut(book.lines()[:12]))
    bad = save(tmp_path / "b", [*book.lines()[:3], *book.lines()[4:]])
    note = tmp_path / "note"
    note.write_text(book.note(3), encoding="utf-8")
    for path, status in ((good, 0), (bad, 1), (tmp_path / "none", 2), (note, 2)):
        # -I: nothing of this project can be imported.
        done = subprocess.run(
            [sys.executable, "-I", program, path, "--key", KEY.text, "--remembered", note],
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done
    assert ledger_verifier.main([str(good)]) == 0
    assert ledger_verifier.main([str(tmp_path / "none")]) == 2


def test_signatures_as_the_library_sees_them() -> None:
    for message in (b"", b"gwanje", "관제".encode() * 50):
        signature = PRIVATE.sign(message)
        assert ed25519(KEY.public, message, signature)
        assert not ed25519(KEY.public, message + b".", signature)
        for place in (0, 31, 32, 63):
            changed = bytearray(signature)
            changed[place] ^= 64
            assert not ed25519(KEY.public, message, bytes(changed))
    assert not ed25519(b"", b"", bytes(64))
    assert not ed25519(b"\xff" * 32, b"", bytes(64))
    # A number beyond the order of the curve: the same signature in another form.
    message = b"gwanje"
    signature = PRIVATE.sign(message)
    s = int.from_bytes(signature[32:], "little") + 2**252 + 27742317777372353535851937790883648493
    assert not ed25519(KEY.public, message, signature[:32] + s.to_bytes(32, "little"))


def test_a_beginning_that_is_said_to_be_retired_hides_nothing(tmp_path: Path) -> None:
    book = Book().write(40)
    old = book.note()
    leaves = [merkle.leaf_hash(entry) for entry in book.write(20).entries]
    lines = book.lines()
    start = head(50, merkle.peaks(50, over(leaves)), leaves[49].hex())
    file = save(tmp_path / "a", [start, *lines[51:]])
    assert verify(file, KEY.text).sound
    verdict = verify(file, KEY.text, [old])
    assert not verdict.sound
    assert "cannot be checked" in " ".join(problem for problem in map(str, verdict.problems))


def test_a_checkpoint_that_cannot_be_read_is_no_traceback(tmp_path: Path) -> None:
    lines = Book().write(3).lines()
    broken = [line.replace(b'"checkpoint":"', b'"checkpoint":') for line in lines]
    with pytest.raises(NotALedgerError):
        verify(save(tmp_path / "a", broken))
