"""AES-256-GCM for what lies on this computer's disk."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
# The first byte of everything sealed, so that another cipher can follow (KCMVP asks for ARIA).
_VERSION = b"\x01"
# NIST SP 800-38D: 96 bits; random ones are safe for 2**32 sealings with one key.
_NONCE_BYTES = 12


class UnsealableError(ValueError):
    """Damaged, or sealed with another key, or for another purpose."""


class Sealer:
    """Seals with one key. `bound` names what a text belongs to: it cannot be moved elsewhere."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, bound: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, bound.encode())

    def open(self, sealed: bytes, bound: str) -> bytes:
        """Raises `UnsealableError`."""
        nonce, text = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
            raise UnsealableError
        try:
            return self._cipher.decrypt(nonce, text, bound.encode())
        except InvalidTag:
            raise UnsealableError from None


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def derived(key: bytes, purpose: str) -> bytes:
    """A key for one purpose; from it nobody can tell the others (RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(key)
