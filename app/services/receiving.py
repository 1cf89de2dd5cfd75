"""The other side of a share: a police, fire or disaster room sees what is shared with it.

Nothing is kept here: no address, no picture, no clip. When a share ends its cameras go with it;
without the hub they go after a minute, for nobody could tell us that it has ended.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.clock import Clock
from app.domain.account import Role
from app.domain.camera import CameraId
from app.domain.site import SiteKind
from app.services.hub_link import HubLink, Link
from app.services.shares import Shares, runs
from app.signals import Signal
from app.wire.entities import ShareRow
from app.wire.session import Account

_THIN: Final = frozenset({SiteKind.PATROL})
# DESIGN §4.
WITHOUT_HUB_SECONDS: Final = 60.0


class Receiving:
    """`tick` twice a second. On the loop's thread.

    changed  what is shared with us is other than before, or the hub has been away for too long
    """

    def __init__(
        self, shares: Shares, link: HubLink, who: Callable[[], Account | None], clock: Clock
    ) -> None:
        self.changed: Signal[None] = Signal("receiving changed")
        self._shares, self._link = shares, link
        self._who, self._clock = who, clock
        self._away_since: float | None = None
        self._was: tuple[bool, tuple[str, ...]] = (False, ())
        link.changed.connect(self._follow)
        shares.changed.connect(lambda _: self._notice())

    @property
    def on(self) -> bool:
        """Whether whoever is signed in is a receiver."""
        who = self._who()
        return who is not None and who.role == Role.RECEIVER

    @property
    def thin(self) -> bool:
        """A vehicle's radio carries key frames only."""
        who = self._who()
        return self.on and who is not None and self._shares.site_kind(who.site) in _THIN

    @property
    def blind(self) -> bool:
        """The hub has been away for so long that nothing may be shown any more."""
        since = self._away_since
        return since is not None and self._clock.monotonic() - since >= WITHOUT_HUB_SECONDS

    def blind_in(self) -> float | None:
        """Seconds until it is; None while the hub is there."""
        if self._away_since is None:
            return None
        return max(0.0, self._away_since + WITHOUT_HUB_SECONDS - self._clock.monotonic())

    def running(self) -> list[ShareRow]:
        return [] if self.blind else self._shares.running()

    def ended(self, most: int = 20) -> list[ShareRow]:
        """The newest first: why a screen went dark."""
        now = self._clock.now()
        over = [share for share in self._shares.all() if not runs(share, now)]
        return sorted(over, key=lambda s: s.ended_at or s.ends_at, reverse=True)[:most]

    def share_of(self, camera: CameraId | str) -> str | None:
        """Through which share we see it; None where through none."""
        if not self.on:
            return None
        found = next((one for one in self.running() if str(camera) in one.cameras), None)
        return None if found is None else found.id

    def tick(self) -> None:
        """The clock ends shares, too."""
        self._notice()

    def _follow(self, link: Link) -> None:
        if link.up:
            self._away_since = None
        elif self._away_since is None:
            # Since it was heard, not since somebody noticed that it is not.
            self._away_since = min(self._clock.monotonic(), self._link.heard_at)
        self._notice()

    def _notice(self) -> None:
        now = (self.blind, tuple(f"{s.id} {len(s.cameras)}" for s in self.running()))
        if now != self._was:
            self._was = now
            self.changed.emit(None)
