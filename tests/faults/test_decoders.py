"""Decoder processes that die or hang: only their tiles blink, and not for long."""

from __future__ import annotations

import signal
import time

import psutil
import pytest

from tests.bench import breaking
from tests.bench.processes import wait_until
from tests.bench.seeing import until_all_seen
from tests.bench.trials import Watched
from tests.faults.conftest import TILES

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]
FPS, GOP = 15, 1.0


def all_live(run: Watched) -> bool:
    states = run.console.states()
    return len(states) == TILES and set(states.values()) == {"live"}


def test_a_killed_decoder_takes_only_its_own_tiles_along_and_they_come_back(run: Watched) -> None:
    before = {one.pid for one in run.console.decoders()}
    killed = breaking.kill_decoder(run, range(TILES), FPS, GOP)
    assert 0 < killed.killed_tiles < TILES
    assert killed.others_went_on
    assert killed.recovered
    after = {one.pid for one in run.console.decoders()}
    assert len(after) == len(before) == 2
    assert len(after & before) == 1
    assert wait_until(lambda: all_live(run), breaking.ALL_LIVE_SECONDS)


def test_a_decoder_that_hangs_is_replaced(run: Watched) -> None:
    victim = run.console.decoders()[0]
    stopped_at = time.monotonic()
    victim.send_signal(signal.SIGSTOP)
    try:
        _, recovered = until_all_seen(
            run.marks, range(TILES), breaking.ALL_LIVE_SECONDS, stopped_at
        )
        assert recovered
        assert wait_until(lambda: not victim.is_running(), breaking.GONE_SECONDS)
    finally:
        if victim.is_running():
            victim.send_signal(signal.SIGCONT)
    assert len(run.console.decoders()) == 2


def test_decoders_may_die_again_and_again(run: Watched) -> None:
    for _ in range(4):
        for victim in run.console.decoders():
            victim.kill()
        assert wait_until(lambda: len(run.console.decoders()) == 2, breaking.ALL_LIVE_SECONDS)
    last = time.monotonic()
    _, recovered = until_all_seen(run.marks, range(TILES), breaking.ALL_LIVE_SECONDS, last)
    assert recovered
    assert len(run.console.decoders()) == 2
    console = psutil.Process(run.console.pid)
    zombies = [one for one in console.children() if one.status() == psutil.STATUS_ZOMBIE]
    assert zombies == []
