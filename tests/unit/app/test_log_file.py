from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.hub import log_file as of_the_hub
from app.log_file import LogFile

LINE = "x" * 99


def record(words: str = LINE) -> logging.LogRecord:
    return logging.LogRecord("a", logging.INFO, "", 1, words, None, None)


Maker = Callable[[], LogFile]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Maker]:
    made: list[LogFile] = []

    def one() -> LogFile:
        made.append(LogFile(tmp_path / "a.log", 1000, 2))
        return made[-1]

    yield one
    for log in made:
        log.close()


def sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in sorted(folder.iterdir())}


def test_it_turns_over_and_keeps_so_many(tmp_path: Path, make: Maker) -> None:
    log = make()
    for _ in range(60):
        log.emit(record())
    assert {*sizes(tmp_path)} == {"a.log", "a.log.1", "a.log.2"}
    assert max(sizes(tmp_path).values()) <= 1000


def test_two_consoles_write_into_the_same_file_also_after_one_turned_it_over(
    tmp_path: Path, make: Maker
) -> None:
    first, second = make(), make()
    for number in range(40):
        (first, second)[number % 2].emit(record(f"{number:03d}" + LINE))
    assert f"{39:03d}" in (tmp_path / "a.log").read_text()
    assert f"{38:03d}" in (tmp_path / "a.log").read_text()
    assert max(sizes(tmp_path).values()) <= 1000


def renaming_but_the_open_one() -> Callable[[str, str], None]:
    """What Windows does to a file that another process has open."""
    renaming = os.rename

    def rename(source: str, target: str) -> None:
        if source.endswith("a.log"):
            raise PermissionError(errno.EACCES, "in use")
        renaming(source, target)

    return rename


def test_a_file_that_cannot_be_renamed_is_copied_and_cut(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "rename", renaming_but_the_open_one())
    log, other = make(), make()
    for _ in range(30):
        log.emit(record())
    other.emit(record("other"))
    assert {*sizes(tmp_path)} == {"a.log", "a.log.1", "a.log.2"}
    assert max(sizes(tmp_path).values()) <= 1000
    assert (tmp_path / "a.log").read_text().endswith("other\n")


def test_one_cut_by_another_console_is_not_turned_over_again(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every cut the others would push older lines out, and keep a few new ones instead."""
    monkeypatch.setattr(os, "rename", renaming_but_the_open_one())
    first, second = make(), make()
    for number in range(9):
        (second, first)[number % 2].emit(record(f"{number:03d}" + LINE))
    first.emit(record())
    assert sizes(tmp_path) == {"a.log": 100, "a.log.1": 927}
    second.emit(record())
    assert sizes(tmp_path) == {"a.log": 200, "a.log.1": 927}


@pytest.mark.parametrize("kind", [LogFile, of_the_hub.LogFile])
def test_where_nothing_can_be_moved_it_grows_so_far_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[LogFile | of_the_hub.LogFile]
) -> None:
    log = kind(tmp_path / "a.log", 1000, 2)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    for name in ("rename", "remove"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr("shutil.copyfile", refuse)
    for number in range(100):
        log.emit(record(f"{number:03d}" + LINE))
        lines = (tmp_path / "a.log").read_text().splitlines()
        assert lines[-1] == f"{number:03d}" + LINE
        assert number >= 15 or len(lines) == number + 1
        assert sizes(tmp_path)["a.log"] <= 2000
    monkeypatch.undo()
    log.emit(record())
    for _ in range(30):
        log.emit(record())
    log.close()
    assert {*sizes(tmp_path)} == {"a.log", "a.log.1", "a.log.2"}
    assert sizes(tmp_path)["a.log"] <= 1000


@pytest.mark.parametrize("kind", [LogFile, of_the_hub.LogFile])
def test_one_that_another_turned_over_meanwhile_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[LogFile | of_the_hub.LogFile]
) -> None:
    log = kind(tmp_path / "a.log", 1000, 2)

    def gone(_source: str, _target: str) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone")

    monkeypatch.setattr(os, "rename", gone)
    for _ in range(12):
        log.emit(record())
    log.close()
    assert len((tmp_path / "a.log").read_text().splitlines()) == 12


class Full:
    """A stream on a full disk."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        self.flush()

    def seek(self, *_: int) -> int:
        return 0

    def tell(self) -> int:
        return 0

    def fileno(self) -> int:
        raise OSError(errno.EBADF, "closed")


@pytest.mark.parametrize("kind", [LogFile, of_the_hub.LogFile])
def test_a_full_disk_is_said_once_and_stops_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: type[LogFile | of_the_hub.LogFile],
) -> None:
    log = kind(tmp_path / "a.log", 1000, 2)
    good = log.stream
    assert good is not None
    for _ in range(2):
        setattr(log, "stream", Full())  # noqa: B010 - no stream by its type
        for _ in range(5):
            log.emit(record())
        log.stream = good
        log.emit(record("again"))
    said = capsys.readouterr().err
    assert said.count("No space left on device") == 2
    assert "Traceback" not in said
    assert (tmp_path / "a.log").read_text() == "again\nagain\n"
    setattr(log, "stream", Full())  # noqa: B010 - as above
    log.close()
    good.close()


@pytest.mark.parametrize("kind", [LogFile, of_the_hub.LogFile])
def test_a_bug_in_a_line_is_still_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: type[LogFile | of_the_hub.LogFile],
) -> None:
    log = kind(tmp_path / "a.log", 1000, 2)
    log.emit(logging.LogRecord("a", logging.INFO, "", 1, "%d", ("x",), None))
    log.close()
    assert "TypeError" in capsys.readouterr().err
