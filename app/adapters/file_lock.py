"""A lock on a file that the system itself takes back when its holder dies, however that happens."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import IO

# Windows forbids others to read what is locked: a byte far behind everything that is written.
_AT = 1 << 30
_LOOK_S = 0.02


class FileLock:
    """Raises OSError where the file cannot be made. Nobody inherits it: the file is ours alone.

    Unbuffered: what a full disk refuses is refused where it is written, not once more at the end.
    """

    def __init__(self, path: Path) -> None:
        self.file: IO[bytes] = path.open("a+b", buffering=0)

    def take(self, seconds: float = 0.0) -> bool:
        """Whether it is ours now; False where another has it for so long."""
        until = time.monotonic() + seconds
        while not _take(self.file):
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_S)
        return True

    def close(self) -> None:
        """Gives it back."""
        self.file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(_AT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
