"""Signing in: `POST /v1/session`, and what a console knows of itself from then on."""

from __future__ import annotations

from pydantic import Field, SecretStr

from app.wire.base import Id, Message, Moment, Seq


class SignIn(Message):
    """`totp`: six digits, where the account asks for them. `client` names the console for ever."""

    username: str = Field(min_length=1, max_length=64)
    password: SecretStr = Field(max_length=1024)
    totp: SecretStr | None = None
    client: Id
    workstation: str = Field(default="", max_length=120)
    version: str = Field(default="", max_length=40)


class Account(Message):
    """Who signed in. `must_change`: the password is a one-time one."""

    id: Id
    username: str
    name: str
    role: str
    site: Id
    must_change: bool = False


class Session(Message):
    """What `POST /v1/session` gives and `GET /v1/session` repeats (without `token`).

    `token` goes into `Authorization: Bearer`; it can be revoked at any moment. `offline_hours` is
    how long this person may work while the hub cannot be reached. `min_seq`, `head`: the oldest
    place of the log that is kept, and the newest.
    """

    token: SecretStr | None = None
    expires_at: Moment
    server_time: Moment
    epoch: Id
    min_seq: Seq
    head: Seq
    account: Account
    offline_hours: float = 0.0
    features: tuple[str, ...] = ()
