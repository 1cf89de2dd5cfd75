"""The port to the player of clips (libVLC in the product)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.text import Text
from app.signals import Signal

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class ClipState:
    """`length` and `position` in seconds; `ended`: the last picture is on the screen."""

    length: float = 0.0
    position: float = 0.0
    playing: bool = False
    ended: bool = False
    speed: float = 1.0
    problem: Text | None = None


class ClipPlayer(Protocol):
    """Plays one clip at a time, without sound. All calls on the loop's thread, none blocks it.

    `changed` is emitted with every change of state and a few times a second while playing.
    """

    changed: Signal[ClipState]

    async def missing(self) -> Text | None:
        """What the machine lacks to play clips, in words; None if it can play."""
        ...

    async def open(self, clip: Path, window: int | None) -> None:
        """Plays `clip` from its beginning in a native window (None: one of the player's own).

        Raises `app.domain.errors.Failure` if it cannot be played.
        """
        ...

    async def play(self) -> None:
        """Goes on; from the beginning if the clip has ended."""
        ...

    async def pause(self) -> None: ...

    async def seek(self, seconds: float) -> None:
        """Shows the picture of that moment, playing or paused."""
        ...

    async def step(self, frames: int) -> None:
        """Pauses and shows the picture that many frames later (earlier if negative)."""
        ...

    async def set_speed(self, speed: float) -> None:
        """One of `SPEEDS`."""
        ...

    @property
    def state(self) -> ClipState:
        """With the position of this moment: poll it to move a time line."""
        ...

    async def close(self) -> None:
        """Lets go of the clip; the file may then be deleted."""
        ...

    async def stop(self) -> None:
        """Ends the player for good."""
        ...
