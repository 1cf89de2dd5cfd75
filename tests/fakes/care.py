"""Evidence, a history of runs and an event log that live in the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from app.domain.bad_ends import BadEnd
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.care_port import Bundle, Evidence, Piece, Progress, RunHistory
from app.services.event_port import EventKind, EventLog


class FakeEvidence(Evidence):
    """`refuses`: what writing raises."""

    def __init__(self) -> None:
        self.refuses: Failure | None = None
        self.written: dict[Path, Bundle] = {}
        self.free: int | None = 10_000

    @override
    def gather(self, progress: Progress, *, most: int | None = None) -> Bundle:
        progress(0.5)
        progress(1.0)
        return Bundle((Piece("logs/gwanje.log", f"most {most}", "blanked"),))

    @override
    def free_mb(self) -> int | None:
        return self.free

    @override
    def write(self, target: Path, bundle: Bundle) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.written[target] = bundle

    @override
    def keep_report(self, bundle: Bundle) -> Path:
        target = Path("reports/crash-1.zip")
        self.write(target, bundle)
        return target


class FakeRuns(RunHistory):
    """`fails`: what changing anything raises."""

    def __init__(self, *ends: BadEnd) -> None:
        self.known: list[BadEnd] = [*ends]
        self.fails: OSError | None = None

    @override
    def ends(self) -> Sequence[BadEnd]:
        return tuple(self.known)

    @override
    def reported(self) -> None:
        self._gate()
        self.known = [replace(end, reported=True) for end in self.known]

    @override
    def forget(self) -> None:
        self._gate()
        self.known = []

    def _gate(self) -> None:
        if self.fails is not None:
            raise self.fails


class HeardEvents(EventLog):
    """What an event log was told."""

    def __init__(self) -> None:
        self.heard: list[tuple[EventKind, Text]] = []

    @override
    def write(self, kind: EventKind, text: Text) -> None:
        self.heard.append((kind, text))

    @override
    async def close(self) -> None:
        """Nothing waits."""

    def kinds(self) -> list[EventKind]:
        return [kind for kind, _ in self.heard]
