"""What snapshots and replay need of the outside world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.services.ports import Picture


@dataclass(frozen=True, slots=True)
class Still:
    """A copy of a picture, free of the engine: BGRX, 8 bit, `height` rows of `stride` bytes.

    `arrived` is the Unix second its packet reached us, `captured` the source's own, if it has one.
    """

    pixels: bytes
    width: int
    height: int
    stride: int
    arrived: float
    captured: float | None = None

    @staticmethod
    def of(picture: Picture, *, monotonic_now: float, unix_now: float) -> Still:
        """Copies a leased picture (a few megabytes: a millisecond)."""
        return Still(
            bytes(picture.pixels),
            picture.width,
            picture.height,
            picture.stride,
            unix_now - (monotonic_now - picture.arrived),
            picture.captured,
        )


class MediaFiles(Protocol):
    """Puts finished files into a folder that a person chose. Every call blocks: not on the loop.

    All raise `app.domain.errors.Failure` (disk full, no right, no such folder) and then leave
    nothing behind. None ever replaces a file: a second one of the same name gets a number.
    """

    def save_png(self, folder: Path, stem: str, still: Still, texts: Mapping[str, str]) -> Path: ...

    def save_copy(
        self, folder: Path, stem: str, source: Path, progress: Callable[[float], None]
    ) -> Path:
        """Copies `source` under its own suffix; `progress` (0…1) is called on this thread."""
        ...

    def publish(self, part: Path, folder: Path, stem: str) -> Path:
        """Gives a finished file of the same folder its name; `part` is gone in any case."""
        ...


class ClipFolder(Protocol):
    """Private place of the clips that are being watched; only this user can read it."""

    def new_clip(self) -> Path:
        """A path that does not exist yet. Raises `app.domain.errors.Failure`."""
        ...

    def delete(self, clip: Path) -> None: ...

    def clear_leftovers(self) -> int:
        """Deletes what consoles left that ended without cleaning up; returns how many clips."""
        ...

    def close(self) -> None:
        """Deletes everything of this console."""
        ...
