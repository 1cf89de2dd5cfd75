"""No sleep and no screen saver: Windows, and Linux with systemd or X11."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from typing_extensions import override

from app.domain.errors import Unavailable
from app.services.awake import CANNOT, Awake, Inhibitor

# winbase.h: the request lasts until the thread that made it takes it back or ends.
ES_CONTINUOUS = 0x80000000
ES_SYSTEM_REQUIRED = 0x00000001
ES_DISPLAY_REQUIRED = 0x00000002

_SECONDS = 5.0


class WindowsInhibitor(Inhibitor):
    """SetThreadExecutionState; works in every session, also without rights."""

    @override
    def hold(self) -> None:
        self._set(ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED)

    @override
    def renew(self) -> None:
        """The request does not wear off."""

    @override
    def release(self) -> None:
        self._set(ES_CONTINUOUS)

    def _set(self, state: int) -> None:
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
        if kernel.SetThreadExecutionState(state) == 0:
            raise Unavailable(CANNOT)


class LinuxInhibitor(Inhibitor):
    """An inhibitor lock of systemd for sleep and idleness, and X11's screen saver put off.

    The lock lasts as long as `cat` reads from us: it ends with this process, however that dies.
    """

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        self._environment = dict(os.environ) if environment is None else environment
        self._lock: subprocess.Popen[bytes] | None = None
        self._reset: Sequence[str] = ()

    @override
    def hold(self) -> None:
        self._lock = self._systemd_lock()
        self._reset = self._x11_reset()
        if self._lock is None and not self._reset:
            raise Unavailable(CANNOT)
        self.renew()

    def _systemd_lock(self) -> subprocess.Popen[bytes] | None:
        program, cat = self._which("systemd-inhibit"), self._which("cat")
        if program is None or cat is None:
            return None
        what = ("--what=idle:sleep", "--who=Gwanje", "--why=A video wall is shown", "--mode=block")
        lock = subprocess.Popen(  # noqa: S603 - found on the path, no words from outside
            [program, *what, cat],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )
        # Without a bus it fails at once; with one it stays.
        with contextlib.suppress(subprocess.TimeoutExpired):
            lock.wait(0.5)
            _close(lock)
            return None
        return lock

    def _x11_reset(self) -> Sequence[str]:
        if not self._environment.get("DISPLAY"):
            return ()
        for name, arguments in (("xdg-screensaver", ("reset",)), ("xset", ("s", "reset"))):
            if (program := self._which(name)) is not None:
                return (program, *arguments)
        return ()

    def _which(self, name: str) -> str | None:
        return shutil.which(name, path=self._environment.get("PATH"))

    @override
    def renew(self) -> None:
        if self._reset:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(  # noqa: S603 - as above
                    self._reset,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    env=self._environment,
                    timeout=_SECONDS,
                    check=False,
                )

    @override
    def release(self) -> None:
        lock, self._lock, self._reset = self._lock, None, ()
        if lock is not None:
            _close(lock)


def _close(lock: subprocess.Popen[bytes]) -> None:
    """The end of its input ends `cat`, and with it the lock."""
    if lock.stdin is not None:
        lock.stdin.close()
    try:
        lock.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        lock.kill()
        lock.wait()


class NoInhibitor(Inhibitor):
    """A system we have no means for."""

    @override
    def hold(self) -> None:
        raise Unavailable(CANNOT)

    @override
    def renew(self) -> None:
        """Nothing is held."""

    @override
    def release(self) -> None:
        """Nothing is held."""


def system_awake() -> Awake:
    if sys.platform == "win32":
        return Awake(WindowsInhibitor())
    return Awake(LinuxInhibitor() if sys.platform.startswith("linux") else NoInhibitor())
