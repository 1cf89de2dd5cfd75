"""A signed state of the ledger in C2SP form (tlog-checkpoint, signed-note); signing is outside."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.domain.errors import BadInput
from app.domain.text import Text

_ED25519: Final = b"\x01"
_HASH, _KEY, _SIGNATURE, _ID = 32, 32, 64, 4
_BAD = Text("체크포인트의 형식이 올바르지 않습니다", "this is not a checkpoint")
_FORGED = Text(
    "체크포인트의 서명이 맞지 않습니다", "the signature of this checkpoint is not the hub's"
)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Whose signatures count: `name` and the 32 bytes of an Ed25519 key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID]

    @property
    def text(self) -> str:
        """`name+id+key`, as signed notes write it."""
        key = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    @staticmethod
    def of(text: str) -> VerifierKey:
        """Raises BadInput."""
        name, id_, key = [*text.strip().split("+", 2), "", ""][:3]
        try:
            raw = base64.b64decode(_padded(key), validate=True)
            made = VerifierKey(name, raw[1:])
            if raw[:1] != _ED25519 or len(made.public) != _KEY or made.id.hex() != id_:
                raise BadInput(_BAD)
        except (binascii.Error, ValueError):
            raise BadInput(_BAD) from None
        return made


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`size` entries have this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def signed(checkpoint: Checkpoint, key: VerifierKey, sign: Callable[[bytes], bytes]) -> str:
    """The note. `sign` gives 64 bytes."""
    signature = base64.b64encode(key.id + sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n— {key.name} {signature}\n"


def opened(note: str, key: VerifierKey, verify: Callable[[bytes, bytes], bool]) -> Checkpoint:
    """`verify(signature, message)` by `key`. Raises BadInput for another signer or form."""
    body, gap, rest = note.partition("\n\n")
    lines = body.split("\n")
    if not gap or len(lines) != 3 or not lines[1].isascii() or not lines[1].isdigit():  # noqa: PLR2004
        raise BadInput(_BAD)
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        raise BadInput(_BAD) from None
    if len(root) != _HASH:
        raise BadInput(_BAD)
    found = Checkpoint(lines[0], int(lines[1]), root)
    for line in rest.splitlines():
        mark, name, signature = [*line.split(" "), "", ""][:3]
        if mark == "—" and name == key.name and _fits(signature, found, key, verify):
            return found
    raise BadInput(_FORGED)


def _fits(
    text: str, found: Checkpoint, key: VerifierKey, verify: Callable[[bytes, bytes], bool]
) -> bool:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    if len(raw) != _ID + _SIGNATURE or raw[:_ID] != key.id:
        return False
    return verify(raw[_ID:], found.text.encode())


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)
