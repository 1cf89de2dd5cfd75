"""Which runs of the console ended badly: each leaves a marker that only a good end takes away.

`runs/` in the profile folder holds one file a run, locked as long as the run lives, so that a
second console with the same profile is not taken for a crash, and a process number that was given
to another program not for a living run; and `bad-ends.json`, what was found so far.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.adapters.file_lock import FileLock
from app.adapters.secret_key import write_private
from app.domain.bad_ends import BadEnd, Start, too_many

_log = logging.getLogger(__name__)

FOLDER: Final = "runs"
_ENDS: Final = "bad-ends.json"
_GATE: Final = "gate"
# Of a console that starts at the same moment; a start waits for nobody longer.
_GATE_SECONDS: Final = 2.0
# What reading a file can raise that a crash, a bad disk or a hand has left half or other.
_DAMAGED: Final = (
    ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip
_TRIES: Final = 5
_AGAIN_SECONDS: Final = 0.1
# What a report names; older ones say nothing about now.
_KEPT: Final = 20


def has_marker(profile: Path, pid: int) -> bool:
    """Whether a process of this number has begun here and not ended well."""
    return any((profile / FOLDER).glob(f"{pid}-*.run"))


class Runs:
    """Of one profile folder. Every call blocks for milliseconds (fsync) and may raise OSError."""

    def __init__(self, profile: Path) -> None:
        self._folder = profile / FOLDER
        self._lock: FileLock | None = None
        self._marker: Path | None = None
        self._safe = False

    def begin(self, version: str, now: datetime) -> Start:
        """Looks for runs that are gone without a word, then leaves this one's marker."""
        with self._alone():
            left = [*self._leftovers(now)]
            known = self.ends()
            if left:
                # A power cut ends every console of this profile at once: that is one bad end.
                known = [*known, _one(left)]
                self._write(known)
                for marker, _ in left:
                    marker.unlink(missing_ok=True)
            self._safe = too_many(known, now)
            self._mark(version, now)
        return Start(self._safe, tuple(end for _, end in left))

    def _mark(self, version: str, now: datetime) -> None:
        pid = os.getpid()
        self._marker = self._folder / f"{pid}-{secrets.token_hex(4)}.run"
        self._lock = FileLock(self._marker)
        self._lock.take()
        words = {"pid": pid, "version": version, "began": now.isoformat(), "safe": self._safe}
        self._lock.file.write(json.dumps(words).encode())
        os.fsync(self._lock.file.fileno())

    def again(self, version: str, now: datetime) -> None:
        """The end that was told has not come: this run goes on. Nothing where it is marked."""
        if self._lock is None:
            with self._alone():
                self._mark(version, now)

    def end(self) -> None:
        """A good end. One in the safe form brings back what was left out."""
        if self._lock is None or self._marker is None:
            return
        # A person may have ended the safe form meanwhile, by another hand than this one.
        self._safe = self._safe and bool(_words(self._marker).get("safe", True))
        try:
            self._lock.close()
        finally:
            self._lock = None
            _remove(self._marker)
        if self._safe:
            self.forget()

    def forget(self) -> None:
        """The next start is an ordinary one, however this run ends."""
        with self._alone():
            (self._folder / _ENDS).unlink(missing_ok=True)
            for marker in self._folder.glob(f"{os.getpid()}-*.run"):
                _unsafe(marker)

    def ends(self) -> list[BadEnd]:
        """What was found so far, oldest first; what cannot be read never was."""
        try:
            rows = json.loads((self._folder / _ENDS).read_text(encoding="utf-8"))
            return [_read(row) for row in rows]
        except (OSError, *_DAMAGED):
            return []

    def reported(self) -> None:
        """There is a report of all of them."""
        with self._alone():
            if ends := self.ends():
                self._write([replace(end, reported=True) for end in ends])

    # inside

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        gate = FileLock(self._folder / _GATE)
        try:
            if not gate.take(_GATE_SECONDS):
                _log.warning("another console holds the gate of the runs")
            yield
        finally:
            gate.close()

    def _leftovers(self, now: datetime) -> Iterator[tuple[Path, BadEnd]]:
        for marker in sorted(self._folder.glob("*.run")):
            lock = FileLock(marker)
            try:
                gone = lock.take()
            finally:
                lock.close()
            if gone:
                yield marker, _found(marker, now)

    def _write(self, ends: Sequence[BadEnd]) -> None:
        rows = [asdict(end) for end in ends[-_KEPT:]]
        text = json.dumps(rows, default=datetime.isoformat, indent=1)
        write_private(self._folder / _ENDS, text.encode())


def _found(marker: Path, now: datetime) -> BadEnd:
    try:
        return _read(_words(marker) | {"found": now.isoformat()})
    except _DAMAGED:
        # The power went before the disk had it.
        return BadEnd(now, None, "", 0)


def _words(marker: Path) -> dict[str, Any]:
    """Nothing where they cannot be read."""
    try:
        row = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, *_DAMAGED):
        return {}
    return row if isinstance(row, dict) else {}


def _unsafe(marker: Path) -> None:
    """In place: the run that holds its lock goes on. Raises OSError."""
    words = _words(marker) | {"safe": False}
    with marker.open("r+b", buffering=0) as file:
        file.truncate()
        file.write(json.dumps(words).encode())
        os.fsync(file.fileno())


def _remove(marker: Path) -> None:
    """Raises OSError. Under Windows a scanner may hold what was just closed, for a moment."""
    for _ in range(_TRIES - 1):
        with suppress(PermissionError):
            marker.unlink(missing_ok=True)
            return
        time.sleep(_AGAIN_SECONDS)
    marker.unlink(missing_ok=True)


def _one(left: Sequence[tuple[Path, BadEnd]]) -> BadEnd:
    """The youngest; unreadable ones are the oldest."""
    return max((end for _, end in left), key=lambda end: end.began.timestamp() if end.began else 0)


def _read(row: Any) -> BadEnd:
    """Raises one of `_DAMAGED`."""
    began = row.get("began")
    return BadEnd(
        found=_time(row["found"]),
        began=_time(began) if began else None,
        version=str(row["version"]),
        pid=int(row["pid"]),
        safe=bool(row.get("safe", False)),
        reported=bool(row.get("reported", False)),
    )


def _time(text: str) -> datetime:
    """One without a zone cannot be compared with now."""
    time_ = datetime.fromisoformat(text)
    if time_.tzinfo is None:
        raise ValueError(text)
    time_.timestamp()
    return time_
