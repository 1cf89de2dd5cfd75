"""The Windows Event Log, or syslog and the journal under Linux."""

from __future__ import annotations

import ctypes
import logging
import socket
import sys
from ctypes import wintypes
from pathlib import Path
from typing import Any, Final, Protocol

from typing_extensions import override

from app.domain.redact import redact
from app.domain.text import Text
from app.services.event_port import EventKind, EventLog, Level, NoEventLog
from app.tasks import SerialQueue

_log = logging.getLogger(__name__)

SOURCE: Final = "Gwanje"
_DEVICE: Final = Path("/dev/log")
_CLOSE_SECONDS: Final = 2.0
# winnt.h
_TYPES: Final[dict[Level, int]] = {"information": 4, "warning": 2, "error": 1}
# syslog.h: the facility LOG_USER and its severities.
_USER: Final = 1 << 3
_SEVERITIES: Final[dict[Level, int]] = {"information": 6, "warning": 4, "error": 3}
# ReportEventW refuses longer strings.
_LONGEST: Final = 31_000


class Sink(Protocol):
    """One log of the operating system. Blocks; raises OSError."""

    def put(self, kind: EventKind, line: str) -> None: ...

    def close(self) -> None: ...


class WindowsSink(Sink):
    """The log Application, source Gwanje.

    Without the installer's key it works as well, only that the viewer puts a sentence of its own
    before ours.
    """

    def __init__(self, library: Any = None) -> None:
        advapi = library or getattr(ctypes, "WinDLL")(  # noqa: B009 - exists on Windows only
            "advapi32", use_last_error=True
        )
        advapi.RegisterEventSourceW.restype = wintypes.HANDLE
        advapi.RegisterEventSourceW.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR)
        advapi.DeregisterEventSource.argtypes = (wintypes.HANDLE,)
        advapi.ReportEventW.argtypes = (
            wintypes.HANDLE, wintypes.WORD, wintypes.WORD, wintypes.DWORD, ctypes.c_void_p,
            wintypes.WORD, wintypes.DWORD, ctypes.POINTER(wintypes.LPCWSTR), ctypes.c_void_p,
        )  # fmt: skip
        self._advapi = advapi
        self._source = advapi.RegisterEventSourceW(None, SOURCE)
        if not self._source:
            raise OSError("RegisterEventSourceW")

    @override
    def put(self, kind: EventKind, line: str) -> None:
        strings = (wintypes.LPCWSTR * 1)(line[:_LONGEST])
        level = _TYPES[kind.level]
        if not self._advapi.ReportEventW(
            self._source, level, 0, kind.number, None, 1, 0, strings, None
        ):
            raise OSError("ReportEventW")

    @override
    def close(self) -> None:
        self._advapi.DeregisterEventSource(self._source)


class SyslogSink(Sink):
    """A datagram to the socket where syslog or the journal listens (RFC 3164)."""

    def __init__(self, device: Path = _DEVICE) -> None:
        self._device = device
        self._socket: socket.socket | None = None

    @override
    def put(self, kind: EventKind, line: str) -> None:
        # One line: a line break would begin another message.
        words = f"<{_USER + _SEVERITIES[kind.level]}>{SOURCE.lower()}: [{kind.number}] "
        told = (words + " ".join(line.split())).encode()
        try:
            self._connected().send(told)
        except OSError:
            # The service was started again: its socket is another one now.
            self.close()
            self._connected().send(told)

    def _connected(self) -> socket.socket:
        if self._socket is None:
            made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                made.connect(str(self._device))
            except OSError:
                made.close()
                raise
            self._socket = made
        return self._socket

    @override
    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class SystemEventLog(EventLog):
    """On a thread of its own; what the system refuses is noted once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._queue = SerialQueue("event log")
        self._failed = False

    @override
    def write(self, kind: EventKind, text: Text) -> None:
        # English first: who searches many computers searches for one wording.
        line = redact(f"{text.en}\n{text.ko}")
        try:
            self._queue.post(self._put, kind, line)
        except RuntimeError:
            _log.debug("the event log is closed")

    def _put(self, kind: EventKind, line: str) -> None:
        try:
            self._sink.put(kind, line)
        except OSError as error:
            if not self._failed:
                _log.info("the system's event log does not take a line: %s", error)
            self._failed = True

    @override
    async def close(self) -> None:
        await self._queue.close(_CLOSE_SECONDS)
        self._sink.close()


def system_event_log() -> EventLog:
    try:
        if sys.platform == "win32":
            return SystemEventLog(WindowsSink())
        return SystemEventLog(SyslogSink()) if _DEVICE.exists() else NoEventLog()
    except OSError as error:
        _log.info("no event log: %s", error)
        return NoEventLog()
