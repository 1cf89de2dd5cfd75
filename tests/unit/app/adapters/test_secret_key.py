from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.core import load_keyring
from keyring.errors import KeyringLocked, PasswordSetError

from app.adapters.secret_key import (
    ENTRY,
    KEY_FILE,
    SERVICE,
    Ring,
    choose,
    key_id,
    read_ring,
    write_private,
    write_ring,
)
from tests.fakes.keyring import MemoryKeyring


@pytest.fixture(autouse=True)
def _a_keyring() -> Iterator[None]:
    keyring.set_keyring(load_keyring("tests.fakes.keyring.MemoryKeyring"))
    yield
    keyring.set_keyring(load_keyring("tests.fakes.keyring.MemoryKeyring"))


def test_the_first_key_goes_into_the_keyring(tmp_path: Path) -> None:
    assert read_ring() == (Ring.ANSWERS, None)
    key = choose(tmp_path, read_ring(), None)
    assert key.lasting
    assert key.notices == ()
    assert read_ring() == (Ring.ANSWERS, key.value)
    assert list(tmp_path.iterdir()) == []
    assert choose(tmp_path, read_ring(), key_id(key.value)).value == key.value


def test_without_a_keyring_the_key_lies_in_a_private_file_and_that_is_told_once(
    tmp_path: Path,
) -> None:
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    assert read_ring() == (Ring.ABSENT, None)
    key = choose(tmp_path, read_ring(), None)
    path = tmp_path / KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path) in key.notices[0].ko
    again = choose(tmp_path, read_ring(), key_id(key.value))
    assert (again.value, again.notices, again.lasting) == (key.value, (), True)


def test_a_keyring_that_forgets_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryKeyring, "set_password", lambda *_: None)
    assert not write_ring(bytes(32))
    assert choose(tmp_path, read_ring(), None).notices
    assert (tmp_path / KEY_FILE).exists()


def test_a_keyring_that_refuses_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PasswordSetError

    monkeypatch.setattr(MemoryKeyring, "set_password", refuse)
    assert not write_ring(bytes(32))


def test_a_locked_keyring_costs_this_run_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> str:
        raise KeyringLocked

    monkeypatch.setattr(MemoryKeyring, "get_password", locked)
    assert read_ring() == (Ring.SHUT, None)
    key = choose(tmp_path, read_ring(), bytes(8))
    assert not key.lasting
    assert "Unlock" in key.notices[0].en
    assert list(tmp_path.iterdir()) == []


def test_a_lost_key_is_replaced(tmp_path: Path) -> None:
    key = choose(tmp_path, read_ring(), bytes(8))
    assert key.lasting
    assert read_ring()[1] == key.value


@pytest.mark.parametrize("text", ["", "not base64 !", base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_none(tmp_path: Path, text: str) -> None:
    keyring.set_password(SERVICE, ENTRY, text)
    (tmp_path / KEY_FILE).write_text(text)
    assert read_ring() == (Ring.ANSWERS, None)
    key = choose(tmp_path, (Ring.ABSENT, None), None)
    assert len(key.value) == 32


def test_a_folder_that_takes_no_file(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    key = choose(in_the_way, (Ring.ABSENT, None), None)
    assert not key.lasting
    assert "this run only" in key.notices[0].en


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    key = choose(tmp_path, read_ring(), None)
    assert repr(key.value)[2:-1] not in repr(key)


def test_a_writing_that_fails_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f"
    write_private(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["f"]
