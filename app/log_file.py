"""A log file that turns over and never stands in the program's way."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override


class LogFile(RotatingFileHandler):
    """What the disk refuses (full, read-only, gone) is said once on the terminal, not per line.

    On Windows a file that another console has open cannot be renamed: its lines are copied and it
    is cut in place, where the others, who append, go on.
    """

    def __init__(self, file: Path, most_bytes: int, kept: int) -> None:
        super().__init__(
            file, maxBytes=most_bytes, backupCount=kept, encoding="utf-8", errors="backslashreplace"
        )
        self._most = most_bytes
        self._written = True
        self._trouble = False

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._written = True
        self._follow()
        super().emit(record)
        if self._trouble and self._written:
            self._trouble = False
            _say("the log file can be written again")

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
            return
        self._written = False
        if not self._trouble:
            self._trouble = True
            _say(f"the log file cannot be written: {error.strerror}")

    @override
    def shouldRollover(self, record: logging.LogRecord) -> bool:
        # From Python 3.13 on the inherited one asks where this process last wrote. Meanwhile
        # another console may have written on, or cut the file: its end tells how large it is.
        if self.stream is not None:
            self.stream.seek(0, os.SEEK_END)
        return bool(super().shouldRollover(record))

    @override
    def doRollover(self) -> None:
        try:
            super().doRollover()
        except FileNotFoundError:
            # Another console was faster; the new file is its.
            self.stream = self._open()
        except OSError:
            # Nobody can move anything here: it grows instead, as far as all files together may.
            if self.maxBytes < self._most * self.backupCount:
                self.maxBytes += self._most
            else:
                _cut(Path(self.baseFilename))
            self.stream = self._open()
        else:
            self.maxBytes = self._most

    @override
    def rotate(self, source: str, dest: str) -> None:
        try:
            super().rotate(source, dest)
        except PermissionError:
            shutil.copyfile(source, dest)
            _cut(Path(source))

    @override
    def close(self) -> None:
        # What waits in its buffer cannot be written on a full disk.
        with suppress(OSError):
            super().close()

    def _follow(self) -> None:
        """To the new file after another console has turned the old one over."""
        if self.stream is None:
            return
        with suppress(OSError):
            there = Path(self.baseFilename).stat()
            if not os.path.samestat(there, os.fstat(self.stream.fileno())):
                self.stream.close()
                self.stream = self._open()


def _cut(file: Path) -> None:
    os.truncate(file, 0)


def _say(words: str) -> None:
    # Without a terminal (pythonw) there is no stream.
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{words}\n")
