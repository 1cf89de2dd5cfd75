"""Server-sent events, as they trickle in: bytes → events (WHATWG HTML, "Server-sent events")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.text import Text

# The largest row of the hub (an incident with its history) has some 100 KB; whatever is longer
# than this is no frame, and must not fill the memory.
LONGEST_EVENT = 4 * 2**20


@dataclass(frozen=True, slots=True)
class SseEvent:
    """One event; `id` is the newest that was named, also by an event before this one."""

    event: str
    data: str
    id: str = ""


class SseParser:
    """`feed` takes the stream cut anywhere, inside a character or a line end too."""

    def __init__(self) -> None:
        self._started = False
        self._after_cr = False
        self._parts: list[bytes] = []
        self._size = 0
        self._event = ""
        self._data: list[str] = []
        self._id = ""

    def feed(self, chunk: bytes) -> Iterator[SseEvent]:
        """The events that are whole now; take them all, or stop reading for good.

        Raises `BadInput` at the first that is no UTF-8 or too long.
        """
        for line in self._lines(chunk):
            if line:
                self._field(_decoded(line))
            elif event := self._dispatched():
                yield event

    def _lines(self, chunk: bytes) -> list[bytes]:
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._after_cr = False
        if chunk:
            self._after_cr = chunk.endswith(b"\r")
        self._size += len(chunk)
        if self._size > LONGEST_EVENT:
            raise _too_long()
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._parts.append(chunk)
        if b"\n" not in chunk:
            return []
        *lines, rest = b"".join(self._parts).split(b"\n")
        self._parts = [rest]
        if not self._started and lines:
            self._started = True
            lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
        return lines

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "event":
                self._event = value
            case "data":
                self._data.append(value)
            case "id" if "\0" not in value:
                self._id = value
            case _:
                pass  # a comment, `retry`, or what a later version brings

    def _dispatched(self) -> SseEvent | None:
        event, data = self._event or "message", self._data
        self._event, self._data = "", []
        self._size = len(self._parts[0])
        return SseEvent(event, "\n".join(data), self._id) if data else None


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise BadInput(
            Text("허브의 응답이 UTF-8이 아닙니다.", "The hub's answer is not UTF-8.")
        ) from None


def _too_long() -> BadInput:
    return BadInput(Text("허브의 응답이 너무 깁니다.", "The hub's answer is too long."))
