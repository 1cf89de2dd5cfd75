"""`python -m app.hub`: runs the hub, or one of its subcommands."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from app.domain.errors import Failure
from app.hub import log_setup
from app.hub.cli import arguments, commands
from app.hub.config import Config
from app.hub.program import Program
from app.hub.tasks import Worker, post

_CHUNK = 1024


def main(given: Sequence[str]) -> int:
    """0: well; 1: the store is not sound; 2: it could not be done, in words on standard error."""
    try:
        asked = arguments.parse(given)
        config = commands.config_of(asked, os.environ)
        if asked.command == "serve":
            log_setup.start(config.data)
            asyncio.run(_serve(asked, config))
            return 0
        outcome = commands.run(asked, config)
    except Failure as failure:
        sys.stderr.write(f"{failure.text}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in outcome.lines))
    return 0 if outcome.good else 1


async def _serve(asked: argparse.Namespace, config: Config) -> None:
    program = await Program.open(config)
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has none of this in its loop: there the hub ends with its console's Ctrl+C.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, over.set)
    if asked.until_input_ends:
        _watch_input(over)
    # For whoever started it: one line, once it answers.
    told = {
        "address": program.address,
        "socket_port": program.door.port if program.door else None,
        "first_password": str(program.first_password) if program.first_password else None,
    }
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()
    try:
        async with asyncio.timeout(asked.run_for):
            await over.wait()
    except TimeoutError:
        pass
    finally:
        await program.stop()


def _watch_input(over: asyncio.Event) -> None:
    """By a thread: Windows cannot wait for the pipe of whoever started it (WinError 6)."""
    loop, handle = asyncio.get_running_loop(), sys.stdin.fileno()

    def read() -> None:
        # Past Python's own buffer, whose lock would stand in the way of the interpreter's end.
        with suppress(OSError):
            while os.read(handle, _CHUNK):
                pass
        post(loop, over.set)

    Worker("input", read)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
