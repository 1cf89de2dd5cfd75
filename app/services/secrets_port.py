"""Where the console keeps what nobody else may read."""

from __future__ import annotations

from typing import Protocol

from app.domain.text import Text


class Secrets(Protocol):
    """Small texts, encrypted on the disk. Calls on the loop's thread, none blocks it."""

    @property
    def notices(self) -> tuple[Text, ...]:
        """What the operator must know of how they were opened (begun anew, no keyring …)."""
        ...

    @property
    def lasting(self) -> bool:
        """False where nothing of this run can be read by the next one."""
        ...

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose, the same in every run (if `lasting`)."""
        ...

    def get(self, name: str) -> str | None: ...

    async def put(self, name: str, value: str) -> None:
        """On the disk when it returns; raises `app.domain.errors.Failure`."""
        ...

    async def forget(self, name: str) -> None:
        """Harmless where there is none; raises `app.domain.errors.Failure`."""
        ...

    async def close(self) -> None: ...
