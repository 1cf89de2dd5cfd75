"""The one door for messages to the operator."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from typing import Any

from app.domain.errors import Failure
from app.domain.redact import redact
from app.domain.text import Text
from app.signals import Signal
from app.tasks import spawn
from ui.translations import words

_log = logging.getLogger(__name__)

# Words made in the screens are asked for again after a change of language.
Wording = Text | Callable[[], str]

# Begins work that was asked for; tests finish it on the spot.
Starter = Callable[[Coroutine[Any, Any, None], str], object]


class Kind(StrEnum):
    """DONE goes away by itself; FAILURE stays until it is read; BUG is ours and offers the log."""

    DONE = "done"
    FAILURE = "failure"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Notice:
    """`details` is for the administrator (redacted); `times` how often it was said in a row."""

    id: int
    kind: Kind
    wording: Wording = field(compare=False)
    details: str = ""
    times: int = 1

    def words(self) -> str:
        wording = self.wording
        return redact(words(wording) if isinstance(wording, Text) else wording())


class Notices:
    """Keeps what was said until someone shows it, and what failed until it was read.

    changed  `open` has other notices, or another one was said again
    """

    def __init__(self, start: Starter = spawn) -> None:
        self._start = start
        self.changed: Signal[None] = Signal("notices changed")
        self._open: list[Notice] = []
        self._numbers = count(1)

    @property
    def open(self) -> tuple[Notice, ...]:
        """Oldest first."""
        return tuple(self._open)

    def done(self, wording: Wording) -> None:
        """Tells what was done; it disappears by itself."""
        self._add(Kind.DONE, wording)

    def failed(self, wording: Wording, details: str = "") -> None:
        """Tells what the world refused; it stays until it was read."""
        self._add(Kind.FAILURE, wording, details)

    def bug(self, wording: Wording, details: str) -> None:
        self._add(Kind.BUG, wording, details)

    def close(self, notice: int) -> None:
        self._open = [n for n in self._open if n.id != notice]
        self.changed.emit(None)

    def attempt(self, work: Coroutine[Any, Any, object], name: str) -> None:
        """Does `work` in a task; a `Failure` becomes a notice."""
        self._start(self.guarded(work), name)

    async def guarded(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except Failure as failure:
            self.failed(failure.text)

    def _add(self, kind: Kind, wording: Wording, details: str = "") -> None:
        notice = Notice(next(self._numbers), kind, wording, redact(details))
        # A log is English: what leaves this computer is blanked by its letters (domain.scrub).
        said = redact(wording.en) if isinstance(wording, Text) else notice.words()
        _log.info("notice: %s", said)
        for index, known in enumerate(self._open):
            if known.kind is kind and known.words() == notice.words():
                self._open[index] = replace(known, times=known.times + 1, details=notice.details)
                break
        else:
            self._open.append(notice)
        self.changed.emit(None)
