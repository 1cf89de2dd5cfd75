"""What diagnostics need of the outside: files, facts of the machine, and one ZIP."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.domain.bad_ends import BadEnd


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a bundle. `about` says in the manifest what it is."""

    name: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pieces, and what was left out: its name and why."""

    pieces: tuple[Piece, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


# From 0 to 1, on the thread that works.
Progress = Callable[[float], object]


class Evidence(Protocol):
    """All calls block: never on the loop's thread."""

    def gather(self, progress: Progress, *, most: int | None = None) -> Bundle:
        """Logs, crash log and facts, blanked. `most`: characters of a log, its newest.

        Never raises: what cannot be read is left out and said.
        """
        ...

    def free_mb(self) -> int | None:
        """Room on the disk of the profile; None where nobody can tell."""
        ...

    def write(self, target: Path, bundle: Bundle) -> None:
        """Whole or not at all. Raises `Failure` in words."""
        ...

    def keep_report(self, bundle: Bundle) -> Path:
        """Into the folder of the reports, in place of the oldest. Raises `Failure`.

        The crash log begins anew: the report has it.
        """
        ...


class RunHistory(Protocol):
    """Both block and may raise OSError."""

    def ends(self) -> Sequence[BadEnd]: ...

    def reported(self) -> None: ...

    def forget(self) -> None: ...
