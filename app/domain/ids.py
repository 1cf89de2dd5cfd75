"""Names that whoever creates a thing gives it, and numbers that people read to each other."""

from __future__ import annotations

from datetime import datetime

from app.domain.korea import KST

_RANDOM_BYTES = 10
_MOST_MS = 1 << 48


def uuid7(at_ms: int, random: bytes) -> str:
    """A UUID of version 7 (RFC 9562 §5.7): sorts by time, needs nobody who hands it out.

    `at_ms`: milliseconds since 1970; `random`: ten bytes nobody can guess. Raises ValueError.
    """
    if len(random) != _RANDOM_BYTES or not 0 <= at_ms < _MOST_MS:
        message = "a time in 48 bits and ten random bytes"
        raise ValueError(message)
    noise = int.from_bytes(random, "big")
    value = (
        at_ms << 80 | 0x7 << 76 | (noise >> 64 & 0xFFF) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    )
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def incident_number(received_at: datetime, count: int) -> str:
    """Like "20261125-0007": the day in Korea, and the how-manieth of that day (from 1).

    Raises ValueError for a time without a zone or a count below 1.
    """
    if received_at.tzinfo is None or count < 1:
        message = "an aware time and a count from 1"
        raise ValueError(message)
    return f"{received_at.astimezone(KST):%Y%m%d}-{count:04d}"
