"""The console's own end, however it comes: nothing of it is left."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.bench import breaking
from tests.bench.processes import Programs, family, wait_until
from tests.bench.screen import screen
from tests.bench.site import Served
from tests.bench.trials import Watched, watched
from tests.faults.conftest import TILES

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


def test_a_killed_console_leaves_no_process_and_no_memory(run: Watched) -> None:
    killed = breaking.kill_console(run)
    assert killed.processes > 2
    assert killed.left == ()


@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.6])
def test_nor_does_one_that_is_killed_while_it_opens(site: Served, seconds: float) -> None:
    with watched(site, TILES, ("--decoders", "2")) as run:
        assert wait_until(lambda: bool(run.console.decoders()), breaking.ALL_LIVE_SECONDS)
        # Not for anything to happen: to meet it in the middle of what it does then.
        time.sleep(seconds)
        killed = breaking.kill_console(run)
    assert killed.left == ()


def test_a_console_that_is_asked_to_end_does_so(run: Watched) -> None:
    processes = family(run.console.pid)
    os.kill(run.console.pid, signal.SIGTERM)
    assert run.programs.started[0].wait(breaking.GONE_SECONDS) == 0
    assert wait_until(lambda: not any(one.is_running() for one in processes), breaking.GONE_SECONDS)
    log = run.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert " ERROR " not in log


def test_a_killed_demo_takes_its_cameras_along(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with screen() as shown, Programs(tmp_path / "console.log") as programs:
        programs.start(
            [sys.executable, ROOT / "main.py", "--demo", "--no-hub", "--demo-cameras", str(TILES),
             "--layout", str(TILES), "--report", report, "--report-every", "1",
             "--profile-dir", tmp_path / "profile"],
            shown.environment,
        )  # fmt: skip
        assert wait_until(report.is_file, breaking.ALL_LIVE_SECONDS)
        processes = family(programs.started[0].pid)
        programs.started[0].kill()
        programs.started[0].wait()
        assert wait_until(
            lambda: not any(one.is_running() for one in processes), breaking.GONE_SECONDS
        )
    assert programs.leftover == []
