"""What of the server can be looked at without GStreamer; the rest is in integration/demo."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.demo import rtsp_server
from app.demo.children import SYSTEM_PYTHON
from app.demo.clock import CLOCK_NAME, LOG_NAME, TIMES_NAME

# What the server may import: nothing that only a virtual environment has.
FORBIDDEN = ("av", "numpy", "platformdirs", "typing_extensions", "PySide6")


def test_without_gstreamer_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise ImportError("No module named 'gi'")

    monkeypatch.setattr(sys, "stdin", io.StringIO("{}\n"))
    monkeypatch.setattr(rtsp_server, "Gi", missing)
    rtsp_server.main()
    assert json.loads(capsys.readouterr().out) == {"missing": "No module named 'gi'"}


def test_it_needs_nothing_but_the_standard_library(root: Path) -> None:
    if not SYSTEM_PYTHON.is_file():
        pytest.skip("no system Python here")
    program = (
        "import sys, app.demo.rtsp_server\n"
        f"print([name for name in {FORBIDDEN!r} if name in sys.modules])"
    )
    found = subprocess.run(
        [
            str(SYSTEM_PYTHON),
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(root)!r})\n{program}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"


def test_an_orphan_removes_what_was_written_for_its_run_and_nothing_else(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    for name in (TIMES_NAME, CLOCK_NAME, LOG_NAME):
        (run / name).touch()
    rtsp_server._remove(run)
    assert not run.exists()
    (tmp_path / "keep").touch()
    rtsp_server._remove(tmp_path)
    assert (tmp_path / "keep").exists()
