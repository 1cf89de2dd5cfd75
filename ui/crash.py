"""What is our own fault is written down, told once, and does not end the watch."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")

FAULT_FILE = "crash.log"

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashHook:
    """Hears of every error that nobody caught, on whatever thread; `tell` gets the traceback.

    A console that runs a wall does not end for a bug in a dialog: it goes on and says so.
    """

    def __init__(self, folder: Path, tell: Callable[[str], object]) -> None:
        self._folder = folder
        self._tell = tell
        self._file: IO[str] | None = None
        self._telling = False

    def install(self) -> None:
        sys.excepthook = self._caught
        threading.excepthook = self._caught_on_thread
        qInstallMessageHandler(_qt_message)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = (self._folder / FAULT_FILE).open("a", encoding="utf-8")
        except OSError as error:
            _log.warning("no crash file: %s", error)
            faulthandler.enable()
        else:
            faulthandler.enable(self._file)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.set_exception_handler(self._caught_in_loop)

    def remove(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        faulthandler.disable()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.critical("not caught", exc_info=(kind, error, trace))
        self._say("".join(traceback.format_exception(kind, error, trace)))

    def _caught_on_thread(self, caught: threading.ExceptHookArgs) -> None:
        name = caught.thread.name if caught.thread is not None else "a thread"
        _log.critical("not caught on %s: %s", name, caught.exc_value, exc_info=caught.exc_value)

    def _caught_in_loop(self, _loop: object, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        message = str(context.get("message", "not caught in the loop"))
        _log.error("%s", message, exc_info=error if isinstance(error, BaseException) else None)
        trace = traceback.format_exception(error) if isinstance(error, BaseException) else []
        self._say("\n".join([message, "".join(trace)]))

    def _say(self, details: str) -> None:
        # A bug in the notices themselves must not tell of itself for ever.
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(details)
        finally:
            self._telling = False


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
