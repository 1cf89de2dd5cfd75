"""The two processes of a demo site: one that prepares clips, one that serves them.

Blocking code for a worker thread. Both children end when their standard input ends, so that not
even a kill -9 of this process leaves one behind. (A parent-death signal would not do: it comes
when the thread that started them ends.)
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing.spawn
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import Unavailable
from app.domain.text import Text

_ROOT = Path(__file__).parents[2]
# Debian's own Python: gst-rtsp-server is reached through gi, which no wheel brings.
SYSTEM_PYTHON = Path("/usr/bin/python3")
_STOP_SECONDS = 3.0


class Child:
    """A process that talks in JSON lines."""

    def __init__(
        self,
        command: list[str],
        log: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        own = os.environ if environment is None else environment
        environment = {**own, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
        with (log or Path(os.devnull)).open("ab") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own modules
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                cwd=_ROOT,
                text=True,
                encoding="utf-8",
            )
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError  # both were asked for
        self._input, self._output = self._process.stdin, self._process.stdout

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, message: dict[str, object]) -> None:
        try:
            self._input.write(json.dumps(message) + "\n")
            self._input.flush()
        except (OSError, ValueError):
            return  # it has died, or was told to end; whoever listens will notice

    def hear(self) -> dict[str, Any] | None:
        """The next message; None at the end."""
        line = self._output.readline()
        return None if not line else dict(json.loads(line))

    def kill(self) -> None:
        """Without a word, as a crash would; from any thread."""
        self._process.kill()

    def end(self) -> None:
        """Asks, waits, insists; closes what it spoke through. Harmless twice."""
        self.wait(_STOP_SECONDS)
        self._output.close()

    def wait(self, seconds: float) -> None:
        """Asks it to end, waits, insists; its last words can still be heard."""
        self.tell({"stop": True})
        # Closing tries to write what a dead process did not take.
        with contextlib.suppress(OSError):
            self._input.close()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def prepare_command(cache: Path, seconds: float) -> list[str]:
    # Under a launcher of our own, sys.executable would start the console again.
    python = multiprocessing.spawn.get_executable()
    return [os.fsdecode(python), "-m", "app.demo.footage", str(cache), str(seconds)]


def hub_command(data: Path, port: int, socket_port: int) -> list[str]:
    """Port 0: any free one."""
    python = os.fsdecode(multiprocessing.spawn.get_executable())
    return [
        python, "-m", "app.hub", "serve", "--data", str(data), "--plain", "--port", str(port),
        "--socket-port", str(socket_port), "--until-input-ends",
    ]  # fmt: skip


def server_command() -> list[str]:
    return [str(SYSTEM_PYTHON), "-m", "app.demo.rtsp_server"]


def prepared(child: Child, report: Callable[[float], object]) -> Path:
    """Listens to the preparing process until it has the folder. Raises Unavailable."""
    while (message := child.hear()) is not None:
        if "folder" in message:
            return Path(message["folder"])
        if "error" in message:
            raise Unavailable(_cannot_prepare(str(message["error"])))
        report(float(message["fraction"]))
    raise Unavailable(_cannot_prepare("the preparing process ended"))


def _cannot_prepare(reason: str) -> Text:
    return Text(
        ko=f"시연 영상을 준비할 수 없습니다: {reason}",
        en=f"The demo's footage cannot be prepared: {reason}",
    )
