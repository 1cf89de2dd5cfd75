"""What lets a known operator in without the hub: salted, slow, no password in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError
from typing_extensions import override

from app.wire.session import Account

# RFC 7914; 32 MiB and about 0.15 s on an office PC. argon2 is the hub's (one more native library
# in the console would buy little: whoever reads this file has the profile and its key already).
_COST, _BLOCK, _LANES = 2**15, 8, 1
_MEMORY = 64 * 2**20
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Scrypt:
    """The work of one check; tests ask for less."""

    cost: int = _COST

    def digest(self, password: str, salt: bytes) -> bytes:
        return hashlib.scrypt(
            password.encode(), salt=salt, n=self.cost, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=32
        )


class Verifier(BaseModel):
    """`verified` (when the hub last accepted the password) and `failed_at`: sure Unix seconds.

    `hours`: how long the hub lets this person work without it. `failures`: wrong passwords in a
    row. Its text goes into the sealed secrets only.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    account: Account
    salt: str
    digest: str
    cost: int
    hours: float
    verified: float
    failures: int = 0
    failed_at: float = 0.0

    @override
    def __repr__(self) -> str:
        return f"Verifier({self.account.username!r})"

    @override
    def __str__(self) -> str:
        return repr(self)

    def accepts(self, password: str) -> bool:
        """Takes as long as `Scrypt` does: not on the loop's thread."""
        made = Scrypt(self.cost).digest(password, base64.b64decode(self.salt))
        return hmac.compare_digest(made, base64.b64decode(self.digest))

    def failed(self, now: float) -> Verifier:
        return self.model_copy(update={"failures": self.failures + 1, "failed_at": now})

    def succeeded(self) -> Verifier:
        return self.model_copy(update={"failures": 0, "failed_at": 0.0})


def made(account: Account, password: str, hours: float, now: float, scrypt: Scrypt) -> Verifier:
    """Slow, like `accepts`."""
    salt = os.urandom(_SALT_BYTES)
    return Verifier(
        account=account,
        salt=base64.b64encode(salt).decode(),
        digest=base64.b64encode(scrypt.digest(password, salt)).decode(),
        cost=scrypt.cost,
        hours=hours,
        verified=now,
    )


def read(text: str | None) -> Verifier | None:
    """None for nothing, and for what is no verifier."""
    try:
        return None if text is None else Verifier.model_validate_json(text)
    except ValidationError:
        return None
