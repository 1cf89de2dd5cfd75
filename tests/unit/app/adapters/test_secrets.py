from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.core import load_keyring
from keyring.errors import KeyringLocked

from app.adapters import secrets as secrets_module
from app.adapters.secret_key import ENTRY, SERVICE
from app.adapters.secrets import FILE_NAME, SealedSecrets
from app.domain.errors import Unavailable
from tests.fakes.clock import HandClock
from tests.fakes.keyring import MemoryKeyring


@pytest.fixture(autouse=True)
def _a_keyring() -> Iterator[None]:
    keyring.set_keyring(load_keyring("tests.fakes.keyring.MemoryKeyring"))
    yield
    keyring.set_keyring(load_keyring("tests.fakes.keyring.MemoryKeyring"))


async def opened(folder: Path, ring_seconds: float = 10.0) -> SealedSecrets:
    return await SealedSecrets.open(folder, HandClock(), ring_seconds)


def asides(folder: Path) -> list[Path]:
    return [*folder.glob("secrets.*-*.bin")]


async def kept(folder: Path, value: str = "값 1") -> bytes:
    """Keeps one secret in a run of its own; a key of that run."""
    secrets = await opened(folder)
    await secrets.put("name", value)
    key = secrets.key("store")
    await secrets.close()
    return key


async def test_secrets_and_keys_are_the_same_in_the_next_run(tmp_path: Path) -> None:
    key = await kept(tmp_path)
    secrets = await opened(tmp_path)
    assert secrets.notices == ()
    assert secrets.lasting
    assert secrets.get("name") == "값 1"
    assert secrets.get("other") is None
    assert secrets.key("store") == key != secrets.key("other")
    await secrets.forget("name")
    await secrets.forget("name")
    await secrets.close()
    again = await opened(tmp_path)
    assert again.get("name") is None
    await again.close()


async def test_nothing_can_be_read_in_the_file(tmp_path: Path) -> None:
    await kept(tmp_path, "hunter2")
    path = tmp_path / FILE_NAME
    assert b"hunter2" not in path.read_bytes()
    assert b"name" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", ["empty", "rubbish", "cut", "changed"])
async def test_a_damaged_file_is_put_aside_and_told(tmp_path: Path, damage: str) -> None:
    key = await kept(tmp_path)
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    content = {
        "empty": b"",
        "rubbish": b"rubbish" * 9,
        "cut": whole[:-1],
        "changed": whole[:-1] + bytes([whole[-1] ^ 1]),
    }[damage]
    path.write_bytes(content)
    secrets = await opened(tmp_path)
    assert "damaged" in secrets.notices[0].en
    assert secrets.get("name") is None
    assert secrets.lasting
    assert secrets.key("store") == key, "the store's key is not in the damaged file"
    (aside,) = asides(tmp_path)
    assert aside.read_bytes() == content
    await secrets.put("name", "new")
    await secrets.close()
    assert (await _get(tmp_path)) == "new"


async def test_a_lost_key_is_told_and_the_former_file_stays(tmp_path: Path) -> None:
    await kept(tmp_path)
    keyring.delete_password(SERVICE, ENTRY)
    secrets = await opened(tmp_path)
    assert "key is gone" in secrets.notices[0].en
    assert secrets.get("name") is None
    assert secrets.lasting
    assert len(asides(tmp_path)) == 1
    await secrets.close()


async def test_behind_a_locked_keyring_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kept(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()

    def locked(*_: object) -> str:
        raise KeyringLocked

    with monkeypatch.context() as patched:
        patched.setattr(MemoryKeyring, "get_password", locked)
        secrets = await opened(tmp_path)
    assert not secrets.lasting
    await secrets.put("name", "this run")
    assert secrets.get("name") == "this run"
    await secrets.close()
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert await _get(tmp_path) == "값 1"


@pytest.mark.allow_logs("app.tasks")
async def test_a_keyring_that_hangs_does_not_hold_up_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kept(tmp_path)
    released = threading.Event()
    monkeypatch.setattr(MemoryKeyring, "get_password", lambda *_: released.wait(30) and None)
    secrets = await opened(tmp_path, ring_seconds=0.05)
    released.set()
    assert not secrets.lasting
    await secrets.close()


async def test_a_file_of_a_newer_version_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(secrets_module, "_VERSION", 2)
        await kept(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    secrets = await opened(tmp_path)
    assert "newer version" in secrets.notices[0].en
    assert not secrets.lasting
    await secrets.close()
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_a_full_disk_is_said_and_the_former_secrets_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = await opened(tmp_path)
    await secrets.put("name", "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(secrets_module, "write_private", full)
        with pytest.raises(Unavailable, match="No space left"):
            await secrets.put("name", "new")
    assert secrets.get("name") == "old"
    await secrets.close()


async def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    secrets = await opened(tmp_path)
    await secrets.put("name", "value")
    await secrets.close()
    assert await _get(tmp_path) == "value"


async def _get(folder: Path) -> str | None:
    secrets = await opened(folder)
    await secrets.close()
    return secrets.get("name")
