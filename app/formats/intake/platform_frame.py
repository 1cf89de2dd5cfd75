"""Frames of the platform socket: a stream of bytes cut at `;`, and the 48 characters of a header.

Modelled on three public implementations of the link between 112, 119 and vulnerable-persons
systems and a smart-city platform (스마트시티 통합플랫폼); the official interface document
(연계규격) was not seen, so this does not claim to conform to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.intake import Rejected
from app.domain.korea import KST
from app.domain.text import Text
from app.formats.fields import clean
from app.formats.intake.reading import moment_of

HEADER_LENGTH = 48
# The longest body that the public log record allows is below 3,000 characters.
LIMIT = 64 * 1024
END = b";"
BETWEEN = "|"

# kind, progress, time, sender, receiver, sent, length: 2+2+14+3+3+14+10 characters.
_HEADER = re.compile(
    r"(?P<kind>\d\d)(?P<progress>\d\d)(?P<at>\d{14})(?P<sender>[A-Z0-9]{3})"
    r"(?P<receiver>[A-Z0-9]{3})(?P<sent>\d{14})(?P<length>[\d ]{10})",
    re.ASCII,
)
# A header inside what was cut out as one frame: the `;` before it was lost.
_HEADER_WITHIN = re.compile(
    rb"(?:10(?:10|40|50|91)|9999)\d{14}(?:112|119|WP1)UCP\d{14}[\d ]{10}", re.ASCII
)
_BLANK = b"; \t\r\n\0"
# There is no way to write the two separators inside a field, so their full-width twins stand in.
_TWINS = str.maketrans({"|": "｜", ";": "；"})

TOO_LONG = Text(
    "64 KiB 안에 전문의 끝(;)이 없어 버리고 다음 전문을 기다립니다",
    "no end of the message (;) within 64 KiB; waiting for the next one",
)
NO_HEADER = Text(
    "전문 머리 48자를 읽을 수 없습니다", "the 48 characters of the header cannot be read"
)
_NO_TIME = Text(
    "전문 머리의 일시가 올바르지 않습니다", "a time in the header is not a date and time"
)


@dataclass(frozen=True, slots=True)
class Header:
    """`kind` 10 event, 99 login; `progress` 10, 40, 50, 91 or 99; times in UTC.

    `length` is what the sender says of the body, None where it says nothing readable.
    """

    kind: str
    progress: str
    at: datetime
    sender: str
    receiver: str
    sent: datetime
    length: int | None


@dataclass(slots=True)
class Framer:
    """Cuts a byte stream into frames, without their `;`, however the bytes are delivered."""

    _buffer: bytearray = field(default_factory=bytearray)
    _dropping: bool = False

    @property
    def unfinished(self) -> bytes:
        """What has come of a frame whose end is missing: to be kept if the sender falls silent."""
        return bytes(self._buffer.strip(_BLANK))

    def feed(self, chunk: bytes) -> list[bytes | Rejected]:
        """The frames that end in `chunk`, in order; Rejected in place of one that never ends."""
        found: list[bytes | Rejected] = []
        pieces = chunk.split(END)
        for piece in pieces[:-1]:
            found += self._take(piece)
            found += self._finish()
        found += self._take(pieces[-1])
        return found

    def _take(self, piece: bytes) -> list[Rejected]:
        if self._dropping:
            return []
        room = LIMIT - len(self._buffer)
        if len(piece) <= room:
            self._buffer += piece
            return []
        self._buffer.clear()
        self._dropping = True
        return [Rejected(TOO_LONG, LIMIT)]

    def _finish(self) -> list[bytes]:
        frame = bytes(self._buffer)
        self._buffer.clear()
        dropped, self._dropping = self._dropping, False
        return [] if dropped else split_at_headers(frame)


def split_at_headers(frame: bytes) -> list[bytes]:
    """One frame, or several where the `;` between them was lost; none for nothing but blanks."""
    starts = [0, *(m.start() for m in _HEADER_WITHIN.finditer(frame) if m.start() > 0)]
    parts = (frame[a:b].strip(_BLANK) for a, b in zip(starts, [*starts[1:], None], strict=True))
    return [part for part in parts if part]


def read_header(text: str) -> Header | Rejected:
    """The first 48 characters of a frame."""
    match = _HEADER.match(text)
    if match is None:
        return Rejected(NO_HEADER)
    at, sent = moment_of(match["at"]), moment_of(match["sent"])
    if at is None or sent is None:
        return Rejected(_NO_TIME, match.start("sent" if at else "at"))
    length = match["length"].strip()
    return Header(
        match["kind"],
        match["progress"],
        at,
        match["sender"],
        match["receiver"],
        sent,
        int(length) if length.isdecimal() else None,
    )


def write(header: Header, fields: tuple[str, ...]) -> bytes:
    """One frame with its `;`. `header.length` is replaced by the body's length in characters.

    Characters, not bytes: so does the public simulator, and receivers were built against it.
    Separators inside a field become their full-width twins.
    """
    body = BETWEEN.join(clean(value).translate(_TWINS) for value in fields)
    head = (
        f"{header.kind:0>2}{header.progress:0>2}{stamp(header.at)}{header.sender:3.3}"
        f"{header.receiver:3.3}{stamp(header.sent)}{len(body):010d}"
    )
    return f"{head}{body};".encode()


def stamp(at: datetime) -> str:
    """A time as the socket writes it: yyyyMMddHHmmss, Korean time."""
    return at.astimezone(KST).strftime("%Y%m%d%H%M%S")
