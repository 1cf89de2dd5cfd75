"""The relay that runs here: gst-rtsp-server in a process of its own, started again when it dies."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from app.hub.services.relay_port import Event, Hear, Pass, Session, Source, Told
from app.hub.tasks import cancel, spawn

Renewed = Callable[[], None]

_log = logging.getLogger(__name__)

# Debian's own Python: gst-rtsp-server is reached through gi, which no wheel brings.
SYSTEM_PYTHON: Final = Path("/usr/bin/python3")
_ROOT: Final = Path(__file__).parents[3]
_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 5.0
# One that ran so long was sound: the next one is started at once.
_SOUND_SECONDS: Final = 30.0
_STOP_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Listening:
    """`host`: what receivers call it. `certificate`, `key`: PEM files, for RTSPS; None for RTSP."""

    bind: str = "127.0.0.1"
    port: int = 0
    host: str = "127.0.0.1"
    certificate: Path | None = None
    key: Path | None = None
    most: int = 200


class GstRelay:
    """A `relay_port.Relay`. Belongs to the loop's thread."""

    def __init__(self, listening: Listening) -> None:
        self.hear: Hear = lambda _told: None
        self.renewed: Renewed = _nothing
        self._listening = listening
        self._port = listening.port
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._sessions: dict[str, dict[str, Session]] = {}
        self._problem = "not started"
        self.starts = 0

    @property
    def up(self) -> bool:
        return self._ready.is_set()

    @property
    def problem(self) -> str:
        return "" if self.up else self._problem

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def address(self, path: str, token: str = "") -> str:  # noqa: ARG002 - a Relay's
        scheme = "rtsp" if self._listening.certificate is None else "rtsps"
        return f"{scheme}://{self._listening.host}:{self._port}{path}"

    async def start(self) -> None:
        """Returns when it serves, or when it is clear that it cannot."""
        self._task = spawn(self._keep_running(), "relay")
        tried = spawn(self._ready.wait(), "relay: first start")
        await asyncio.wait([tried, self._task], return_when=asyncio.FIRST_COMPLETED)
        await cancel(tried)

    async def stop(self) -> None:
        process = self._process
        await cancel(self._task)
        self._task = None
        if process is not None:
            await ended(process)
            self._process = None

    async def put(self, source: Source) -> None:
        self._tell({"source": asdict(source)})

    async def forget(self, path: str) -> None:
        self._tell({"forget": path})

    async def allow(self, one: Pass) -> None:
        self._tell({"allow": asdict(one)})

    async def revoke(self, ids: Sequence[str]) -> None:
        if ids:
            self._tell({"revoke": list(ids)})

    def sessions(self) -> Sequence[Session]:
        return [one for some in self._sessions.values() for one in some.values()]

    # --------------------------------------------------------------------------------- inside

    async def _keep_running(self) -> None:
        loop = asyncio.get_running_loop()
        pause = 0.0
        while True:
            begun = loop.time()
            again = await self._run()
            self._ready.clear()
            self._sessions.clear()
            if not again:
                _log.error("there is no relay: %s", self._problem)
                return
            pause = min(pause * 2 or _FIRST_PAUSE, _LONGEST_PAUSE)
            if loop.time() - begun > _SOUND_SECONDS:
                pause = _FIRST_PAUSE
            _log.warning("the relay ended (%s); it is started again", self._problem)
            await asyncio.sleep(pause)

    async def _run(self) -> bool:
        """One life of the process. Whether another one may do better."""
        self._problem = "ended"
        try:
            process = await asyncio.create_subprocess_exec(
                str(SYSTEM_PYTHON), "-m", "app.hub.relay.gst_server",
                stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
            )  # fmt: skip
        except OSError as error:
            self._problem = error.strerror or type(error).__name__
            return False
        self._process = process
        self.starts += 1
        try:
            self._write(process, self._order())
            return await self._listen(process)
        finally:
            # Forgotten only then: whoever stops the relay meanwhile waits for this process, too.
            await ended(process)
            self._process = None

    async def _listen(self, process: Process) -> bool:
        assert process.stdout is not None  # noqa: S101 - asked for
        while line := await process.stdout.readline():
            told: dict[str, Any] = json.loads(line)
            if "missing" in told:
                self._problem = f"gst-rtsp-server is not installed ({told['missing']})"
                return False
            if "taken" in told:
                self._problem = f"port {told['taken']} is taken"
            elif "ready" in told:
                self._port = int(told["ready"])
                self._ready.set()
                self.renewed()
            else:
                self._heard(told)
        return True

    def _heard(self, told: dict[str, Any]) -> None:
        if "lost" in told:
            self.hear(Told(Event.LOST, told["lost"]))
            return
        ((event, about),) = told.items()
        found = Told(
            Event(event), about["path"], about["id"], about["address"] or "", about.get("why", "")
        )
        if found.event is Event.OPENED:
            some = self._sessions.setdefault(found.id, {})
            some[found.address] = Session(found.id, found.path, found.address)
        elif found.event is Event.CLOSED:
            self._sessions.pop(found.id, None)
        self.hear(found)

    def _order(self) -> dict[str, object]:
        where = self._listening
        return {
            "host": where.bind,
            # Started again it keeps its port: receivers have it in their addresses.
            "port": self._port,
            "certificate": None if where.certificate is None else str(where.certificate),
            "key": None if where.key is None else str(where.key),
            "most": where.most,
        }

    def _tell(self, message: dict[str, object]) -> None:
        if self._process is not None:
            self._write(self._process, message)

    @staticmethod
    def _write(process: Process, message: dict[str, object]) -> None:
        """One that has died takes nothing: the next one is told everything."""
        if process.stdin is not None and not process.stdin.is_closing():
            process.stdin.write(json.dumps(message).encode() + b"\n")


def _nothing() -> None:
    """Until somebody wants to know."""


async def ended(process: Process) -> None:
    """Asks, waits, insists."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
