"""A real hub as a process of its own: started, killed, started again on the same addresses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.demo import children
from app.demo.children import Child
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.signals import Signal
from app.tasks import Reader, SerialQueue

LOG_NAME = "hub-process.log"
HOST = "127.0.0.1"
# Streams end first, then the work in hand, then the store.
_STOP_SECONDS = 5.0
_JOIN_SECONDS = 1.0
# Whatever this program was given for a hub of its own is not for this one.
_SETTINGS = "GWANJE_HUB_"


@dataclass(frozen=True, slots=True)
class Running:
    """`first_password`: the file of a first run."""

    pid: int
    port: int
    socket_port: int
    first_password: Path | None


class HubProcess:
    """Plain HTTP on loopback; its data in `folder`. All calls on the loop's thread.

    ended  it died, and nobody here wanted that
    """

    def __init__(self, folder: Path, port: int = 0, settings: Mapping[str, str] | None = None):
        self.ended: Signal[None] = Signal("hub process ended")
        self.folder = folder
        self.port = port
        self.socket_port = 0
        self._settings = dict(settings or {})
        self._queue = SerialQueue("demo hub")
        self._child: Child | None = None
        self._reader: Reader | None = None
        self._expected: Child | None = None
        self._closed = False

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    async def start(self) -> Running:
        """The first time on `port`, later on the same ports again. Raises Unavailable."""
        child, running = await self._queue.run(self._start)
        self.port, self.socket_port = running.port, running.socket_port

        def ended() -> None:
            if child is not self._expected:
                self.ended.emit(None)

        self._reader = Reader("demo hub output", lambda: _line(child), lambda _: None, ended)
        return running

    async def kill(self) -> None:
        """As a power cut would."""
        await self._end(0.0)

    async def stop(self) -> None:
        """As an administrator would. Harmless twice."""
        await self._end(_STOP_SECONDS)

    async def close(self) -> None:
        """Harmless twice."""
        if not self._closed:
            self._closed = True
            await self.stop()
            await self._queue.close(_STOP_SECONDS + _JOIN_SECONDS)

    async def _end(self, seconds: float) -> None:
        # On the queue: after a start that nobody waits for any more.
        child = await self._queue.run(self._taken)
        if child is None:
            return
        self._expected = child
        if not seconds:
            child.kill()
        # Its reader holds the output: what has been killed closes it from the other side.
        await self._queue.run(child.wait, seconds)
        if self._reader is not None:
            await self._reader.join(_JOIN_SECONDS)
        await self._queue.run(child.end)

    def _taken(self) -> Child | None:
        child, self._child = self._child, None
        return child

    def _start(self) -> tuple[Child, Running]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_SETTINGS)}
        environment |= {_SETTINGS + key.upper(): value for key, value in self._settings.items()}
        command = children.hub_command(self.folder / "data", self.port, self.socket_port)
        log = self.folder / LOG_NAME
        self._child = child = Child(command, log, environment)
        told = child.hear()
        if told is None:
            self._child = None
            child.end()
            raise Unavailable(_not_started(log))
        return child, _running(child.pid, told)


def _line(child: Child) -> dict[str, Any]:
    if (told := child.hear()) is None:
        raise EOFError
    return told


def _running(pid: int, told: Mapping[str, Any]) -> Running:
    first = told["first_password"]
    port = int(str(told["address"]).rpartition(":")[2])
    return Running(pid, port, int(told["socket_port"]), Path(first) if first else None)


def _not_started(log: Path) -> Text:
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    why = said[-1] if said else "?"
    return Text(f"데모 허브를 시작할 수 없습니다: {why}", f"The demo's hub does not start: {why}")
