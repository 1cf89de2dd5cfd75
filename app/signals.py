"""The only publish mechanism: a typed, synchronous observer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Signal(Generic[T]):
    """Calls every receiver, in the order of connection, on the publisher's thread.

    A receiver that raises is logged and does not keep the others from hearing.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._receivers: list[Callable[[T], object]] = []

    def connect(self, receiver: Callable[[T], object]) -> Callable[[], None]:
        """Adds a receiver; the returned function takes it away again (harmless twice)."""
        self._receivers.append(receiver)

        def disconnect() -> None:
            if receiver in self._receivers:
                self._receivers.remove(receiver)

        return disconnect

    def emit(self, value: T) -> None:
        for receiver in tuple(self._receivers):
            try:
                receiver(value)
            except Exception:  # noqa: BLE001 - one deaf receiver must not deafen the others
                _log.exception("a receiver of %s failed", self._name)

    def __len__(self) -> int:
        return len(self._receivers)
