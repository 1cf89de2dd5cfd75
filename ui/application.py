"""Qt, the loop and the last line of defence: everything around one run of the console."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import app
from app import log_setup
from app.caring import Marked, begin_run
from app.config import Config
from app.domain.bad_ends import Exit
from app.ending import Asked, on_signals
from ui import self_test
from ui.crash import CrashHook
from ui.garbage import Garbage
from ui.loop import ConsoleLoop
from ui.overrides import guard_overrides
from ui.session import Session

_log = logging.getLogger(__name__)

_SWITCH_SECONDS = 0.0005
# Windows waits 5 s for a program that does not answer; a person reads its question a while longer.
_SIGNED_OUT_SECONDS = 30.0


def run(config: Config) -> int:
    """The console until it ends; the exit status."""
    started = time.monotonic()
    stop_log = log_setup.start(config.profile_dir)
    try:
        if (file := config.self_test) is not None:
            return _in_loop(config, None, lambda _: self_test.run(file))
        return _marked(config, started)
    finally:
        stop_log()


def _marked(config: Config, started: float) -> int:
    """A run that leaves a marker until it has ended well, also by a signal at any moment."""
    asked = Asked()
    restore = on_signals(asked.heard)
    try:
        # Before Qt: a graphics driver may end the process while its platform starts.
        config, marked = begin_run(config)
        status = _in_loop(config, marked, lambda holder: _session(config, started, holder, asked))
        if status != Exit.MISTAKE:
            marked.ended_well()
        return status
    finally:
        restore()


def _in_loop(
    config: Config,
    marked: Marked | None,
    work: Callable[[list[Session]], Coroutine[Any, Any, int]],
) -> int:
    session: list[Session] = []
    # Before Qt: where it ends the process, the crash log tells the place.
    hook = CrashHook(config.profile_dir, lambda details: _tell(session, details))
    hook.install()
    application = _application()
    if marked is not None:
        application.commitDataRequest.connect(signed_out(marked, application))
    guard_overrides()
    # A thread that computes gives the interpreter away after this long. The screen's thread asks
    # for it again after every call into Qt, so with Python's 5 ms one event could wait for 100.
    sys.setswitchinterval(_SWITCH_SECONDS)
    garbage = Garbage(application)
    garbage.start()
    try:
        with asyncio.Runner(loop_factory=lambda: ConsoleLoop(application)) as runner:
            hook.watch(runner.get_loop())
            return runner.run(work(session))
    except Exception:  # noqa: BLE001 - the last line of defence
        _log.critical("the console ended", exc_info=True)
        return Exit.MISTAKE
    finally:
        garbage.stop()
        hook.remove()


def signed_out(
    marked: Marked, parent: QObject, seconds: float = _SIGNED_OUT_SECONDS
) -> Callable[[object], None]:
    """Windows ends a process soon after it has told it that the user signs out: no bad end.

    Another program, or the user, may still say no. Then the run is marked again.
    """
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(round(seconds * 1000))
    timer.timeout.connect(marked.goes_on)

    def told(_session_manager: object) -> None:
        marked.ended_well()
        timer.start()

    return told


def _application() -> QApplication:
    policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
    QCoreApplication.setApplicationName("gwanje")
    QCoreApplication.setApplicationVersion(app.__version__)
    QGuiApplication.setDesktopFileName("gwanje")
    # The replay's native picture must not make the wall beside it native: each would be flushed
    # on its own, and popups refuse a native child as their parent.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    application = QApplication(sys.argv[:1])
    # Closing a window must not stop the loop before everything behind it has stopped.
    application.setQuitOnLastWindowClosed(False)
    # The style sheet is drawn on this one, alike on every system.
    application.setStyle("Fusion")
    return application


async def _session(config: Config, started: float, holder: list[Session], asked: Asked) -> int:
    session = Session(config, started)
    holder.append(session)
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        """As the operator would."""
        _log.info("signal %d", number)
        session.stop()

    # Not in the handler itself: it may have interrupted the very log.
    asked.follow(lambda number: loop.call_soon_threadsafe(end, number))
    try:
        return await session.run()
    finally:
        asked.leave()
        holder.clear()


def _tell(holder: list[Session], details: str) -> None:
    for session in holder:
        session.notices.bug(_bug_words, details)


def _bug_words() -> str:
    return QCoreApplication.translate(
        "Crash", "The program made a mistake. It was written to the log; the watch goes on."
    )
