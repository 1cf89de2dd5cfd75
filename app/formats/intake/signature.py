"""Signed webhooks by the Standard Webhooks specification 1.0 (standardwebhooks.com).

The signature is an HMAC-SHA256 over `id.timestamp.body`; a sender that changes its secret signs
with both, so a header may hold several. The same id within the window is the caller's to refuse:
it needs a memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.domain.errors import BadInput, Refused
from app.domain.text import Text

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
# The window of the specification, on both sides, since clocks run ahead as well as behind.
WINDOW = timedelta(minutes=5)
_VERSION = "v1"
_PREFIX = "whsec_"
# The specification asks for 24 to 64 bytes.
_SECRET_BYTES = range(24, 65)
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
_MAX_ID = 256
# A header with more than this is an attempt, not a rotation of secrets.
_MAX_SIGNATURES = 8

_MISSING = Text("서명 머리글이 없습니다", "the signature headers are missing")
_BAD_TIME = Text("서명 시각이 올바르지 않습니다", "the time of the signature is malformed")
_OLD = Text(
    "서명한 지 5분이 지났습니다. 보낸 쪽의 시계를 확인하십시오",
    "signed more than five minutes ago; check the sender's clock",
)
_EARLY = Text(
    "서명 시각이 5분 넘게 앞서 있습니다. 보낸 쪽의 시계를 확인하십시오",
    "signed more than five minutes ahead; check the sender's clock",
)
_WRONG = Text("서명이 맞지 않습니다", "the signature is wrong")
_BAD_SECRET = Text(
    "서명 비밀값은 whsec_ 뒤에 24–64바이트를 base64로 적습니다",
    "a signing secret is whsec_ followed by 24 to 64 bytes in base64",
)


@dataclass(frozen=True, slots=True)
class Secret:
    """A sender's key."""

    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good signature vouches for; `id` is the same when a delivery is tried again."""

    id: str
    at: datetime


def secret(text: str) -> Secret:
    """A secret as senders are given it. Raises BadInput, without a word of it."""
    try:
        key = base64.b64decode(text.strip().removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise BadInput(_BAD_SECRET) from None
    if len(key) not in _SECRET_BYTES:
        raise BadInput(_BAD_SECRET)
    return Secret(key)


def check(
    headers: Mapping[str, str], body: bytes, secrets: Sequence[Secret], now: datetime
) -> Signed:
    """Raises Refused unless one of the signatures was made with one of the secrets, just now.

    `headers` by name in any case. Every signature is compared with every secret, in constant
    time, so that nothing can be learnt from how long a refusal takes.
    """
    named = {name.lower(): value for name, value in headers.items()}
    delivery, stamp = named.get(ID, ""), named.get(TIMESTAMP, "")
    given = named.get(SIGNATURE, "").split()
    if not delivery or not stamp or not given or len(delivery) > _MAX_ID:
        raise Refused(_MISSING)
    if not _SECONDS.fullmatch(stamp):
        raise Refused(_BAD_TIME)
    at = datetime.fromtimestamp(min(int(stamp), _LATEST), UTC)
    wanted = [_sign(delivery, stamp, body, one) for one in secrets]
    matches = [
        hmac.compare_digest(one.encode("utf-8", "replace"), good)
        for one in given[:_MAX_SIGNATURES]
        for good in wanted
    ]
    if not any(matches):
        raise Refused(_WRONG)
    # After the signature: a stranger learns nothing of our clock.
    if abs(at - now) > WINDOW:
        raise Refused(_OLD if at < now else _EARLY)
    return Signed(delivery, at)


# The last second that a datetime can hold, a day early for the zones.
_LATEST = 253_402_214_400


def sign(delivery: str, at: datetime, body: bytes, key: Secret) -> dict[str, str]:
    """The three headers for a body that we send."""
    stamp = str(int(at.timestamp()))
    return {
        ID: delivery,
        TIMESTAMP: stamp,
        SIGNATURE: _sign(delivery, stamp, body, key).decode(),
    }


def _sign(delivery: str, stamp: str, body: bytes, key: Secret) -> bytes:
    content = f"{delivery}.{stamp}.".encode("utf-8", "replace") + body
    digest = hmac.new(key.key, content, hashlib.sha256).digest()
    return f"{_VERSION},".encode() + base64.b64encode(digest)
