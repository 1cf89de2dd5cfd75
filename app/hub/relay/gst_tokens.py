"""Who may watch what at the relay. For the system's Python: nothing but the standard library."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import threading
import time
from dataclasses import dataclass, field
from typing import Any

# An old session and its successor, when a receiver reconnects.
_SESSIONS_OF_A_TOKEN = 2


@dataclass
class Token:
    """What opens `path`. `until`, `first`: of `time.monotonic`; `basic`: once it was shown."""

    id: str
    sha256: str
    path: str
    until: float
    first: float
    address: str | None
    moving: bool
    basic: str | None = None
    clients: set[Any] = field(default_factory=set)


class Tokens:
    """Who may watch what; asked from the threads of clients, told from the main loop."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._by_id: dict[str, Token] = {}

    def allow(self, given: dict[str, Any]) -> None:
        now = time.monotonic()
        with self._lock:
            known = self._by_id.get(given["id"])
            new = Token(
                given["id"], given["sha256"], given["path"], now + float(given["seconds"]),
                now + float(given["first"]), given["address"], bool(given["moving"]),
            )  # fmt: skip
            if known is not None:
                new.basic, new.clients = known.basic, known.clients
                new.address = known.address or new.address
            self._by_id[new.id] = new

    def take(self, id_: str) -> Token | None:
        with self._lock:
            return self._by_id.pop(id_, None)

    def over(self) -> list[str]:
        """Those whose time is over, or that were not used in time."""
        now = time.monotonic()
        with self._lock:
            return [
                token.id
                for token in self._by_id.values()
                if now >= token.until or (token.address is None and now >= token.first)
            ]

    def check(self, basic: str, path: str, address: str) -> tuple[Token | None, str]:
        """The token that these credentials name, or why they do not serve."""
        try:
            name, _, secret = base64.b64decode(basic, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None, "unknown"
        shown = hashlib.sha256(secret.encode()).hexdigest()
        with self._lock:
            token = self._by_id.get(name)
            if token is None or not hmac.compare_digest(token.sha256, shown):
                return None, "unknown"
            now = time.monotonic()
            if now >= token.until or (token.address is None and now >= token.first):
                return None, "over"
            if token.path != path:
                return None, "other camera"
            if token.address not in {None, address} and not token.moving:
                return None, "other address"
            if token.address is None:
                token.address = address
            token.basic = basic
            return token, ""

    def open(self, token: Token, client: Any) -> str:
        """Why it may not open one more; nothing where it may."""
        with self._lock:
            if self._by_id.get(token.id) is not token:
                return "over"
            if client not in token.clients and len(token.clients) >= _SESSIONS_OF_A_TOKEN:
                return "twice"
            token.clients.add(client)
            return ""

    def close(self, client: Any) -> Token | None:
        with self._lock:
            for token in self._by_id.values():
                if client in token.clients:
                    token.clients.discard(client)
                    return token
        return None

    def watching(self) -> int:
        with self._lock:
            return sum(len(token.clients) for token in self._by_id.values())

    def on(self, path: str) -> list[Any]:
        with self._lock:
            of_path = [token for token in self._by_id.values() if token.path == path]
            return [client for token in of_path for client in token.clients]
