"""What the operator really sees of a replay: real libVLC, a real window, pixels of the screen."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.adapters import libvlc

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.real_vlc,
    pytest.mark.timeout(90),
    pytest.mark.skipif(libvlc.library() is None, reason="no libVLC here"),
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no virtual display here"),
]


def test_the_picture_on_the_screen_is_the_one_that_was_asked_for(
    root: Path, tmp_path: Path
) -> None:
    with_display = root / "packaging" / "with_display.py"
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(root),
        "PULSE_RUNTIME_PATH": str(tmp_path / "pulse"),
    }
    done = subprocess.run(
        [sys.executable, with_display, "--", sys.executable, "-m", "tests.e2e.replay_program",
         tmp_path],
        cwd=root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "sought": 30,
        "one on": 31,
        "two back": 29,
        "at the end": 59,
        "after the end": 15,
    }
