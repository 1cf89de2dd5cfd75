"""One subscription: its place in the log, and what comes next for it.

Nothing is queued: a subscription that is slow to take its frames stands where it is and reads on
from the log, so it can neither lose one nor hold memory. Frames come in the order of the log, hot
ones too: with one place to remember, a cut at any byte can neither lose nor repeat, and a backlog
of 10,000 frames takes about a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.account import Subject
from app.domain.text import Text
from app.hub.store.errors import Resync
from app.hub.store.reader import Reader
from app.hub.store.rows import Entry
from app.hub.store.tail import Tail
from app.hub.web.frames import Frames

BATCH: Final = 500
# What one answer holds at most; the rest follows at once.
BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Numbered:
    """A frame as JSON, and its place."""

    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """`epoch:seq` or `epoch:seq:view`, as consoles name it."""

    epoch: str
    seq: int

    @staticmethod
    def of(text: str, epoch: str, view: str) -> Place:
        """Raises `Resync` for another epoch or view, or what is no place at all.

        A place without a view is one that the stream named: those follow each other closely, and a
        change of rights ends the stream that they came by.
        """
        given, _, rest = text.partition(":")
        seq, _, seen = rest.partition(":")
        if given != epoch or not seq.isascii() or not seq.isdigit():
            raise Resync(_OTHER)
        if seen and seen != view:
            raise Resync(_RIGHTS)
        return Place(given, int(seq))


class Following:
    """`place`: up to where the log was looked at. `prev`: the last frame that was sent."""

    def __init__(
        self, tail: Tail, reader: Reader, frames: Frames, subject: Subject, since: int
    ) -> None:
        self._tail = tail
        self._reader = reader
        self._frames = frames
        self._subject = subject
        self.place = since
        self.prev = since

    async def begin(self) -> None:
        """Raises `Resync` where the log does not reach back so far."""
        await self._reader.since(self.place, 1)

    async def wait(self, seconds: float) -> None:
        await self._tail.wait(self.place, seconds)

    async def take(self) -> Sequence[Numbered]:
        """What may be seen of the next entries; may be nothing though there were some."""
        found: list[Numbered] = []
        size = 0
        for entry in await self._entries():
            text = await self._frames.text(entry, self._subject, self.prev)
            self.place = entry.seq
            if text is not None:
                self.prev = entry.seq
                found.append(Numbered(entry.seq, text))
                size += len(text)
                if size > BYTES:
                    break
        return found

    @property
    def behind(self) -> bool:
        return self.place < self._tail.head

    async def _entries(self) -> Sequence[Entry]:
        kept = self._tail.since(self.place, BATCH)
        if kept is not None:
            return kept
        return (await self._reader.since(self.place, BATCH)).entries


_RIGHTS = Text(
    "권한이나 기관이 바뀌었습니다. 전체 상태를 다시 받아야 합니다.",
    "Your rights or the sites have changed. A snapshot is needed.",
)
_OTHER = Text(
    "허브가 복구되었거나 기록이 새로 시작되었습니다. 전체 상태를 다시 받아야 합니다.",
    "The hub was restored or its log began anew. A snapshot is needed.",
)
