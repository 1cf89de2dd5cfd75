"""The messages of the platform socket: 112, 119 and vulnerable persons; read, answered, written.

Body fields are parted by `|`; the order is that of `platform_layouts`. Every message is answered
with a status and words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.intake import IntakeEvent, Kind, Rejected
from app.domain.text import Text
from app.formats.fields import clean
from app.formats.intake import platform_frame as frame_
from app.formats.intake.platform_frame import BETWEEN, HEADER_LENGTH, Framer, Header
from app.formats.intake.platform_layouts import LAYOUTS, Field, Layout
from app.formats.intake.reading import MAX_KEY, NOT_UTF8, Told, emd_code_of, key_of, text_of

EVENT, LOGIN = "10", "99"
CHANGED = Kind.CHANGED.code
# A point of a track has no code here.
PROGRESS = {str(kind.code): kind for kind in Kind if kind.code is not None}
PLATFORM = "UCP"

# Statuses of an answer; ours, the public sources only say that there is one.
ACCEPTED, ACCEPTED_WITH_REMARKS, REFUSED = "00", "10", "90"
# How others may say yes.
_YES = frozenset({ACCEPTED, ACCEPTED_WITH_REMARKS, "0", "000", "0000", "Y", "OK"})
# Who is answered when the header that names him cannot be read.
_NOBODY = "000"

UNFINISHED = Text("전문이 끝(;)나기 전에 끊겼습니다", "the message broke off before its end (;)")
_NO_NUMBER = Text("사건번호가 비어 있습니다", "the incident number is blank")
_LENGTH = Text("전문 길이가 실제와 다릅니다", "the stated length is not that of the message")
_DOUBLED = Text("남는 항목을 빼고 읽었습니다", "a superfluous field was left out")
_OTHER_RECEIVER = Text("수신시스템이 UCP가 아닙니다", "the receiving system is not UCP")
# The simulator's login: the user's id, a time and the word "kor" in one field.
_LOGIN = re.compile(r"(?P<user>.*?)(?:\d{14})?(?:kor)?", re.ASCII | re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Login:
    """A sender introduces itself; `user` as it says, not checked."""

    user: str


@dataclass(frozen=True, slots=True)
class Received:
    """What one frame was. `header` is None where the frame had none that can be read."""

    header: Header | None
    content: IntakeEvent | Login | Rejected


def events(data: bytes, now: datetime) -> list[IntakeEvent | Rejected]:
    """All messages of a stored body, log-ins left out; an unfinished one is Rejected."""
    framer = Framer()
    found: list[IntakeEvent | Rejected] = []
    for frame in framer.feed(data):
        content = frame if isinstance(frame, Rejected) else receive(frame, now).content
        if not isinstance(content, Login):
            found.append(content)
    if framer.unfinished:
        found.append(Rejected(UNFINISHED, len(data)))
    return found


def receive(frame: bytes, now: datetime) -> Received:
    """One frame as the framer cuts it, without its `;`."""
    try:
        text = frame.decode("utf-8")
    except UnicodeDecodeError as error:
        header = frame_.read_header(frame[:HEADER_LENGTH].decode("ascii", "replace"))
        known = header if isinstance(header, Header) else None
        return Received(known, Rejected(NOT_UTF8, error.start))
    header = frame_.read_header(text)
    if isinstance(header, Rejected):
        return Received(None, header)
    return Received(header, _content(header, text[HEADER_LENGTH:], now))


def _content(header: Header, body: str, now: datetime) -> IntakeEvent | Login | Rejected:
    if (header.kind, header.progress) == (LOGIN, LOGIN):
        match = _LOGIN.fullmatch(clean(body.partition(BETWEEN)[0]))
        return Login(text_of(match["user"] if match else "", MAX_KEY))
    layout = LAYOUTS.get(header.sender)
    kind = PROGRESS.get(header.progress)
    if header.kind != EVENT or kind is None or layout is None:
        return Rejected(_unknown(header))
    told = Told()
    values = _values(layout, body, told)
    if isinstance(values, Rejected):
        return values
    if header.length is not None and not _length_fits(header.length, body):
        told.tell(_LENGTH)
    if header.receiver != PLATFORM:
        told.tell(_OTHER_RECEIVER)
    return _event(header, layout, kind, values, told, now)


def _unknown(header: Header) -> Text:
    codes = f"{header.kind}/{header.progress}, {header.sender}"
    return Text(f"알 수 없는 전문 코드입니다: {codes}", f"unknown message code: {codes}")


def _length_fits(length: int, body: str) -> bool:
    """Senders count characters or UTF-8 bytes, with or without the end and the header."""
    return any(
        counted + extra == length
        for counted in (len(body), len(body.encode()))
        for extra in (0, 1, 2, HEADER_LENGTH, HEADER_LENGTH + 1)
    )


def _values(layout: Layout, body: str, told: Told) -> dict[str, str] | Rejected:
    parts = [clean(part) for part in body.split(BETWEEN)]
    count = len(layout.fields)
    if len(parts) == count + 1:
        parts = _without_double(layout, parts, told)
    if len(parts) != count:
        return Rejected(
            Text(
                f"항목 수가 {count}개가 아니라 {len(parts)}개입니다",
                f"{len(parts)} fields instead of {count}",
            )
        )
    values = {field.name: part for field, part in zip(layout.fields, parts, strict=True)}
    if not values["external"]:
        return Rejected(_NO_NUMBER, HEADER_LENGTH)
    for field in layout.fields:
        _check(field, values[field.name], told)
    return values


def _without_double(layout: Layout, parts: list[str], told: Told) -> list[str]:
    """The simulator repeats the incident number of 112 and the address of WP1, or ends with `|`."""
    if not parts[-1]:
        told.tell(_DOUBLED)
        return parts[:-1]
    if not layout.doubled:
        return parts
    first = layout.index(layout.doubled)
    if parts[first] in (parts[first + 1], parts[-1]):
        told.tell(_DOUBLED)
        at = first + 1 if parts[first] == parts[first + 1] else len(parts) - 1
        return parts[:at] + parts[at + 1 :]
    return parts


def _check(field: Field, value: str, told: Told) -> None:
    if field.required and not value:
        name = field.name
        told.tell(Text(f"필수 항목이 비어 있습니다: {name}", f"a required field is blank: {name}"))
    elif field.longest and len(value) > field.longest:
        about = f"{field.name} ({len(value)} > {field.longest})"
        told.tell(Text(f"항목이 너무 깁니다: {about}", f"a field is too long: {about}"))


_NOT_FACTS = frozenset({"external", "longitude", "latitude", "place", "occurred_at"})


def _event(
    header: Header,
    layout: Layout,
    kind: Kind,
    values: Mapping[str, str],
    told: Told,
    now: datetime,
) -> IntakeEvent:
    latitude, longitude = told.position(values["latitude"], values["longitude"])
    emd = emd_code_of(values["emd"])
    skip = _NOT_FACTS | ({"emd"} if emd else set())
    named = {field.name: values[field.name] for field in layout.fields if field.name not in skip}
    personal = {field.name for field in layout.fields if field.personal}
    return IntakeEvent(
        source=header.sender,
        external=key_of(values["external"]),
        kind=kind,
        type=layout.type,
        occurred_at=told.moment(values["occurred_at"], now),
        title=" ".join(filter(None, (values[name] for name in layout.title))),
        place=values["place"],
        latitude=latitude,
        longitude=longitude,
        emd_code=emd,
        facts={name: text for name, text in named.items() if text and name not in personal},
        person={name: text for name, text in named.items() if text and name in personal},
        severity=values.get("grade", ""),
        problems=tuple(told.problems),
    )


def answer(received: Received, now: datetime) -> bytes:
    """What the sender is told: header with sender and receiver changed over, status, words."""
    content = received.content
    if isinstance(content, Rejected):
        status, words = REFUSED, content.reason.ko
    elif isinstance(content, IntakeEvent) and content.problems:
        status, words = ACCEPTED_WITH_REMARKS, ", ".join(p.ko for p in content.problems)
    else:
        status, words = ACCEPTED, "정상"
    asked = received.header or Header(EVENT, EVENT, now, _NOBODY, PLATFORM, now, None)
    header = replace(asked, sender=PLATFORM, receiver=asked.sender, sent=now)
    return frame_.write(header, (status, words))


def read_answer(frame: bytes) -> tuple[bool, str] | Rejected:
    """Whether the other side accepted what we sent, and its words."""
    text = frame.decode("utf-8", "replace").strip("; \t\r\n\0")
    header = frame_.read_header(text)
    if isinstance(header, Rejected):
        return header
    status, _, words = text[HEADER_LENGTH:].partition(BETWEEN)
    return status.strip().upper() in _YES, text_of(words)


def write_event(
    sender: str, kind: Kind, at: datetime, values: Mapping[str, str], receiver: str = PLATFORM
) -> bytes:
    """An event message as `sender` (112, 119, WP1) writes it.

    `values` by the names of `platform_layouts`; what is missing is left blank. `at` is when it
    happened and when it is sent. A point of a track goes as changed information (40).
    """
    header = Header(EVENT, str(kind.code or CHANGED), at, sender, receiver, at, None)
    fields = {"occurred_at": frame_.stamp(at), **values}
    names = (field.name for field in LAYOUTS[sender].fields)
    return frame_.write(header, tuple(fields.get(name, "") for name in names))


def write_login(sender: str, user: str, at: datetime) -> bytes:
    """The first message of a connection; the same field count as an event of `sender`."""
    header = Header(LOGIN, LOGIN, at, sender, PLATFORM, at, None)
    blanks = ("",) * (len(LAYOUTS[sender].fields) - 1)
    return frame_.write(header, (f"{user}{frame_.stamp(at)}kor", *blanks))
