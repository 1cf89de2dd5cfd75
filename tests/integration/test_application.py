"""The program as a person starts it: a process of its own, ended politely."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QImage

from app.log_setup import FILE_NAME
from tests.fakes.waiting import until
from ui import application, session

SECONDS = 60.0


def start(root: Path, profile: Path, *options: str, group: bool = False) -> subprocess.Popen[str]:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(profile.parent))
    return subprocess.Popen(
        [sys.executable, "main.py", "--profile-dir", str(profile), "--decoders", "1", *options],
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=group,
    )


def finished(process: subprocess.Popen[str]) -> str:
    try:
        return process.communicate(timeout=SECONDS)[0]
    finally:
        process.kill()


def log_says(profile: Path, words: str, process: subprocess.Popen[str]) -> None:
    """Waits for a line in the log."""
    deadline = time.monotonic() + SECONDS
    log = profile / FILE_NAME
    while not (log.exists() and words in log.read_text(encoding="utf-8")):
        assert process.poll() is None, "it ended before it was usable"
        assert time.monotonic() < deadline, f"never said “{words}”"
        time.sleep(0.05)


@pytest.mark.timeout(90)
def test_a_run_that_ends_by_itself_leaves_report_and_screenshot(root: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    report, picture = tmp_path / "r.json", tmp_path / "s.png"
    process = start(
        root, profile, "--run-for", "1", "--report", str(report), "--screenshot", str(picture)
    )
    said = finished(process)
    assert process.returncode == 0, said
    assert json.loads(report.read_text(encoding="utf-8"))["tiles"] == 0
    assert not QImage(str(picture)).isNull()
    assert "Traceback" not in said


@pytest.mark.timeout(90)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_in_order(root: Path, tmp_path: Path, number: signal.Signals) -> None:
    profile = tmp_path / "profile"
    process = start(root, profile)
    log_says(profile, "usable after", process)
    process.send_signal(number)
    # The end of a session sends it, too, one way or the other.
    process.send_signal(signal.SIGHUP)
    said = finished(process)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert not list((profile / "runs").glob("*.run"))


def loads_qt(process: subprocess.Popen[str], _profile: Path) -> bool:
    maps = Path("/proc", str(process.pid), "maps")
    return "shiboken" in maps.read_text(encoding="utf-8", errors="replace")


def has_begun(_process: subprocess.Popen[str], profile: Path) -> bool:
    return bool(list((profile / "runs").glob("*.run")))


def has_a_decoder(process: subprocess.Popen[str], _profile: Path) -> bool:
    children = psutil.Process(process.pid).children()
    return any("spawn_main" in word for child in children for word in words_of(child))


def words_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.timeout(90)
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="Linux tells how far it is")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("far_enough", [loads_qt, has_begun, has_a_decoder])
async def test_a_signal_while_it_starts_leaves_nothing(
    root: Path,
    tmp_path: Path,
    far_enough: Callable[[subprocess.Popen[str], Path], bool],
    number: signal.Signals,
) -> None:
    """Sent to the whole group, as a terminal does."""
    profile = tmp_path / "profile"
    process = start(root, profile, group=True)
    await until(lambda: process.poll() is not None or far_enough(process, profile), SECONDS)
    os.killpg(process.pid, number)
    said = finished(process)
    # Before it has begun there is nothing to end in order.
    wished = {0, -number} if far_enough is loads_qt else {0}
    assert process.returncode in wished, said
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said
    assert not list((profile / "runs").glob("*.run"))


@pytest.mark.timeout(90)
def test_what_was_set_is_there_at_the_next_start(root: Path, tmp_path: Path) -> None:
    """Walls are restored from the profile; a language on the command line is not kept."""
    profile = tmp_path / "profile"
    for language in ("en", "ko"):
        process = start(root, profile, "--run-for", "0", "--lang", language, "--layout", "36")
        assert "Traceback" not in finished(process)
        assert process.returncode == 0
    assert list(profile.glob("*.db"))


def test_a_wrong_option_is_answered_in_words_without_a_window(root: Path, tmp_path: Path) -> None:
    process = start(root, tmp_path / "profile", "--layout", "7")
    said = finished(process)
    assert process.returncode == 2
    assert "1+12" in said


def test_a_bug_is_worded_for_the_operator() -> None:
    assert "log" in application._bug_words()
    assert "fonts-noto-cjk" in session.NO_HANGUL.en
