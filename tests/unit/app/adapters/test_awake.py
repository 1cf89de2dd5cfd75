from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.adapters.awake import LinuxInhibitor, NoInhibitor
from app.domain.errors import Unavailable


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "cat").symlink_to("/bin/cat")
    return folder


def test_the_lock_runs_while_it_is_held_and_ends_with_it(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    program(path, "systemd-inhibit", f'echo "$1" >> {log}; shift 4; "$@"; echo ended >> {log}')
    inhibitor = LinuxInhibitor({"PATH": str(path)})
    inhibitor.hold()
    assert log.read_text() == "--what=idle:sleep\n"
    inhibitor.release()
    assert log.read_text() == "--what=idle:sleep\nended\n"


def test_x11_is_put_off_where_there_is_a_display(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    program(path, "xset", f'echo "$@" >> {log}')
    inhibitor = LinuxInhibitor({"PATH": str(path), "DISPLAY": ":5"})
    inhibitor.hold()
    inhibitor.renew()
    inhibitor.release()
    inhibitor.renew()
    assert log.read_text() == "s reset\ns reset\n"


def test_a_bus_that_refuses_is_no_means(path: Path) -> None:
    program(path, "systemd-inhibit", "exit 1")
    with pytest.raises(Unavailable):
        LinuxInhibitor({"PATH": str(path)}).hold()


def test_a_system_without_means_says_so() -> None:
    with pytest.raises(Unavailable):
        LinuxInhibitor({"PATH": ""}).hold()
    with pytest.raises(Unavailable):
        NoInhibitor().hold()
