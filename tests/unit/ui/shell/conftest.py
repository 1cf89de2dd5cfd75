from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.shell_site import ShellSite
from ui.shell.screens import Screens


@pytest.fixture
def site(qtbot: QtBot, tmp_path: Path) -> Iterator[ShellSite]:
    """A desk with sixteen cameras on sixteen tiles."""
    made = ShellSite(tmp_path)
    yield made
    made.close()


@pytest.fixture
def quits() -> list[str]:
    return []


@pytest.fixture
def screens(qtbot: QtBot, site: ShellSite, quits: list[str]) -> Iterator[Screens]:
    """The main window of `site`, on the screen."""
    made = Screens(site.desk, lambda: quits.append("quit"))
    made.open()
    qtbot.waitExposed(made.main)
    yield made
    made.close()
