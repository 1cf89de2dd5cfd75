"""What is said of a share."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.incident_types import type_of
from app.domain.share import Ending, ShareState
from app.domain.site import SiteKind
from app.domain.text import Text
from app.wire.entities import AskRow, ShareRow
from ui.translations import words

translate = QCoreApplication.translate

_MINUTE = 60
_HOUR = 3600


def left_words(share: ShareRow, now: datetime) -> str:
    """How long it still runs, or what it is instead."""
    if share.state == ShareState.ENDED:
        return translate("Sharing", "ended")
    if share.state == ShareState.PROPOSED:
        return words(ShareState.PROPOSED.words)
    seconds = max(0, int((share.ends_at - now).total_seconds()))
    hours, rest = divmod(seconds, _HOUR)
    minutes, seconds = divmod(rest, _MINUTE)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes:02d}:{seconds:02d}"


def ending_words(share: ShareRow) -> str:
    """Why it is over; its time has passed where nobody said why."""
    try:
        ending = Ending(share.ending or Ending.CLOCK)
    except ValueError:
        ending = Ending.CLOCK
    return words(ending.words)


def title_words(share: ShareRow) -> str:
    kind = type_of(share.type)
    name = words(kind.name) if kind is not None else share.type
    return f"{name} · {share.number}" if share.number else name


def receiver_words(share: ShareRow) -> str:
    """The room, and what kind of room it is."""
    try:
        kind = words(SiteKind(share.receiver_kind).words)
    except ValueError:
        kind = ""
    name = share.receiver_name or share.receiver
    return f"{name} ({kind})" if kind else name


def count_words(share: ShareRow) -> str:
    count = len(share.cameras)
    if count == 1:
        return translate("Sharing", "1 camera")
    return translate("Sharing", "{count} cameras").format(count=count)


def ask_words(ask: AskRow) -> str:
    if ask.place:
        return translate("Sharing", "{by} asks for another camera: {place}").format(
            by=ask.by, place=ask.place
        )
    return translate("Sharing", "{by} asks for {minutes} minutes more").format(
        by=ask.by, minutes=ask.minutes
    )


def basis_words(share: ShareRow) -> str:
    """The articles that it stands on."""
    return words(Text(share.basis.ko, share.basis.en))
