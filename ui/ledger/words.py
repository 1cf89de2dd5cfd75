"""What a line of the ledger says to a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.ledger.entry import Kind
from app.domain.ledger.inspection import Flag
from app.domain.ledger.record import KOREA
from app.wire.ledger import Line, ViewerRow
from ui.translations import words
from ui.widgets.forms import moment_form

translate = QCoreApplication.translate

_KINDS = frozenset(kind.value for kind in Kind)
_FLAGS = frozenset(flag.value for flag in Flag)
# Facts that stand in columns of their own, or say nothing to a person.
_QUIET: Final = frozenset({"on", "cameras"})
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Names:
    """What people call cameras, incidents and sites by their ids; the id itself where unknown."""

    camera: Callable[[str], str]
    incident: Callable[[str], str]
    site: Callable[[str], str]


def time_words(at: datetime) -> str:
    """The country's own time, with the day: ledgers are read weeks later."""
    return moment_form(at, KOREA, seconds=True)


def kind_words(line: Line) -> str:
    return words(Kind(line.kind).words) if line.kind in _KINDS else line.kind


def who_words(line: Line) -> str:
    """The name; the hub itself where nobody did it; a dash where it was erased."""
    name = line.person.get("name") or line.person.get("account")
    if name:
        return name
    return translate("Ledger", "(erased)") if line.client else translate("Ledger", "(the hub)")


def where_words(line: Line, names: Names) -> str:
    """Which console and site it came from."""
    console = line.facts.get("on") or line.person.get("address") or ""
    site = names.site(line.site) if line.site else ""
    return " · ".join(filter(None, (site, console)))


def detail_words(line: Line, names: Names) -> str:
    """Purpose, how long, and what else was written."""
    parts = [line.purpose]
    if line.begun is not None and line.ended is not None:
        parts.append(span_words((line.ended - line.begun).total_seconds()))
    for name, value in sorted(line.facts.items()):
        if name not in _QUIET:
            parts.append(names.site(value) if name == "receiver" else value)
    return " · ".join(filter(None, parts))


def span_words(seconds: float) -> str:
    """Hours, minutes and seconds as 1:02:03."""
    whole = round(seconds)
    return f"{whole // _HOUR}:{whole % _HOUR // 60:02}:{whole % 60:02}"


def flag_words(viewer: ViewerRow) -> str:
    known = (flag for flag in viewer.flags if flag in _FLAGS)
    return ", ".join(words(Flag(flag).words) for flag in known)


def viewer_words(viewer: ViewerRow) -> str:
    return viewer.name or translate("Ledger", "(erased)")
