"""Where this program's own Python is: behind a launcher, `sys.executable` is the launcher."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path
from typing import Final

# packaging/windows/stage.py: program/app/program.py, with the folder python beside program.
_HOME: Final = Path(__file__).resolve().parents[2]


def python(home: Path = _HOME) -> Path:
    """What runs Python code in another process. Behind a launcher: the shipped pythonw.exe.

    A decoder process that was started by the launcher's name would be a second console. `home`:
    the folder of this version, not of the launcher, which may start another one from now on.
    """
    shipped = home / "python" / "pythonw.exe"
    return shipped if shipped.is_file() else Path(sys.executable)


def prepare() -> None:
    """Once, before the first process is started."""
    own = python()
    if own != Path(sys.executable):
        multiprocessing.set_executable(str(own))
