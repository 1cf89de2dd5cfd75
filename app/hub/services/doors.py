"""What each door's messages are read by, and what makes one of their events the same again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import BadInput
from app.domain.intake import IntakeEvent, Rejected
from app.domain.text import Text
from app.formats.intake import cap, disaster_messages, its_incidents, platform_socket, webhook
from app.hub.store.columns import moment
from app.hub.store.intake import Raw

PLATFORM, CAP, WEBHOOK, DISASTER, ITS = "platform", "cap", "webhook", "disaster", "its"

# Lists that are asked for again and again.
POLLED = frozenset({DISASTER, ITS})

# Of the headers of a request only these are kept: no other may hold a secret (Authorization).
_KEPT = frozenset({"content-type", "user-agent", "webhook-id", "webhook-timestamp"})
_KEPT_PREFIX = "ce-"
_MOST_OF_A_HEADER = 1_000


@dataclass(frozen=True, slots=True)
class Item:
    """One event of a message. `key` is the same when it is sent again."""

    key: str
    content: IntakeEvent | Rejected


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    named = ((name.lower(), value[:_MOST_OF_A_HEADER]) for name, value in headers.items())
    return {name: v for name, v in named if name in _KEPT or name.startswith(_KEPT_PREFIX)}


def check(door: str) -> None:
    """Raises BadInput for a door that is not there."""
    if door != WEBHOOK and door not in _READERS:
        raise BadInput(Text("그런 접수 창구가 없습니다", "there is no such door"))


def read(raw: Raw) -> list[Item]:
    """All events of a stored message, in order. Pure: bytes and the time of arrival in."""
    now = moment(raw.received_at)
    if raw.door == WEBHOOK:
        return list(_webhook(raw, now))
    found = _READERS[raw.door](raw.body, now)
    # The place in the message counts: what was rejected once keeps its place after a fix.
    return [Item(_key(raw, f"{raw.sha256}\n{n}"), one) for n, one in enumerate(found)]


def _webhook(raw: Raw, now: datetime) -> Iterable[Item]:
    for n, one in enumerate(webhook.envelopes(raw.body, raw.headers)):
        if isinstance(one, Rejected):
            yield Item(_key(raw, f"{raw.sha256}\n{n}"), one)
        else:
            yield Item(_key(raw, one.key), webhook.event(one, now))


def _key(raw: Raw, of_event: str) -> str:
    return hashlib.sha256(f"{raw.door}\n{raw.source}\n{of_event}".encode()).hexdigest()


Reader = Callable[[bytes, datetime], list[IntakeEvent | Rejected]]


_READERS: Mapping[str, Reader] = {
    PLATFORM: platform_socket.events,
    CAP: cap.events,
    DISASTER: disaster_messages.events,
    ITS: its_incidents.events,
}
