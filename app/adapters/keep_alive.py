"""`--keep-alive`: starts the console, and starts it again when it ended badly.

A process without Qt: what may fail is in the child. The child's input is a pipe from here, and it
runs with `--until-input-ends`: however this process ends (also by kill -9, or by Windows), the
pipe is closed and the child ends in order.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

import app
from app.adapters.run_marker import has_marker
from app.domain.bad_ends import WISHED, WITHIN, Exit, pause
from app.ending import polite_signals
from app.program import python

_log = logging.getLogger(__name__)

# The console's own stages of stopping take no longer (ui.session.STOP_SECONDS twice).
STOP_SECONDS: Final = 90.0
_LOOK_S: Final = 0.5
# winbase.h; subprocess has the name on Windows only.
_NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0


def command(arguments: Sequence[str]) -> list[str]:
    """This program once more, as the child; behind a launcher by the shipped Python."""
    main = Path(app.__file__).resolve().parents[1] / "main.py"
    return [str(python()), "-X", "utf8", str(main), *arguments, "--kept"]


class Keeper:
    """`started` hears the number of each child.

    `died`: whether that process has left its marker behind. On Windows whoever kills a process
    says with which status it ended, 0 included.
    """

    def __init__(
        self,
        child: Sequence[str],
        started: Callable[[int], object] = lambda _pid: None,
        pauses: Callable[[int], float] = pause,
        died: Callable[[int], bool] = lambda _pid: False,
    ) -> None:
        self._command, self._started, self._pauses, self._died = child, started, pauses, died
        self._ending = threading.Event()

    def end(self) -> None:
        """From a handler of a signal, or another thread."""
        self._ending.set()

    def run(self) -> int:
        """Until the child ended as it was asked to, or this process was; the exit status."""
        bad = 0
        while True:
            begun = time.monotonic()
            status = self._once()
            if status in WISHED or self._ending.is_set():
                return status if status in WISHED else Exit.DONE
            lasted = time.monotonic() - begun
            bad = 1 if lasted > WITHIN.total_seconds() else bad + 1
            seconds = self._pauses(bad)
            _log.warning("the console ended with %d, again in %.0f s", status, seconds)
            if self._ending.wait(seconds):
                return Exit.DONE

    def _once(self) -> int:
        try:
            child = subprocess.Popen(  # noqa: S603 - this very program
                self._command, stdin=subprocess.PIPE, creationflags=_NO_WINDOW
            )
        except OSError as error:
            # Out of memory or handles: that passes, and nobody is there to try again.
            _log.warning("the console cannot be started: %s", error.strerror)
            return Exit.MISTAKE
        self._started(child.pid)
        try:
            status = self._watch(child)
            return Exit.MISTAKE if status in WISHED and self._died(child.pid) else status
        finally:
            child.kill()
            child.wait()
            if child.stdin is not None:
                child.stdin.close()

    def _watch(self, child: subprocess.Popen[bytes]) -> int:
        """Its exit status. It is told to end by the end of its input, and killed if it does not."""
        last = 0.0
        while (status := child.poll()) is None:
            if self._ending.is_set() and child.stdin is not None and not child.stdin.closed:
                child.stdin.close()
                last = time.monotonic() + STOP_SECONDS
            if last and time.monotonic() > last:
                return Exit.MISTAKE
            try:
                child.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                continue
        return status


def run(arguments: Sequence[str], profile: Path) -> int:
    """The whole program. Its few lines go to the terminal; the console itself has the log."""
    logging.basicConfig(format="%(asctime)s keep-alive %(levelname)s: %(message)s")
    keeper = Keeper(command(arguments), died=lambda pid: has_marker(profile, pid))

    def received(_number: int, _frame: FrameType | None) -> None:
        keeper.end()

    for number in polite_signals():
        signal.signal(number, received)
    return keeper.run()
