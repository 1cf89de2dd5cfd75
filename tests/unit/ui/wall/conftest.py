from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.wall_site import WallSite


@pytest.fixture
def make_site(qtbot: QtBot) -> Iterator[Callable[..., WallSite]]:
    made: list[WallSite] = []

    def make(*args: object, **kwargs: object) -> WallSite:
        site = WallSite(*args, **kwargs)  # type: ignore[arg-type]
        made.append(site)
        return site

    yield make
    for site in made:
        site.close()


@pytest.fixture
def site(make_site: Callable[..., WallSite]) -> WallSite:
    """Sixteen cameras on sixteen tiles."""
    return make_site()
