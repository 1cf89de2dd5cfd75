from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from app import log_setup

URL = "rtsp://kim:geheim@10.0.0.1/live"

log = logging.getLogger("test.log_setup")


@pytest.fixture
def stop(tmp_path: Path) -> Iterator[Callable[[], None]]:
    stop = log_setup.start(tmp_path / "logs")
    yield stop
    stop()


def written(folder: Path) -> str:
    return (folder / "logs" / log_setup.FILE_NAME).read_text(encoding="utf-8")


def fail() -> None:
    raise OSError(f"cannot open {URL}")


@pytest.mark.allow_logs("test.log_setup")
@pytest.mark.usefixtures("stop")
def test_no_credential_reaches_file_or_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("opening %s", URL)
    log.warning(f"directly {URL}")  # noqa: G004 - someone will
    log.info("a mapping %(url)s", {"url": URL})
    try:
        fail()
    except OSError:
        log.exception("failed", stack_info=True)
    said = written(tmp_path)
    assert "geheim" not in said
    assert "kim" not in said
    assert said.count("rtsp://***@10.0.0.1/live") >= 4
    assert "Traceback" in said
    assert "Stack (most recent call last)" in said


@pytest.mark.usefixtures("stop")
def test_nobody_else_looks_into_the_folder(tmp_path: Path) -> None:
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_a_profile_that_others_may_read_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program's own; one that somebody named is left as it is, and the log says so."""
    own, named = tmp_path / "own", tmp_path / "named"
    monkeypatch.setattr(log_setup, "own_profile_dir", lambda: own)
    for folder in (own, named):
        folder.mkdir(mode=0o755)
        log_setup.start(folder)()
    assert own.stat().st_mode & 0o777 == 0o700
    assert named.stat().st_mode & 0o777 == 0o755
    (said,) = [line for line in capsys.readouterr().err.splitlines() if "may look into" in line]
    assert str(named) in said


@pytest.mark.usefixtures("stop")
def test_a_wrong_format_string_tells_no_secret_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("%d streams", URL)
    assert "'%d streams'" in written(tmp_path)
    assert "geheim" not in written(tmp_path) + capsys.readouterr().err


class Odd:
    """An argument that cannot be put into words."""

    def __init__(self, shown: str = "") -> None:
        self._shown = shown

    @override
    def __str__(self) -> str:
        raise RuntimeError("no words")

    @override
    def __repr__(self) -> str:
        if not self._shown:
            raise RuntimeError("no words")
        return self._shown


@pytest.mark.usefixtures("stop")
def test_no_argument_stops_what_the_line_tells_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("one %s", Odd("odd password=geheim"))
    log.info("two %s", Odd())
    log.info("three %s", "\udcff")
    said = written(tmp_path)
    assert "odd password=***" in said
    assert "RuntimeError" in said
    assert r"three \udcff" in said


def test_a_later_handler_sees_the_blanked_record_only() -> None:
    record = log.makeRecord("n", logging.INFO, __file__, 1, "to %s", (URL,), None)
    assert log_setup.Redacting().filter(record)
    assert record.getMessage() == "to rtsp://***@10.0.0.1/live"
    assert not record.args


def test_the_file_turns_over(tmp_path: Path, stop: Callable[[], None]) -> None:
    handlers = logging.getLogger().handlers
    file = next(h for h in handlers if isinstance(h, logging.handlers.RotatingFileHandler))
    assert file.maxBytes == log_setup.MAX_BYTES
    assert file.backupCount == log_setup.KEPT_FILES


def test_everything_is_taken_down(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log_setup.start(tmp_path, logging.DEBUG)()
    assert root.handlers == before
    assert root.level == level


@pytest.mark.allow_logs("app.log_setup")
def test_a_folder_that_cannot_be_written_does_not_stop_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    log_setup.start(tmp_path / "file" / "logs")()
    assert "no log file" in caplog.text


def test_without_a_folder_only_the_console_is_used() -> None:
    before = len(logging.getLogger().handlers)
    stop = log_setup.start(None)
    assert len(logging.getLogger().handlers) == before + 1
    stop()
