"""Where log lines go, and that no credential goes with them."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from app.config import own_profile_dir
from app.domain.redact import redact
from app.log_file import LogFile

FILE_NAME = "gwanje.log"
# A week of a quiet console, a day of a bad one; five files fit into a support mail.
MAX_BYTES = 2_000_000
KEPT_FILES = 5

_FORMAT = "%(asctime)s %(levelname)-7s %(processName)s %(name)s: %(message)s"

_log = logging.getLogger(__name__)


class Redacting(logging.Filter):
    """Rewrites a record before its handler sees it: message, arguments, traceback, stack."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(_message(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        # exc_info holds the exception itself: a handler that formats it again would undo this.
        record.exc_info = None
        record.exc_text = redact(record.exc_text) if record.exc_text else None
        record.stack_info = redact(record.stack_info) if record.stack_info else None
        return True


def start(folder: Path | None, level: int = logging.INFO) -> Callable[[], None]:
    """Logs to the console and to a rotating file in `folder`; the result takes all of it down.

    A folder that cannot be written to is said on the console and does not keep anything from
    starting.
    """
    root = logging.getLogger()
    before = root.level
    # Behind a launcher without a terminal there is no stream to write to.
    handlers: list[logging.Handler] = [logging.StreamHandler()] if sys.stderr is not None else []
    trouble: OSError | None = None
    if folder is not None:
        try:
            handlers.append(_file(folder))
        except OSError as error:
            trouble = error
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        handler.addFilter(Redacting())
        root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    if trouble is not None:
        _log.warning("no log file: %s", trouble)
    elif folder is not None and others_may_read(folder):
        _log.info("others on this computer may look into the profile folder %s (chmod 700)", folder)

    def stop() -> None:
        logging.captureWarnings(capture=False)
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()

    return stop


def _file(folder: Path) -> logging.Handler:
    # The first to make the profile folder: what lies in it is its owner's.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder == own_profile_dir() and others_may_read(folder):
        # Made before by something else, as a copy or a restore does. A folder that somebody named
        # is left as it is: it may be a home, or shared on purpose.
        with contextlib.suppress(PermissionError):  # somebody else's: told in the log
            folder.chmod(0o700)
    return LogFile(folder / FILE_NAME, MAX_BYTES, KEPT_FILES)


def others_may_read(folder: Path) -> bool:
    """By its mode; on Windows the rights of a folder come from the one above it."""
    return os.name == "posix" and bool(folder.stat().st_mode & 0o077)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 - an argument's own __str__ raises what it likes
        # A wrong format string is a bug, but not one worth a traceback with raw arguments in it.
        return _raw(record, error)


def _raw(record: logging.LogRecord, error: Exception) -> str:
    try:
        return f"{record.msg!r} {record.args!r}"
    except Exception:  # noqa: BLE001 - as above, and no line of a log may stop what it tells of
        return f"a line that cannot be written ({type(error).__name__})"
