from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.care import Care, CareParts
from tests.fakes.care import FakeEvidence, FakeRuns, HeardEvents
from ui.care.screens import screens_piece
from ui.care.tools import CareTools

NOW = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)


class Site:
    def __init__(self, *, safe: bool = False) -> None:
        self.evidence, self.runs = FakeEvidence(), FakeRuns()
        parts = CareParts(self.evidence, self.runs, HeardEvents(), lambda: ())
        self.care = Care(parts, safe=safe)
        self.tools = CareTools(self.care, self.attempt, lambda: NOW)

    def attempt(self, work: Coroutine[Any, Any, object], _name: str) -> None:
        async def whole() -> None:
            await work
            await self.care.stop()

        asyncio.run(whole())


@pytest.fixture
def site(qtbot: QtBot) -> Site:
    made = Site()
    qtbot.addWidget(made.tools)
    return made


def test_it_is_saved_with_the_screens_and_told_where(site: Site, tmp_path: Path) -> None:
    target = tmp_path / "x.zip"
    site.tools.save(str(target))
    names = [piece.name for piece in site.evidence.written[target].pieces]
    assert names == ["logs/gwanje.log", "screens.json", "runs.json"]
    assert site.tools.said.text() == f"Saved: {target}"
    assert not site.tools.said.isHidden()
    assert site.tools.progress.isHidden()
    assert site.tools.collect.isEnabled()


def test_a_refusal_is_said_where_it_was_asked(site: Site, tmp_path: Path) -> None:
    site.evidence.refuses = Unavailable(Text("자리가 없습니다.", "There is no room."))
    site.tools.save(str(tmp_path / "x.zip"))
    assert "There is no room." in site.tools.said.text() or "자리" in site.tools.said.text()
    assert site.tools.collect.isEnabled()


def test_progress_is_a_bar(site: Site) -> None:
    site.tools._show(0.42)
    assert site.tools.progress.value() == 42


def test_a_second_one_waits_for_the_first(site: Site, tmp_path: Path) -> None:
    site.tools.collect.setEnabled(False)
    site.tools.save(str(tmp_path / "x.zip"))
    assert site.evidence.written == {}
    asyncio.run(site.care.stop())


@pytest.fixture
def dialog(site: Site) -> Iterator[QFileDialog]:
    site.tools.ask_where()
    (found,) = site.tools.findChildren(QFileDialog)
    yield found
    found.close()
    asyncio.run(site.care.stop())


def test_the_name_tells_the_time(dialog: QFileDialog) -> None:
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    (file,) = dialog.selectedFiles()
    assert Path(file).name == f"gwanje-diagnostics-{NOW.astimezone():%Y%m%d-%H%M%S}.zip"


def test_the_way_out_of_the_safe_form_is_there_in_it_only(qtbot: QtBot, site: Site) -> None:
    assert site.tools.bring_back.isHidden()
    safe = Site(safe=True)
    qtbot.addWidget(safe.tools)
    assert not safe.tools.bring_back.isHidden()
    assert "Safe form" in safe.tools.safe_words.text()
    safe.tools.bring_back.click()
    assert not safe.care.safe
    assert safe.tools.bring_back.isHidden()
    asyncio.run(site.care.stop())


def test_another_language_is_followed(site: Site) -> None:
    site.tools.title.clear()
    QApplication.sendEvent(site.tools, QEvent(QEvent.Type.LanguageChange))
    assert site.tools.title.text() == "Diagnostics"
    asyncio.run(site.care.stop())


def test_screens_are_told_without_serial_numbers(site: Site) -> None:
    told = screens_piece().text
    assert '"width"' in told
    assert '"platform": "offscreen"' in told
    assert "serial" not in told
    asyncio.run(site.care.stop())
