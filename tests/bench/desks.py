"""Consoles without a screen as processes: asked, killed, started again in the same folder."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.config import PASSWORD_VARIABLE
from tests.architecture.sources import ROOT

_READY_SECONDS = 60.0
_ANSWER_SECONDS = 60.0
_LINE = 512 * 2**20
_END_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Monotonic second at which an incident first stood where the screens read it."""

    id: str
    source: str
    external: str
    at: float


class Desk:
    """`start` it; `kill` and `start` again as often as you like; `stop` in the end."""

    def __init__(self, address: str, folder: Path, user: str, password: str) -> None:
        self.seen: dict[str, Seen] = {}
        self._command = [
            sys.executable, "-m", "tests.bench.headless", "--hub", address,
            "--folder", str(folder), "--user", user,
        ]  # fmt: skip
        # A keyring of the memory would not outlive a kill, a person's own is no place for this.
        keys = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        own = {PASSWORD_VARIABLE: password, "PYTHONPATH": str(ROOT)}
        self._environment = {**os.environ, **keys, **own}
        self._log = folder.with_suffix(".log")
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._answers: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    async def start(self) -> None:
        self._answers = asyncio.Queue()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=log, env=self._environment, cwd=ROOT, limit=_LINE,
            )  # fmt: skip
        self._reading = asyncio.create_task(self._read(self._process))
        async with asyncio.timeout(_READY_SECONDS):
            await self._next()

    async def ask(self, **asked: Any) -> dict[str, Any]:
        """Raises RuntimeError where it fails or has died."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        async with asyncio.timeout(_ANSWER_SECONDS):
            await process.stdin.drain()
            told = await self._next()
        if "failed" in told:
            raise RuntimeError(told["failed"])
        return told

    async def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._gone()

    async def stop(self) -> None:
        """As an operator would. Harmless twice."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
        await self._gone()

    async def _gone(self) -> None:
        assert self._process is not None
        assert self._reading is not None
        assert self._process.stdin is not None
        await self._process.wait()
        await self._reading
        self._process.stdin.close()
        with suppress(OSError):
            await self._process.stdin.wait_closed()
        self._process = None

    async def _next(self) -> dict[str, Any]:
        told = await self._answers.get()
        if told is None:
            raise RuntimeError(f"the console ended: {self._log.read_text()[-2000:]}")
        return told

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            told = json.loads(line)
            if "seen" in told:
                one = Seen(told["seen"], told["source"], told["external"], told["at"])
                self.seen.setdefault(one.id, one)
            else:
                self._answers.put_nowait(told)
        self._answers.put_nowait(None)
