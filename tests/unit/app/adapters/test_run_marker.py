from __future__ import annotations

import json
import os
import subprocess
import sys
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
    last = run().begin("1", NOW + timedelta(days=2))
    assert [(end.safe, end.version) for end in last.found] == [(False, "1")]
    assert not last.safe


def test_the_way_out_counts_whoever_says_it(tmp_path: Path, run: Callable[[], Runs]) -> None:
    for _ in range(3):
        runs = run()
        runs.begin("1", NOW)
        die(runs)
    safe = run()
    assert safe.begin("1", NOW).safe
    Runs(tmp_path).forget()
    safe.end()
    safe.again("1", NOW)
    die(safe)
    assert not run().begin("1", NOW + timedelta(hours=1)).safe


def test_a_run_that_goes_on_after_its_end_was_told_is_marked_again(
    tmp_path: Path, run: Callable[[], Runs]
) -> None:
    runs = run()
    runs.begin("1", NOW)
    runs.again("1", NOW)
    assert len(markers(tmp_path)) == 1
    runs.end()
    runs.again("1", NOW)
    assert has_marker(tmp_path, os.getpid())
    die(runs)
    assert len(run().begin("1", NOW).found) == 1


def test_a_full_disk_makes_no_bad_end(root: Path, tmp_path: Path) -> None:
    """In a process of its own: its files may have no byte."""
    script = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from app.adapters.run_marker import Runs
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
runs = Runs(Path(sys.argv[1]))
try:
    runs.begin("1", datetime.now(UTC))
except OSError:
    print("refused")
runs.end()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=root, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == "refused\n"
    assert markers(tmp_path) == []


def test_a_marker_that_somebody_holds_for_a_moment_goes_all_the_same(
    tmp_path: Path, run: Callable[[], Runs], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, tries = run(), iter([PermissionError(13, "held"), None])
    runs.begin("1", NOW)
    unlink = Path.unlink

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == ".run" and (error := next(tries)) is not None:
            raise error
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    runs.end()
    assert markers(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 60,
        b"[]",
        b'{"pid": "x"}',
        b"[" * 100_000,
        b'{"pid": 1e999, "version": "x"}',
        b'{"pid": 1, "version": "x", "began": "0001-01-01T00:00:00"}',
        b'{"pid": 1, "version": "x", "began": 5}',
    ],
)
def test_a_marker_that_the_power_cut_off_is_a_bad_end_without_facts(
    tmp_path: Path, run: Callable[[], Runs], content: bytes
) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "7-x.run").write_bytes(content)
    (found,) = run().begin("1", NOW).found
    assert (found.began, found.pid) == (None, 0)
    assert len(markers(tmp_path)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"[{}]",
        b"\xff",
        b"[" * 100_000,
        b'[{"found": "2026-11-27T07:00:00", "version": "x", "pid": 1}]',
        b'[{"found": "2026-11-27T07:00:00+00:00", "version": "x", "pid": Infinity}]',
        b'[{"found": "0001-01-01T00:00:00", "version": "x", "pid": 1}]',
    ],
)
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
