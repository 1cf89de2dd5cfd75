"""The one answer that holds a camera's address and password: to the call that asks for them."""

from __future__ import annotations

from pydantic import Field

from app.wire.base import Id, Message


class CameraAccess(Message):
    """`urls`: by name of the profile (main, sub), as they were given: they may hold a log-in.

    `user` and `password` where they lie apart from that. For the memory of the asker only.
    """

    camera: Id
    urls: dict[str, str] = Field(repr=False)
    user: str = Field(default="", repr=False)
    password: str = Field(default="", repr=False)
