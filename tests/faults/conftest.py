"""A small site, and a console that shows all of it on a screen of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench import breaking
from tests.bench.seeing import until_all_seen
from tests.bench.site import Served
from tests.bench.trials import Watched, site_of, watched

TILES = 9


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with site_of(TILES) as found:
        yield found


@pytest.fixture
def run(site: Served) -> Iterator[Watched]:
    """All tiles are live. Two decoder processes, so that one can be broken and one not.

    What is left of the console after the test fails it.
    """
    with watched(site, TILES, ("--decoders", "2")) as started:
        _, all_seen = until_all_seen(started.marks, range(TILES), breaking.ALL_LIVE_SECONDS)
        assert all_seen, started.log.read_text(encoding="utf-8")
        yield started
    assert started.programs.leftover == []
