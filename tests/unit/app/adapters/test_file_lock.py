from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.adapters.file_lock import FileLock

HOLD = """
import sys
from pathlib import Path
from app.adapters.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


def test_one_has_it_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "x"), FileLock(tmp_path / "x")
    assert first.take()
    assert not second.take(0.05)
    first.close()
    assert second.take()
    second.close()


def test_a_killed_holder_loses_it(tmp_path: Path, root: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "x"],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    lock = FileLock(tmp_path / "x")
    assert not lock.take()
    holder.kill()
    holder.communicate()
    assert lock.take(10)
    lock.close()
