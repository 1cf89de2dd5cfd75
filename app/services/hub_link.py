"""How it stands between this console and the hub, for the status line and whoever must know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.clock import Clock
from app.domain.text import Text
from app.signals import Signal

# DESIGN: a warning when clocks differ by more than 2 s; gone again only well below it, and only
# after a second measurement says the same (a heartbeat may have stood in a buffer).
CLOCK_TOLERANCE = 2.0
_CLOCK_FINE = 1.0
_TWICE = 2
# Two seconds of the 500 events/s that a hub must bear.
_FALLING_BEHIND = 1000


class LinkState(StrEnum):
    """`OFFLINE`: it is tried again by itself. `REFUSED`: only a person can mend it."""

    SIGNED_OUT = "signed out"
    CONNECTING = "connecting"
    CATCHING_UP = "catching up"
    LIVE = "live"
    OFFLINE = "offline"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Link:
    """`lag`: places of the hub's log that are not here yet.

    `clock_ahead`: seconds by which the hub's clock is ahead of ours, None before the first word of
    it. `since`: monotonic second of the last change of `state`. `polling`: the stream does not
    pass, so changes are asked for. `filled`: rows of a running snapshot, of `to_fill`.
    """

    state: LinkState = LinkState.SIGNED_OUT
    reason: Text | None = None
    lag: int = 0
    clock_ahead: float | None = None
    since: float = 0.0
    polling: bool = False
    filled: int = 0
    to_fill: int = 0

    @property
    def up(self) -> bool:
        return self.state in {LinkState.LIVE, LinkState.CATCHING_UP}


class HubLink:
    """A state machine without a will of its own: `Sync` and `SignIns` tell it what happened.

    `changed` is emitted once for each change, not for each failed attempt.
    """

    def __init__(self, clock: Clock) -> None:
        self.changed: Signal[Link] = Signal("hub link changed")
        self.notices: Signal[Text] = Signal("notices of the hub link")
        self._clock = clock
        self._link = Link(since=clock.monotonic())
        # The monotonic second of the hub's last sign of life: a line that dies without a word is
        # called offline half a minute later only.
        self.heard_at = clock.monotonic()
        self._head = 0
        self._apart = 0
        self._apart_told = False

    @property
    def link(self) -> Link:
        return self._link

    def signed_out(self, reason: Text | None = None) -> None:
        self._enter(LinkState.SIGNED_OUT, reason)

    def connecting(self) -> None:
        """An attempt begins. After a failed one it stays offline until it has succeeded."""
        if self._link.state is not LinkState.OFFLINE:
            self._enter(LinkState.CONNECTING)

    def filling(self, done: int, total: int) -> None:
        self._enter(LinkState.CATCHING_UP, filled=done, to_fill=total)

    def catching_up(self, seq: int, head: int) -> None:
        """The session is good and the copy stands at `seq`; live is what comes through."""
        self.heard_at = self._clock.monotonic()
        self._head = max(head, seq)
        self._enter(LinkState.CATCHING_UP, lag=self._head - seq)

    def reached(self, seq: int, head: int | None = None, *, current: bool = False) -> None:
        """Everything up to `seq` is here. `current`: the hub says that there is no more."""
        self.heard_at = self._clock.monotonic()
        self._head = max(head if head is not None else self._head, seq)
        lag = 0 if current else self._head - seq
        # Once live, it stays so while it keeps up: a busy hub is always a few places ahead.
        live = lag == 0 or (self._link.state is LinkState.LIVE and lag < _FALLING_BEHIND)
        self._enter(LinkState.LIVE if live else LinkState.CATCHING_UP, lag=lag)

    def offline(self, reason: Text) -> None:
        self._head = 0
        self._enter(LinkState.OFFLINE, reason)

    def refused(self, reason: Text) -> None:
        self._enter(LinkState.REFUSED, reason)

    def polls(self, *, polling: bool) -> None:
        self._set(replace(self._link, polling=polling))

    def told_time(self, at: datetime) -> None:
        """The hub's clock, just now."""
        self.heard_at = self._clock.monotonic()
        ahead = (at - self._clock.now()).total_seconds()
        if abs(ahead) > CLOCK_TOLERANCE:
            self._apart += 1
        elif abs(ahead) < _CLOCK_FINE:
            self._apart, self._apart_told = 0, False
        if self._apart >= _TWICE and not self._apart_told:
            self._apart_told = True
            self.notices.emit(_clocks_differ(ahead))
        # To a tenth: the network's jitter is no news.
        self._set(replace(self._link, clock_ahead=round(ahead, 1)))

    def _enter(
        self,
        state: LinkState,
        reason: Text | None = None,
        *,
        lag: int = 0,
        filled: int = 0,
        to_fill: int = 0,
    ) -> None:
        since = self._link.since if self._link.state is state else self._clock.monotonic()
        self._set(
            replace(
                self._link, state=state, reason=reason, lag=lag, since=since, filled=filled,
                to_fill=to_fill,
            )
        )  # fmt: skip

    def _set(self, link: Link) -> None:
        if link != self._link:
            self._link = link
            self.changed.emit(link)


def _clocks_differ(ahead: float) -> Text:
    seconds = f"{abs(ahead):.0f}"
    ko, en = ("빠릅니다", "ahead of") if ahead > 0 else ("느립니다", "behind")
    return Text(
        f"허브의 시계가 이 컴퓨터보다 {seconds}초 {ko}. 관리자에게 알리세요.",
        f"The hub's clock is {seconds} s {en} this computer's. Tell the administrator.",
    )
