"""The windows of a workstation with two monitors; Qt's offscreen platform has as many as asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SCREEN = {"width": 1920, "height": 1080, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def opened(root: Path, folder: Path, wanted: str) -> dict[str, object]:
    screens = [SCREEN | {"name": f"DP-{n + 1}", "x": 1920 * n, "y": 0} for n in range(2)]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}))
    done = subprocess.run(
        [
            sys.executable, "-m", "tests.integration.monitors_program", str(folder), wanted,
            "-platform", f"offscreen:configfile={file}",
        ],
        cwd=root, env={**os.environ, "QT_QPA_PLATFORM": ""}, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_each_window_opens_on_its_monitor(root: Path, tmp_path: Path) -> None:
    told = opened(root, tmp_path, "main=2, 2=dp-1")
    assert told == {"shown": {"main": "DP-2", "2": "DP-1"}, "said": []}


def test_one_monitor_that_is_missing_leaves_its_window_on_the_main_one(
    root: Path, tmp_path: Path
) -> None:
    told = opened(root, tmp_path, "2=DP-9, 3=2")
    assert told["shown"] == {"main": "DP-1", "2": "DP-1", "3": "DP-2"}
    assert told["said"] == ["The monitor DP-9 is not there: wall 2 is on the main one."]
