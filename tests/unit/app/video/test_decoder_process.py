"""A decoder process from the inside: it ends with its console, and hurries no camera."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from typing import Any

from typing_extensions import override

from app.video import decoder_entry
from app.video.decoder_process import _Pacer
from app.video.messages import DecoderOptions, Statuses


def test_it_ends_when_the_pipe_to_its_console_does() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    options = DecoderOptions("test-decoder")
    process = context.Process(target=decoder_entry.main, args=(theirs, options), daemon=True)
    process.start()
    theirs.close()
    assert ours.recv() == Statuses()
    ours.close()
    process.join(20)
    assert process.exitcode == 0
    process.close()


def test_the_engine_in_the_console_loads_no_codecs() -> None:
    """They cost a third of a second and thirty megabytes."""
    code = "import sys, app.video.engine; print('av' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == "False\n"


class Turns(threading.Event):
    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    @override
    def wait(self, timeout: float | None = None) -> Any:
        self.waits.append(timeout or 0.0)
        return False


def test_streams_open_one_after_the_other() -> None:
    pacer, turns = _Pacer(), Turns()
    began = time.monotonic()
    for _ in range(50):
        pacer.admit(turns)
    passed = time.monotonic() - began
    assert turns.waits == sorted(turns.waits)
    assert turns.waits[0] == 0.0
    assert turns.waits[-1] + passed >= 49 * 0.012
