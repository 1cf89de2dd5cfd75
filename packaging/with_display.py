"""Runs a command on a display: the one that is there, else a virtual one made for it.

    python packaging/with_display.py [--when-virtual=--option=value …] -- command …

The virtual display (Xvfb, 1920×1080) takes a free number of its own and ends with the command.
`--when-virtual` adds an option to the command where nobody can watch and the command has none of
that name. The exit status is the command's; 128 + n where signal n ended it.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType

SIZE = "1920x1080x24"
START_SECONDS = 20.0
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


class NoDisplay(Exception):  # noqa: N818 - a sentence for a person, not an error of ours
    pass


def _end_with_parent() -> None:
    """Runs in the new process: no Xvfb outlives a wrapper that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def virtual_display(size: str = SIZE) -> Iterator[str]:
    """Gives the name (":99") of a display of its own, which ends with the `with`."""
    program = shutil.which("Xvfb")
    if program is None:
        raise NoDisplay(
            "모니터도 Xvfb도 없습니다 (데비안 꾸러미 xvfb).\n"
            "There is neither a monitor nor Xvfb (Debian package xvfb)."
        )
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(theirs), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[theirs],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the command; the display ends after it
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no threads here
    )
    try:
        os.close(theirs)
        yield f":{_number(ours)}"
    finally:
        os.close(ours)
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _number(pipe: int) -> int:
    """Xvfb writes its number and a newline once it is ready for clients."""
    said = b""
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([pipe], [], [], START_SECONDS)
        part = os.read(pipe, 16) if ready else b""
        if not part:
            raise NoDisplay("Xvfb가 시작되지 않았습니다.\nXvfb did not start.")
        said += part
    return int(said)


def environment(display: str, base: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program that shall use this display and no other."""
    kept = {k: v for k, v in base.items() if k not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    return {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}


def with_options(command: Sequence[str], options: Sequence[str]) -> list[str]:
    """Adds those options that the command does not name itself."""
    named = {part.split("=", 1)[0] for part in command}
    return [*command, *(option for option in options if option.split("=", 1)[0] not in named)]


def run(command: Sequence[str], env: Mapping[str, str]) -> int:
    """The command's exit status; SIGTERM and SIGHUP to us are passed on to it."""
    child = subprocess.Popen(list(command), env=dict(env))

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    # Ctrl-C reaches the command by itself (same terminal): wait for it to end in its own way.
    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN)}
    before |= {n: signal.signal(n, pass_on) for n in (signal.SIGTERM, signal.SIGHUP)}
    try:
        status = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def has_display(env: Mapping[str, str]) -> bool:
    offscreen = env.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") or offscreen)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--when-virtual", action="append", default=[], metavar="OPTION")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args(arguments)
    try:
        if has_display(os.environ):
            return run(options.command, os.environ)
        with virtual_display() as display:
            command = with_options(options.command, options.when_virtual)
            return run(command, environment(display, os.environ))
    except NoDisplay as reason:
        print(reason, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
