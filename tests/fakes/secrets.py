"""Secrets that live in the test."""

from __future__ import annotations

import hashlib

from typing_extensions import override

from app.domain.errors import Failure
from app.domain.text import Text
from app.services.secrets_port import Secrets


class MemorySecrets(Secrets):
    """`refuses`: what every writing raises."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.refuses: Failure | None = None

    @property
    @override
    def notices(self) -> tuple[Text, ...]:
        return ()

    @property
    @override
    def lasting(self) -> bool:
        return True

    @override
    def key(self, purpose: str) -> bytes:
        return hashlib.sha256(purpose.encode()).digest()

    @override
    def get(self, name: str) -> str | None:
        return self.values.get(name)

    @override
    async def put(self, name: str, value: str) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.values[name] = value

    @override
    async def forget(self, name: str) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.values.pop(name, None)

    @override
    async def close(self) -> None: ...
