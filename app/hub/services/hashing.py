"""Verifiers of passwords: argon2id, off the loop."""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.passwords import LONGEST, normalised
from app.hub.tasks import Threads

# One costs 64 MiB and some 50 ms: two at once leave the other core to the loop.
_AT_ONCE: Final = 2


class Hashing:
    """`hasher`: RFC 9106's second choice (64 MiB, 3 passes) unless a test wants less."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = Threads("hub passwords", _AT_ONCE)
        self._decoy = ""

    async def verifier(self, password: str) -> str:
        return await self._threads.run(self.verifier_now, password)

    def verifier_now(self, password: str) -> str:
        """Blocks; for a command without a loop."""
        return self._hasher.hash(normalised(password))

    async def fits(self, verifier: str | None, password: str) -> bool:
        """Takes as long for an account that is not there (None)."""
        return await self._threads.run(self._fits, verifier, password)

    def weak(self, verifier: str) -> bool:
        """Made with less than is asked for today."""
        return self._hasher.check_needs_rehash(verifier)

    async def close(self) -> bool:
        return await self._threads.close()

    def _fits(self, verifier: str | None, password: str) -> bool:
        known = verifier is not None
        if verifier is None:
            self._decoy = self._decoy or self._hasher.hash("nobody's")
            verifier = self._decoy
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(verifier, normalised(password))
        except (VerificationError, InvalidHashError):
            return False
        return known
