"""Where this program's own Python is: behind a launcher, `sys.executable` is the launcher."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def python(executable: Path | None = None) -> Path:
    """What runs Python code in another process. Behind a launcher: the shipped pythonw.exe.

    `packaging/windows/stage.py` says where it lies. A decoder process that was started by the
    launcher's name would be a second console.
    """
    own = Path(sys.executable) if executable is None else executable
    shipped = own.with_name("python") / "pythonw.exe"
    return shipped if shipped.is_file() else own


def prepare() -> None:
    """Once, before the first process is started."""
    own = python()
    if own != Path(sys.executable):
        multiprocessing.set_executable(str(own))
