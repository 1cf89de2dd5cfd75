"""The other end of the wire: servers that die, hang or hang up."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.bench import breaking
from tests.bench.processes import wait_until
from tests.bench.seeing import until_all_seen
from tests.bench.site import Served
from tests.bench.trials import Watched, site_of
from tests.faults.conftest import TILES

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


@pytest.fixture
def site() -> Iterator[Served]:
    """One for each test: its server is another process afterwards."""
    with site_of(TILES) as found:
        yield found


def none_live(run: Watched) -> bool:
    states = run.console.states()
    return len(states) == TILES and "live" not in states.values()


def all_live(run: Watched) -> bool:
    states = run.console.states()
    return len(states) == TILES and set(states.values()) == {"live"}


def test_all_tiles_come_back_with_their_server(run: Watched) -> None:
    returned = breaking.restart_server(run, range(TILES))
    assert set(returned.states_meanwhile) <= {"unreachable", "connecting", "frozen"}
    assert returned.recovered
    assert wait_until(lambda: all_live(run), breaking.ALL_LIVE_SECONDS)


def test_a_server_that_says_nothing_any_more_is_not_called_live(run: Watched) -> None:
    server = run.site.server_pid
    os.kill(server, signal.SIGSTOP)
    try:
        assert wait_until(lambda: none_live(run), breaking.ALL_LIVE_SECONDS)
    finally:
        os.kill(server, signal.SIGCONT)
    since = time.monotonic()
    _, recovered = until_all_seen(run.marks, range(TILES), breaking.ALL_LIVE_SECONDS, since)
    assert recovered
    assert wait_until(lambda: all_live(run), breaking.ALL_LIVE_SECONDS)


def test_a_session_that_the_server_ends_is_opened_again(run: Watched) -> None:
    run.site.drop(run.site.sources[0].mount)
    since = time.monotonic()
    _, recovered = until_all_seen(run.marks, range(TILES), breaking.ALL_LIVE_SECONDS, since)
    assert recovered
    reconnected = run.site.sources[0].number

    def counted() -> bool:
        report = run.console.report() or {"cameras": []}
        return any(
            row["number"] == reconnected and row["reconnects"] > 0 for row in report["cameras"]
        )

    assert wait_until(counted, breaking.ALL_LIVE_SECONDS)
