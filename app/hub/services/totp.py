"""The second factor: six digits that change every 30 s (RFC 6238)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import pyotp

ISSUER: Final = "Gwanje"
STEP_SECONDS: Final = 30
_DIGITS: Final = 6


def new_secret() -> str:
    """160 bits in base 32, as authenticator apps take it."""
    return pyotp.random_base32()


def address(secret: str, username: str) -> str:
    """`otpauth://…`, to be shown as a picture to scan. Holds the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime, after: int = 0) -> int | None:
    """The step whose code this is, at most one away from now; None for a wrong or a used one.

    Steps up to `after` have been used: a code seen over someone's shoulder does not serve again.
    """
    if len(code) != _DIGITS or not code.isascii() or not code.isdigit():
        return None
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // STEP_SECONDS
    for step in (current - 1, current, current + 1):
        if step > after and pyotp.utils.strings_equal(code, totp.generate_otp(step)):
            return step
    return None
