"""The hub's log file: a full disk stops neither the hub nor fills the terminal with tracebacks."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override


class LogFile(RotatingFileHandler):
    """No other process writes it. What the disk refuses is said once, until it writes again."""

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
        super().emit(record)
        self._trouble = self._trouble and not self._written

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
            return
        self._written = False
        if not self._trouble and sys.stderr is not None:
            sys.stderr.write(f"the hub's log file cannot be written: {error.strerror}\n")
        self._trouble = True

    @override
    def doRollover(self) -> None:
        try:
            super().doRollover()
        except FileNotFoundError:
            self.stream = self._open()
        except OSError:
            # A virus scanner or a reader holds an older one: it grows instead, as far as all files
            # together may.
            if self.maxBytes < self._most * self.backupCount:
                self.maxBytes += self._most
            else:
                os.truncate(self.baseFilename, 0)
            self.stream = self._open()
        else:
            self.maxBytes = self._most

    @override
    def close(self) -> None:
        with suppress(OSError):
            super().close()
