"""Where the hub's log lines go, and that no credential goes with them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from typing_extensions import override

from app.domain.redact import redact
from app.hub.log_file import LogFile

FILE_NAME: Final = "hub.log"
# A quiet month; ten files of a bad day still fit on a stick.
_BYTES: Final = 5_000_000
_FILES: Final = 10
_FORMAT: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class Redacting(logging.Formatter):
    """Blanks credentials in the finished line, its traceback included."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def start(folder: Path, level: int = logging.INFO) -> None:
    """To the terminal and to a file in `folder`, for as long as the program lives."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    trouble: OSError | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handlers.append(LogFile(folder / FILE_NAME, _BYTES, _FILES))
    except OSError as error:
        trouble = error
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(Redacting(_FORMAT))
        root.addHandler(handler)
    root.setLevel(level)
    # It logs each request of its own client, addresses included.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    if trouble is not None:
        root.warning("no log file: %s", trouble.strerror)
