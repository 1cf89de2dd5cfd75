"""The newest end of the log in memory: who follows it needs the database only to catch up.

A wake-up shortens a wait and carries nothing: whoever misses all of them still finds everything by
asking again after his time is up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.hub.store.rows import Entry

# At 500 entries a second some eight seconds, a few megabytes.
_KEPT = 4_096


class Tail:
    """Belongs to the loop's thread."""

    def __init__(self, head: int, kept: int = _KEPT) -> None:
        self._head = head
        self._kept = kept
        self._entries: list[Entry] = []
        self._moved = asyncio.Event()

    @property
    def head(self) -> int:
        """The newest committed place that is known here."""
        return self._head

    def push(self, entries: Sequence[Entry]) -> None:
        """What was just committed, in order; wakes everybody who waits."""
        if not entries:
            return
        if entries[0].seq != self._head + 1:
            self._entries.clear()
        self._entries += entries
        if len(self._entries) > 2 * self._kept:
            del self._entries[: -self._kept]
        self._head = entries[-1].seq
        self._moved.set()
        self._moved = asyncio.Event()

    def since(self, seq: int, limit: int) -> tuple[Entry, ...] | None:
        """At most `limit` entries after this place; None where memory does not reach back."""
        if seq >= self._head:
            return ()
        if not self._entries or seq + 1 < self._entries[0].seq:
            return None
        first = seq + 1 - self._entries[0].seq
        return tuple(self._entries[first : first + limit])

    async def wait(self, seq: int, seconds: float) -> int:
        """Returns the head as soon as it is beyond `seq`, or when the time is up."""
        if self._head > seq:
            return self._head
        try:
            async with asyncio.timeout(seconds):
                while self._head <= seq:
                    await self._moved.wait()
        except TimeoutError:
            pass
        return self._head
