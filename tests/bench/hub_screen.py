"""The real console, with its windows, while a hundred thousand cameras come in from a hub.

First with an empty profile, so that the whole snapshot is taken; then again from its own copy.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.config import PASSWORD_VARIABLE
from tests.architecture.sources import ROOT

_USABLE = re.compile(r"usable after ([\d.]+) s")
_LISTED = re.compile(r"(\d+) cameras listed after ([\d.]+) s")
_END_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Shown:
    """`usable`: seconds by its own log. `blocked`: of the UI, ms, from being usable on."""

    usable: float
    blocked: dict[str, Any]
    cameras: int
    listed_after: float


async def show(address: str, user: str, password: str, folder: Path, seconds: float) -> Shown:
    """One start of the program, for so long. Raises RuntimeError where it does not end well."""
    report, log = folder / "report.json", folder / "console.log"
    command = [
        sys.executable, str(ROOT / "main.py"), "--hub", address, "--hub-user", user,
        "--profile-dir", str(folder / "profile"), "--run-for", str(seconds),
        "--report", str(report),
    ]  # fmt: skip
    environment = {
        **os.environ, PASSWORD_VARIABLE: password, "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }  # fmt: skip
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=out, stderr=out, env=environment, cwd=ROOT
        )
        begun = time.monotonic()
        try:
            async with asyncio.timeout(seconds + _END_SECONDS):
                code = await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise RuntimeError("the console would not end") from None
    text = log.read_text(encoding="utf-8", errors="replace")
    if code != 0:
        raise RuntimeError(text[-2000:])
    found = json.loads(report.read_text(encoding="utf-8"))
    usable = _USABLE.search(text)
    listed = max(_LISTED.finditer(text), key=lambda one: int(one[1]), default=None)
    return Shown(
        float(usable[1]) if usable else time.monotonic() - begun,
        found["ui_block_ms"],
        int(listed[1]) if listed else 0,
        float(listed[2]) if listed else float("nan"),
    )
