"""A camera's address and password: `POST /v1/cameras/{id}/access`, asked when it is opened.

The only answer that holds either (DESIGN §4). It is bound to role and site and goes to the ledger.
A receiver asks `POST /v1/shares/{share}/cameras/{camera}/access` and gets the same form with the
relay's address and a token of its own.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, SecretStr

from app.wire.base import Id, Message, Moment


class AccessAsk(Message):
    """Why: the incident that is being worked on, where there is one, or a purpose in words.

    `relay`: the camera itself takes no more sessions. `profile`: what the relay is to pass on;
    thin: the key frames of the smaller one only.
    """

    incident: Id | None = None
    purpose: str = Field(default="", max_length=500)
    relay: bool = False
    profile: str = Field(default="sub", max_length=20)


class ProfileAccess(Message):
    """`name` as in `app.wire.entities.ProfileRow`; `url` without user and password."""

    name: str
    url: SecretStr


class CameraAccess(Message):
    """`media`: direct or relay. `until`: a console without the hub forgets it then."""

    id: Id
    media: str = "direct"
    profiles: tuple[ProfileAccess, ...] = ()
    username: SecretStr | None = None
    password: SecretStr | None = Field(default=None, max_length=1024)
    until: Moment | None = None


def with_secrets(access: CameraAccess) -> dict[str, Any]:
    """JSON with the secrets in clear: for the answer itself and for a sealed cache only."""
    value = access.model_dump(mode="json")
    for name in ("username", "password"):
        secret: SecretStr | None = getattr(access, name)
        value[name] = secret.get_secret_value() if secret is not None else None
    for profile, written in zip(access.profiles, value["profiles"], strict=True):
        written["url"] = profile.url.get_secret_value()
    return value
