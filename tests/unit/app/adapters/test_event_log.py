from __future__ import annotations

import ctypes
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.adapters import event_log
from app.adapters.event_log import SyslogSink, SystemEventLog, WindowsSink, system_event_log
from app.domain.text import Text
from app.services.event_port import EventKind, NoEventLog

SAID = Text("허브 rtsp://kim:geheim@10.0.0.1/", "Refused: rtsp://kim:geheim@10.0.0.1/\nsecond")


@pytest.fixture
def device(tmp_path: Path) -> Iterator[tuple[Path, socket.socket]]:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "log"))
    listening.settimeout(10)
    yield tmp_path / "log", listening
    listening.close()


async def test_syslog_gets_one_line_without_credentials(
    device: tuple[Path, socket.socket],
) -> None:
    path, listening = device
    log = SystemEventLog(SyslogSink(path))
    log.write(EventKind.HUB_CERTIFICATE, SAID)
    await log.close()
    line = listening.recv(4096).decode()
    # The facility of users, a warning.
    assert line.startswith("<12>gwanje: [300] Refused: rtsp://***@10.0.0.1/ second")
    assert "geheim" not in line


async def test_a_log_that_is_gone_is_no_trouble(
    device: tuple[Path, socket.socket], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    path, listening = device
    log = SystemEventLog(SyslogSink(path))
    listening.close()
    path.unlink()
    for _ in range(3):
        log.write(EventKind.STARTED, SAID)
    await log.close()
    assert caplog.text.count("does not take a line") == 1
    log.write(EventKind.ENDED, SAID)


class Advapi:
    """What advapi32 was told."""

    def __init__(self, *, refuses: bool = False, handle: int = 7) -> None:
        self.reported: list[tuple[Any, ...]] = []
        self.closed: list[int] = []
        self.refuses = refuses
        self.RegisterEventSourceW: Any = lambda _server, _name: handle
        self.DeregisterEventSource: Any = self.closed.append
        self.ReportEventW: Any = self._report
        for name in ("RegisterEventSourceW", "DeregisterEventSource", "ReportEventW"):
            call = getattr(self, name)
            setattr(self, name, Callable(call))

    def _report(self, *told: Any) -> int:
        self.reported.append(told)
        return 0 if self.refuses else 1


class Callable(SimpleNamespace):
    """Takes the types that ctypes wants to know."""

    def __init__(self, call: Any) -> None:
        super().__init__(call=call)

    def __call__(self, *given: Any) -> Any:
        return self.call(*given)


async def test_windows_gets_source_level_number_and_words() -> None:
    advapi = Advapi()
    log = SystemEventLog(WindowsSink(advapi))
    log.write(EventKind.CRASHED, SAID)
    await log.close()
    ((source, level, _, number, _, count, _, strings, _),) = advapi.reported
    assert (source, level, number, count) == (7, 1, 200, 1)
    assert isinstance(strings, ctypes.Array)
    assert strings[0] == "Refused: rtsp://***@10.0.0.1/\nsecond\n허브 rtsp://***@10.0.0.1/"
    assert advapi.closed == [7]


async def test_a_refusal_of_windows_ends_nothing() -> None:
    log = SystemEventLog(WindowsSink(Advapi(refuses=True)))
    log.write(EventKind.STARTED, SAID)
    await log.close()
    with pytest.raises(OSError, match="RegisterEventSourceW"):
        WindowsSink(Advapi(handle=0))


async def test_without_a_socket_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "_DEVICE", tmp_path / "nothing")
    log = system_event_log()
    assert isinstance(log, NoEventLog)
    log.write(EventKind.STARTED, SAID)
    await log.close()
    (tmp_path / "nothing").touch()
    log = system_event_log()
    log.write(EventKind.STARTED, SAID)
    await log.close()


def test_the_numbers_are_those_of_the_document(root: Path) -> None:
    table = (root / "docs" / "care.md").read_text(encoding="utf-8")
    for kind in EventKind:
        assert f"| {kind.number} | {kind.level} |" in table, kind
        assert 1 <= kind.number <= 1000
