from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.run_marker import FOLDER, Runs, has_marker

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[], Runs]]:
    made: list[Runs] = []

    def one() -> Runs:
        made.append(Runs(tmp_path))
        return made[-1]

    yield one
    for runs in made:
        runs.end()


def die(runs: Runs) -> None:
    """As the system leaves a process that was killed: unlocked, the marker there."""
    assert runs._lock is not None
    runs._lock.close()
    runs._lock = None


def markers(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.run"))


def test_a_good_end_takes_the_marker_away(tmp_path: Path, run: Callable[[], Runs]) -> None:
    runs = run()
    assert runs.begin("1", NOW).found == ()
    assert has_marker(tmp_path, os.getpid())
    assert json.loads(markers(tmp_path)[0].read_text())["version"] == "1"
    runs.end()
    runs.end()
    assert markers(tmp_path) == []
    assert not has_marker(tmp_path, os.getpid())
    assert run().begin("1", NOW).found == ()


def test_a_marker_whose_run_is_gone_is_a_bad_end(tmp_path: Path, run: Callable[[], Runs]) -> None:
    first = run()
    first.begin("1", NOW)
    die(first)
    start = run().begin("2", NOW + timedelta(hours=1))
    assert [(end.version, end.began, end.safe) for end in start.found] == [("1", NOW, False)]
    assert not start.safe
    assert len(markers(tmp_path)) == 1
    assert [end.reported for end in run().ends()] == [False]


def test_a_console_that_runs_is_none(run: Callable[[], Runs], tmp_path: Path) -> None:
    run().begin("1", NOW)
    assert run().begin("1", NOW).found == ()
    assert len(markers(tmp_path)) == 2


def test_a_power_cut_that_ended_three_consoles_is_one_bad_end(run: Callable[[], Runs]) -> None:
    dead = [run() for _ in range(3)]
    for runs in dead:
        runs.begin("1", NOW)
    for runs in dead:
        die(runs)
    start = run().begin("1", NOW)
    assert len(start.found) == 3
    assert not start.safe
    assert len(run().ends()) == 1


def test_three_bad_ends_lead_to_the_safe_form_and_a_good_one_out_of_it(
    run: Callable[[], Runs],
) -> None:
    for minute in range(3):
        runs = run()
        assert not runs.begin("1", NOW + timedelta(minutes=minute)).safe
        die(runs)
    safe = run()
    assert safe.begin("1", NOW + timedelta(minutes=3)).safe
    safe.end()
    assert not run().begin("1", NOW + timedelta(minutes=4)).safe


def test_a_safe_run_that_died_is_followed_by_a_safe_one_until_a_person_says_otherwise(
    run: Callable[[], Runs],
) -> None:
    for _ in range(3):
        runs = run()
        runs.begin("1", NOW)
        die(runs)
    safe = run()
    assert safe.begin("1", NOW).safe
    die(safe)
    again = run()
    assert again.begin("1", NOW + timedelta(days=1)).safe
    again.forget()
    die(again)
    # That one had been safe, too: the word of the person counts from the next start on.
    assert [end.safe for end in run().begin("1", NOW + timedelta(days=2)).found] == [True]


@pytest.mark.parametrize("content", [b"", b"\0" * 60, b"[]", b'{"pid": "x"}'])
def test_a_marker_that_the_power_cut_off_is_a_bad_end_without_facts(
    tmp_path: Path, run: Callable[[], Runs], content: bytes
) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "7-x.run").write_bytes(content)
    (found,) = run().begin("1", NOW).found
    assert (found.began, found.pid) == (None, 0)
    assert len(markers(tmp_path)) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"[{}]", b"\xff"])
def test_a_damaged_history_is_none(tmp_path: Path, run: Callable[[], Runs], content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "bad-ends.json").write_bytes(content)
    assert run().ends() == []
    assert not run().begin("1", NOW).safe


def test_what_has_a_report_says_so(run: Callable[[], Runs]) -> None:
    first = run()
    first.begin("1", NOW)
    die(first)
    second = run()
    second.begin("1", NOW)
    second.reported()
    assert [end.reported for end in second.ends()] == [True]


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / FOLDER).touch()
    with pytest.raises(OSError, match="exists"):
        Runs(tmp_path).begin("1", NOW)
