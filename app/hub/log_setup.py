"""Where the hub's log lines go, and that no credential goes with them."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from typing_extensions import override

from app.domain.redact import redact

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
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handlers: list[logging.Handler] = [
        logging.StreamHandler(),
        RotatingFileHandler(
            folder / FILE_NAME, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
        ),
    ]
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(Redacting(_FORMAT))
        root.addHandler(handler)
    root.setLevel(level)
    # It logs each request of its own client, addresses included.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
