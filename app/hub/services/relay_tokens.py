"""What the relay is told of a token and of the camera behind it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.errors import Refused
from app.domain.text import Text
from app.hub.services.relay_port import Pass, Source
from app.hub.store.shares import Token

# A token must be used first within this time; then it may come back until the share ends.
FIRST_USE_SECONDS: Final = 60.0
SECOND: Final = 1_000_000
# The profile that is made here of another one.
THIN: Final = "thin"
NO_ADDRESS: Final = Text("카메라의 영상 주소가 없습니다", "no address is kept of this camera")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a receiver opens. `until` in microseconds."""

    profile: str
    url: str
    user: str
    password: str = field(repr=False)
    until: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token that is to be made. `seconds`: so long; `share` "": for a console of the centre."""

    camera: str
    profile: str
    client: str
    site: str
    seconds: float
    share: str = ""
    moving: bool = False


class Paths:
    """`key`: of the hub; without it a path tells nothing of its camera."""

    def __init__(self, key: str) -> None:
        self._key = key

    def path(self, camera: str, profile: str) -> str:
        about = f"{self._key}\n{camera}\n{profile}".encode()
        return f"/{hashlib.sha256(about).hexdigest()[:24]}"

    def source(self, camera: str, profile: str, kept: Mapping[str, Any]) -> tuple[Source, str]:
        """Of the wanted profile, else of the only other one; with its name. Raises Refused."""
        urls: Mapping[str, str] = kept["urls"]
        if not urls:
            raise Refused(NO_ADDRESS)
        thin = profile == THIN
        wanted = "sub" if thin else profile
        name = wanted if wanted in urls else next(iter(urls))
        user, password = kept.get("user") or "", kept.get("password") or ""
        profile = THIN if thin else name
        return Source(self.path(camera, profile), urls[name], user, password, thin), profile

    def pass_of(self, token: Token, now: int) -> Pass:
        """As of `now`, in microseconds."""
        first = token.created + int(FIRST_USE_SECONDS * SECOND) - now
        return Pass(
            token.id, token.sha256, self.path(token.camera, token.profile),
            (token.until - now) / SECOND, first / SECOND, token.address, token.moving,
        )  # fmt: skip


def new(id_: str, wanted: Wanted, profile: str, now: int) -> tuple[Token, str]:
    """The token, and its secret of 128 bits, which is nowhere kept."""
    secret = secrets.token_hex(16)
    token = Token(
        id_, digest(secret), wanted.share or None, wanted.camera, wanted.site, wanted.client,
        profile, wanted.moving, now, now + int(wanted.seconds * SECOND),
    )  # fmt: skip
    return token, secret


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
