"""The version under the settings, and what the last update said."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.text import Text
from app.domain.update import Keeper, Standing
from app.services.updates import Updates
from ui.shell.update_row import UpdateRow


def words(standing: Standing | None, qtbot: QtBot) -> list[str]:
    updates = Updates(lambda: standing or Standing("", Keeper.OWN))

    async def look() -> None:
        if standing is not None:
            await updates.look()
        await updates.stop()

    asyncio.run(look())
    row = UpdateRow(updates)
    qtbot.addWidget(row)
    return [label.text() for label in row.findChildren(QLabel) if label.text()]


def test_nothing_is_claimed_before_it_was_looked(qtbot: QtBot) -> None:
    assert words(None, qtbot) == ["Version"]


@pytest.mark.parametrize("keeper", list(Keeper))
def test_who_looks_after_it(qtbot: QtBot, keeper: Keeper) -> None:
    title, version, about = words(Standing("1.0.0", keeper, "1.0.0"), qtbot)
    assert (title, version) == ("Version", "1.0.0")
    assert len(about) > 20


def test_one_that_waits_and_one_that_was_refused(qtbot: QtBot) -> None:
    refused = Text("서명이 맞지 않습니다.", "The signature is not right.")
    standing = Standing("1.0.0", Keeper.OWN, "1.1.0", refused, "2026-11-27T04:10:00+00:00")
    _, _, about, last = words(standing, qtbot)
    assert "1.1.0 runs from the next start" in about
    assert "2026-11-27" in last
    assert refused.en in last or refused.ko in last
