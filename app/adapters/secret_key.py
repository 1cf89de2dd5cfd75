"""The one key behind all secrets: in the system's keyring, or in a file where there is none.

The keyring holds the key only: Windows' Credential Manager takes some 1,280 characters
(jaraco/keyring #355). Every call here may block: never on the loop's thread.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from app.adapters.sealing import KEY_BYTES, new_key
from app.domain.text import Text

SERVICE = "gwanje"
ENTRY = "key"
KEY_FILE = "secrets.key"


class Ring(Enum):
    """`SHUT`: there may be a key in it, but not for us, now."""

    ANSWERS = auto()
    ABSENT = auto()
    SHUT = auto()


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """`lasting` False: nobody will know it after this run. No repr: it is the key."""

    value: bytes
    lasting: bool = True
    notices: tuple[Text, ...] = ()


def key_id(key: bytes) -> bytes:
    """Eight bytes that tell keys apart and give nothing away."""
    return hashlib.sha256(b"gwanje key id" + key).digest()[:8]


def read_ring() -> tuple[Ring, bytes | None]:
    import keyring
    from keyring.errors import NoKeyringError

    try:
        return Ring.ANSWERS, _key_of(keyring.get_password(SERVICE, ENTRY))
    except NoKeyringError:
        return Ring.ABSENT, None
    except Exception:  # noqa: BLE001 - back ends raise what their D-Bus or Windows library raises
        return Ring.SHUT, None


def write_ring(key: bytes) -> bool:
    """Whether the keyring has it now; some take a password and keep nothing."""
    import keyring

    text = base64.b64encode(key).decode()
    try:
        keyring.set_password(SERVICE, ENTRY, text)
        return keyring.get_password(SERVICE, ENTRY) == text
    except Exception:  # noqa: BLE001 - as above
        return False


def choose(folder: Path, ring: tuple[Ring, bytes | None], wanted: bytes | None) -> Key:
    """The key whose id is `wanted`, else one that can serve from now on.

    `wanted` is the id of the key that sealed what lies there, None if nothing does. A key that
    was lost (the keyring answers, and has none or another) is replaced; one that may only be out
    of reach is not, and this run does without.
    """
    state, in_ring = ring
    known = [key for key in (in_ring, _from_file(folder / KEY_FILE)) if key is not None]
    if wanted is not None:
        for key in known:
            if key_id(key) == wanted:
                return Key(key)
        if state is not Ring.ANSWERS:
            return Key(new_key(), lasting=False, notices=(_OUT_OF_REACH,))
    if known:
        return Key(known[0])
    made = new_key()
    if state is Ring.ANSWERS and write_ring(made):
        return Key(made)
    return _in_a_file(folder / KEY_FILE, made)


def _key_of(text: str | None) -> bytes | None:
    try:
        key = base64.b64decode(text or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _from_file(path: Path) -> bytes | None:
    try:
        return _key_of(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def _in_a_file(path: Path, key: bytes) -> Key:
    try:
        write_private(path, base64.b64encode(key))
    except OSError as error:
        return Key(key, lasting=False, notices=(_not_written(error),))
    return Key(key, notices=(_file_instead(path),))


def write_private(path: Path, content: bytes) -> None:
    """Whole or not at all, for the owner's eyes only, on the disk when it returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        partial.unlink()
    # The mode counts from the first byte on; a later chmod would come too late.
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, no path
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Windows opens no folders, and NTFS needs none of this.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_OUT_OF_REACH = Text(
    "시스템 키 저장소가 열리지 않아 이번에는 저장된 로그인 정보와 허브 자료를 읽을 수 없습니다. "
    "키 저장소의 잠금을 풀고 다시 시작하세요.",
    "The system's keyring does not open: what was kept of sign-ins and of the hub cannot be read "
    "this time. Unlock the keyring and start again.",
)


def _file_instead(path: Path) -> Text:
    return Text(
        "이 컴퓨터에는 키 저장소가 없어 암호화 키를 파일에 둡니다. 이 계정의 다른 사람이 "
        f"읽지 못하게 하세요: {path}",
        "This computer has no keyring, so the key is kept in a file. Let nobody else use this "
        f"account: {path}",
    )


def _not_written(error: OSError) -> Text:
    return Text(
        f"암호화 키를 저장할 수 없습니다 ({error.strerror}). 로그인 정보는 이번에만 유지됩니다.",
        f"The key cannot be kept ({error.strerror}). Sign-ins are remembered for this run only.",
    )
