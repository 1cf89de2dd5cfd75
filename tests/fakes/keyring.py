"""A keyring in memory: no test reads or writes the person's own."""

from __future__ import annotations

from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from typing_extensions import override


class MemoryKeyring(KeyringBackend):
    priority = 1.0
    _secrets: ClassVar[dict[tuple[str, str], str]] = {}

    @classmethod
    def forget(cls) -> None:
        cls._secrets.clear()

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self._secrets.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self._secrets[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        if self._secrets.pop((service, username), None) is None:
            raise PasswordDeleteError(username)
