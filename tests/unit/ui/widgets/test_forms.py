from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit
from pytestqt.qtbot import QtBot

from app.domain.korea import KST
from app.domain.text import Language
from ui.translations import Translations
from ui.widgets.forms import (
    count_form,
    day_form,
    day_pattern,
    moment_form,
    month_form,
    recent_form,
    time_form,
)

AT = datetime(2026, 3, 2, 0, 5, 7, tzinfo=UTC)


@pytest.fixture
def translations(qtbot: QtBot) -> Iterator[Translations]:
    made = Translations()
    yield made
    made.remove()


def test_in_korean_as_public_documents_write_them(translations: Translations) -> None:
    translations.install(Language.KO)
    assert day_form(date(2026, 3, 2)) == "2026. 3. 2."
    assert month_form(date(2026, 12, 1)) == "2026. 12."
    assert moment_form(AT, KST) == "2026. 3. 2. 09:05"
    assert moment_form(AT, KST, seconds=True) == "2026. 3. 2. 09:05:07"
    assert re.fullmatch(r"3\. [12]\. \d\d:\d\d:07", recent_form(AT))


def test_in_english_as_machines_sort_them(translations: Translations) -> None:
    translations.install(Language.EN)
    assert day_form(date(2026, 3, 2)) == "2026-03-02"
    assert month_form(date(2026, 12, 1)) == "2026-12"
    assert moment_form(AT, KST) == "2026-03-02 09:05"
    assert re.fullmatch(r"03-0[12] \d\d:\d\d:07", recent_form(AT))
    assert time_form(AT).endswith(":07")
    assert count_form(1234567) == "1,234,567"


@pytest.mark.parametrize("chosen", list(Language))
def test_a_field_for_a_day_shows_it_alike(translations: Translations, chosen: Language) -> None:
    translations.install(chosen)
    field = QDateEdit(QDate(2026, 3, 2))
    field.setDisplayFormat(day_pattern())
    assert field.text() == day_form(date(2026, 3, 2))


def test_no_screen_has_a_form_of_its_own(root: Path) -> None:
    """What goes to a server or into a file's name is no form for people."""
    own = re.compile(r"strftime|%d %H|%H:%M|%m-%d|:,}")
    found = [
        file.name
        for file in sorted((root / "ui").rglob("*.py"))
        if file.name != "forms.py" and own.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
