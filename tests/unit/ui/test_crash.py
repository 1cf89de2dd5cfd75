from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.crash import FAULT_FILE, CrashHook

pytestmark = pytest.mark.allow_logs("ui.crash", "qt")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def hook(tmp_path: Path, told: list[str]) -> Iterator[CrashHook]:
    before = (sys.excepthook, threading.excepthook)
    made = CrashHook(tmp_path, told.append)
    made.install()
    yield made
    made.remove()
    sys.excepthook, threading.excepthook = before


def test_what_nobody_caught_is_told_with_its_trace(hook: CrashHook, told: list[str]) -> None:
    try:
        int("x")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert "test_crash.py" in told[0]
    assert "ValueError" in told[0]


def test_a_lost_task_is_told(hook: CrashHook, told: list[str]) -> None:
    loop = asyncio.new_event_loop()
    hook.watch(loop)
    loop.call_exception_handler({"message": "lost", "exception": RuntimeError("why")})
    loop.close()
    assert "lost" in told[0]
    assert "why" in told[0]


def test_a_bug_in_telling_does_not_tell_for_ever(tmp_path: Path) -> None:
    calls: list[str] = []

    def tell(details: str) -> None:
        calls.append(details)
        made._say("again")

    made = CrashHook(tmp_path, tell)
    made._say("once")
    made._say("twice")
    assert calls == ["once", "twice"]


def test_a_fault_file_is_kept_and_a_folder_that_cannot_be_written_is_survived(
    hook: CrashHook, tmp_path: Path
) -> None:
    assert (tmp_path / FAULT_FILE).exists()
    blocked = tmp_path / "file"
    blocked.write_text("")
    other = CrashHook(blocked / "below", lambda _: None)
    other.install()
    other.remove()
