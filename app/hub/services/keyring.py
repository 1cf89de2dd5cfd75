"""The key that lies outside the database, and what it seals: passwords of cameras and of routes."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from app.domain.errors import BadInput, Unavailable
from app.domain.text import Text
from app.hub.store import vault
from app.hub.store.transaction import Transaction
from app.hub.store.vault import Sealed

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_BAD_KEY = Text(
    "허브의 열쇠 파일이 올바르지 않습니다. 백업한 열쇠 파일을 되돌리십시오",
    "the hub's key file is damaged; put the saved one back",
)
_OTHER_KEY = Text(
    "다른 열쇠로 봉인된 비밀값이라 열 수 없습니다. 백업한 열쇠 파일을 되돌리십시오",
    "a secret was sealed with another key; put the saved key file back",
)


class Keyring:
    """AES-256-GCM; kind and owner are authenticated, so that no secret can be moved to another."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise BadInput(_BAD_KEY)
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"gwanje key id" + key).hexdigest()[:16]

    @classmethod
    def of_file(cls, path: Path) -> Keyring:
        """Makes the file on the first run, for nobody but its owner."""
        try:
            return cls(path.read_bytes())
        except FileNotFoundError:
            pass
        except OSError as error:
            raise Unavailable(_no_file(path, error)) from error
        key = secrets.token_bytes(_KEY_BYTES)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Unavailable(_no_file(path, error)) from error
        return cls(key)

    def keep(self, tx: Transaction, kind: str, owner: str, secret: bytes) -> bool:
        """Whether it is another one than before."""
        if self.reveal(tx.connection, kind, owner) == secret:
            return False
        nonce = secrets.token_bytes(_NONCE_BYTES)
        text = self._cipher.encrypt(nonce, secret, _about(kind, owner))
        vault.keep(tx, Sealed(kind, owner, self.key_id, nonce, text))
        return True

    def reveal(self, connection: Connection, kind: str, owner: str) -> bytes | None:
        """None where nothing is kept. Raises Unavailable if the key is another one."""
        sealed = vault.get(connection, kind, owner)
        if sealed is None:
            return None
        try:
            return self._cipher.decrypt(sealed.nonce, sealed.ciphertext, _about(kind, owner))
        except InvalidTag:
            raise Unavailable(_OTHER_KEY) from None


def _about(kind: str, owner: str) -> bytes:
    return f"{kind}\n{owner}".encode()


def _no_file(path: Path, error: OSError) -> Text:
    why = error.strerror or type(error).__name__
    return Text(
        f"허브의 열쇠 파일을 쓸 수 없습니다: {path.name} ({why})",
        f"the hub's key file cannot be used: {path.name} ({why})",
    )
