"""How it stands between this console and the hub, in words and by shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.services.hub_link import Link, LinkState

translate = QCoreApplication.translate

_MARKS: Final = {
    LinkState.SIGNED_OUT: ("point", "faint"),
    LinkState.CONNECTING: ("ring", "normal"),
    LinkState.CATCHING_UP: ("half", "normal"),
    LinkState.LIVE: ("circle", "fine"),
    LinkState.OFFLINE: ("triangle", "normal"),
    LinkState.REFUSED: ("diamond", "urgent"),
}


def link_words(link: Link) -> str:
    """The state, and how far behind it is."""
    return _WORDS[link.state](link)


def _filling(link: Link) -> str:
    if link.to_fill:
        return translate("Link", "fetching {done} of {total}").format(
            done=link.filled, total=link.to_fill
        )
    return translate("Link", "catching up, {count} behind").format(count=link.lag)


def _live(link: Link) -> str:
    if link.lag:
        return translate("Link", "live, {count} behind").format(count=link.lag)
    if link.polling:
        return translate("Link", "live, by asking again and again")
    return translate("Link", "live")


_WORDS: Final[dict[LinkState, Callable[[Link], str]]] = {
    LinkState.SIGNED_OUT: lambda _: translate("Link", "signed out"),
    LinkState.CONNECTING: lambda _: translate("Link", "connecting"),
    LinkState.OFFLINE: lambda _: translate("Link", "not reachable, trying again"),
    LinkState.REFUSED: lambda _: translate("Link", "refused"),
    LinkState.CATCHING_UP: _filling,
    LinkState.LIVE: _live,
}


def link_mark(link: Link) -> tuple[str, str]:
    """Icon and colour of the theme: neither is the only sign."""
    return _MARKS[link.state]
