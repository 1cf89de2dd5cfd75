"""Runs the self-test of a version that nobody has started yet."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

# A cold start on a slow disk, and two films encoded and decoded.
_SECONDS: Final = 180.0
_MOST_LETTERS: Final = 300


def works(folder: Path) -> str:
    """What is wrong with the version in `folder`; "" if every part of it works. Blocks."""
    # Windows takes no file away that a process which outlives the test still has open.
    with tempfile.TemporaryDirectory(prefix="gwanje-update-", ignore_cleanup_errors=True) as name:
        told = Path(name) / "self-test.json"
        command = [
            str(_python(folder)), str(folder / "program" / "main.py"), "--self-test", str(told),
            "--profile-dir", str(Path(name) / "profile"),
        ]  # fmt: skip
        words = Path(name) / "words.txt"
        try:
            # No pipe: a process that outlives the test would hold it open.
            with words.open("wb") as output:
                done = subprocess.run(  # noqa: S603 - a version that was believed and unpacked here
                    command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                    timeout=_SECONDS, check=False, cwd=folder,
                )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)[-_MOST_LETTERS:]
        if done.returncode == 0 and told.is_file():
            return ""
        # The last line of a traceback says what it was.
        lines = words.read_text(encoding="utf-8", errors="replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "no answer")
        return _why(told) or said[:_MOST_LETTERS]


def _python(folder: Path) -> Path:
    """Its own, as the package for Windows brings it; here and elsewhere this one."""
    own = folder / "python" / "python.exe"
    return own if own.is_file() and sys.platform == "win32" else Path(sys.executable)


def _why(file: Path) -> str:
    try:
        parts = json.loads(file.read_text(encoding="utf-8"))["parts"]
    except (OSError, ValueError, KeyError):
        return ""
    wrong = {name: said for name, said in parts.items() if said not in ("ok", "absent")}
    return ", ".join(f"{name}: {said}" for name, said in wrong.items())[:_MOST_LETTERS]
