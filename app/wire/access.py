"""A camera's address and password: `POST /v1/cameras/{id}/access`, asked when it is opened.

The only answer that holds either (DESIGN §4). It is bound to role and site and goes to the ledger.
"""

from __future__ import annotations

from pydantic import Field, SecretStr

from app.wire.base import Id, Message, Moment


class AccessAsk(Message):
    """Why: the incident that is being worked on, where there is one."""

    incident: Id | None = None


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
