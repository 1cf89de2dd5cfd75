from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.map_site import MapSite
from ui.map.panel import MapPanel
from ui.map.view import MapView


@pytest.fixture
def site(qtbot: QtBot) -> MapSite:
    return MapSite(qtbot)


@pytest.fixture
def view(site: MapSite) -> Iterator[MapView]:
    made = site.view()
    yield made
    made.shut()
    made.close()
    made.deleteLater()


@pytest.fixture
def panel(site: MapSite) -> Iterator[MapPanel]:
    made = site.panel()
    yield made
    site.feed.end()
    made.shut()
    made.close()
    made.deleteLater()
