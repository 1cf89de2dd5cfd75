"""Real children: small programs of Python that end in one way or the other."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from app.adapters.keep_alive import Keeper, command
from app.domain.bad_ends import Exit

pytestmark = pytest.mark.allow_logs("app.adapters.keep_alive")


def child(script: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", script, *map(str, arguments)]


# Each start leaves a line; ends as the n-th argument says.
COUNTED = """
import os, pathlib, sys
file = pathlib.Path(sys.argv[1])
with file.open("a") as out:
    out.write("x")
status = int(sys.argv[1 + len(file.read_text())])
if status < 0:
    os.kill(os.getpid(), -status)
sys.exit(status)
"""


def no_pause(_in_a_row: int) -> float:
    return 0.0


@pytest.mark.parametrize("status", [Exit.DONE, Exit.WRONG_OPTIONS, Exit.PARTLY])
def test_it_ends_with_a_child_that_ended_as_it_was_asked(tmp_path: Path, status: Exit) -> None:
    starts: list[int] = []
    keeper = Keeper(child(COUNTED, tmp_path / "n", int(status)), starts.append, no_pause)
    assert keeper.run() == status
    assert len(starts) == 1


def test_a_killed_child_and_a_failed_one_are_started_again(tmp_path: Path) -> None:
    pauses: list[int] = []

    def pause(in_a_row: int) -> float:
        pauses.append(in_a_row)
        return 0.0

    starts: list[int] = []
    keeper = Keeper(child(COUNTED, tmp_path / "n", -9, 1, 0), starts.append, pause)
    assert keeper.run() == Exit.DONE
    assert len(starts) == 3
    assert pauses == [1, 2]


def test_a_child_that_left_its_marker_died_whatever_its_status_says(tmp_path: Path) -> None:
    starts: list[int] = []
    keeper = Keeper(
        child(COUNTED, tmp_path / "n", 0, 0), starts.append, no_pause, lambda pid: pid == starts[0]
    )
    assert keeper.run() == Exit.DONE
    assert len(starts) == 2


def test_a_program_that_cannot_be_started_is_tried_again() -> None:
    tried: list[int] = []

    def pause(in_a_row: int) -> float:
        tried.append(in_a_row)
        if in_a_row == 3:
            keeper.end()
        return 0.0

    keeper = Keeper(["/nowhere/python"], pauses=pause)
    assert keeper.run() == Exit.DONE
    assert tried == [1, 2, 3]


def test_ended_it_ends_its_child_by_the_end_of_its_input() -> None:
    waits = "import sys; print('here', file=sys.stderr); sys.stdin.read(); sys.exit(0)"
    keeper = Keeper(child(waits), lambda _pid: keeper.end())
    assert keeper.run() == Exit.DONE


def test_ended_in_a_pause_it_starts_none_any_more(tmp_path: Path) -> None:
    starts: list[int] = []

    def pause(_in_a_row: int) -> float:
        threading.Timer(0.01, keeper.end).start()
        return 600.0

    keeper = Keeper(child(COUNTED, tmp_path / "n", 1, 1), starts.append, pause)
    assert keeper.run() == Exit.DONE
    assert len(starts) == 1


def test_the_child_is_this_program_without_a_keeper_of_its_own() -> None:
    words = command(["--kiosk", "--keep-al"])
    assert words[0] == sys.executable
    assert Path(words[3]).name == "main.py"
    assert words[4:] == ["--kiosk", "--keep-al", "--kept"]
