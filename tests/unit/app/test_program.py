"""Which Python runs a second process: app.program."""

from __future__ import annotations

import multiprocessing
import multiprocessing.spawn
import sys
from pathlib import Path

import pytest

from app import program


def test_without_a_launcher_it_is_the_one_that_runs() -> None:
    assert program.python() == Path(sys.executable)
    before = multiprocessing.spawn.get_executable()
    program.prepare()
    assert multiprocessing.spawn.get_executable() == before


def test_behind_a_launcher_it_is_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "versions" / "1.0.0" / "python" / "pythonw.exe"
    shipped.parent.mkdir(parents=True)
    shipped.touch()
    told: list[str] = []
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gwanje.exe"))
    assert program.python(shipped.parents[1]) == shipped
    monkeypatch.setattr(program, "python", lambda: shipped)
    monkeypatch.setattr(multiprocessing, "set_executable", told.append)
    program.prepare()
    assert told == [str(shipped)]
