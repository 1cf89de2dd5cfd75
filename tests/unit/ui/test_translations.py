from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

import resources
from app.domain.text import Language, Text
from ui.translations import SourceTranslator, Translations, language, words

TS = """<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="ko_KR"><context><name>Rail</name>
<message><source>Wall</source><translation>영상벽</translation></message>
<message><source>Open</source><comment>verb</comment><translation>열기</translation></message>
<message><source>Later</source><translation type="unfinished"></translation></message>
<message numerus="yes"><source>%n camera(s)</source>
<translation><numerusform>카메라 %n대</numerusform></translation></message>
</context></TS>"""


class Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @override
    def changeEvent(self, event: QEvent) -> None:
        self.heard += event.type() == QEvent.Type.LanguageChange


@pytest.fixture
def translations(qtbot: QtBot) -> Iterator[Translations]:
    made = Translations()
    yield made
    made.remove()


def test_without_one_the_source_is_english(qtbot: QtBot) -> None:
    assert language() is Language.EN
    assert words(Text("켜기", "on")) == "on"


def test_the_language_changes_while_the_program_runs(
    translations: Translations, qtbot: QtBot
) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    translations.install(Language.KO)
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
    assert language() is Language.KO
    assert words(Text("켜기", "on")) == "켜기"
    assert listener.heard >= 1
    translations.install(Language.EN)
    assert language() is Language.EN


def test_a_source_that_nobody_compiled_is_read_itself(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "gwanje_ko.ts"
    file.write_text(TS, encoding="utf-8")
    translator = SourceTranslator(file)
    assert not translator.isEmpty()
    assert translator.translate("Rail", "Wall") == "영상벽"
    assert translator.translate("Rail", "Open", "verb") == "열기"
    assert translator.translate("Rail", "%n camera(s)", "", 3) == "카메라 %n대"
    assert translator.translate("Rail", "Later") is None
    assert translator.translate("Other", "Wall") is None


def test_what_it_does_not_know_stays_in_the_source(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "gwanje_ko.ts"
    file.write_text(TS, encoding="utf-8")
    translator = SourceTranslator(file)
    QCoreApplication.installTranslator(translator)
    assert QCoreApplication.translate("Rail", "Wall") == "영상벽"
    assert QCoreApplication.translate("Rail", "Later") == "Later"
    QCoreApplication.removeTranslator(translator)


def test_the_korean_file_is_there() -> None:
    assert resources.path("translations", "gwanje_ko.ts").is_file()
    assert "translations" in str(resources.path("translations"))
