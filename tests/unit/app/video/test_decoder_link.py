"""The console's end of a decoder process."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.video.decoder_link import DecoderLink
from app.video.messages import CloseStream, DecoderOptions, Event, Statuses
from tests.fakes.waiting import until


class Ear:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.ended: list[DecoderLink] = []

    def link(self) -> DecoderLink:
        return DecoderLink(
            DecoderOptions("test-decoder"),
            lambda _, event: self.events.append(event),
            self.ended.append,
        )


def blocked(pid: int) -> int:
    """The signals that wait before this process, one bit each."""
    status = Path("/proc", str(pid), "status").read_text(encoding="ascii")
    return int(status.partition("SigBlk:")[2].split()[0], 16)


async def test_a_decoder_is_heard_and_ends_when_it_is_asked() -> None:
    ear = Ear()
    link = ear.link()
    await until(lambda: len(ear.events) > 1)
    assert ear.events[0] == Statuses()
    assert link.is_up
    assert link.silent_for(time.monotonic()) < 20.0
    pid = link.pid
    await link.stop()
    assert not psutil.pid_exists(pid)
    await until(lambda: ear.ended == [link])


async def test_a_decoder_that_was_killed_is_noticed_and_buried() -> None:
    ear = Ear()
    link = ear.link()
    await until(lambda: link.is_up)
    pid = link.pid
    link.kill()
    await until(lambda: ear.ended == [link])
    link.send(CloseStream(psutil.__name__))  # type: ignore[arg-type]
    await link.bury()
    assert not psutil.pid_exists(pid)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
async def test_a_decoder_that_does_not_listen_is_killed_at_the_stop() -> None:
    ear = Ear()
    link = ear.link()
    await until(lambda: link.is_up)
    pid = link.pid
    os.kill(pid, signal.SIGSTOP)
    for _ in range(3000):  # more than the pipe holds
        link.send(CloseStream("x" * 100))  # type: ignore[arg-type]
    await link.stop()
    assert not psutil.pid_exists(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal's signals, as Linux shows them")
async def test_a_decoder_is_deaf_to_the_terminal_from_its_birth() -> None:
    ear = Ear()
    link = ear.link()
    waiting = blocked(link.pid)
    assert all(waiting >> (number - 1) & 1 for number in (signal.SIGINT, signal.SIGHUP))
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    await link.stop()


@pytest.mark.allow_logs("app.video.decoder_link")
async def test_a_process_that_the_system_refuses_is_an_end_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refuse)
    ear = Ear()
    link = ear.link()
    await until(lambda: ear.ended == [link])
    assert link.pid == 0
    link.kill()
    await asyncio.wait_for(link.stop(), 5.0)
