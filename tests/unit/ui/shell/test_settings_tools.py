from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.wall import MAIN_WINDOW
from app.services.settings_transfer import SettingsTransfer
from tests.fakes.shell_site import ShellSite, at_once
from ui.shell.screens import Screens
from ui.shell.settings_tools import SettingsTools


@pytest.fixture
def transfer(site: ShellSite, tmp_path: Path) -> Iterator[SettingsTransfer]:
    console = site.console
    made = SettingsTransfer(
        console.preferences, console.walls, console.tours, console.clock, tmp_path
    )
    yield made
    asyncio.run(made.stop())


@pytest.fixture
def tools(site: ShellSite, transfer: SettingsTransfer, qtbot: QtBot) -> SettingsTools:
    made = SettingsTools(site.desk, transfer)
    qtbot.addWidget(made)
    made.show()
    return made


def said(site: ShellSite) -> list[str]:
    return [notice.words() for notice in site.notices.open]


def question_of(tools: SettingsTools) -> QMessageBox:
    found = tools.window().findChildren(QMessageBox)[-1]
    assert isinstance(found, QMessageBox)
    return found


def press(question: QMessageBox, words: str) -> None:
    for button in question.buttons():
        if isinstance(button, QPushButton) and button.text() == words:
            button.click()
            return
    raise AssertionError(words)


def test_export_and_import_with_a_look_before_it(
    tools: SettingsTools, site: ShellSite, tmp_path: Path
) -> None:
    file, preferences = tmp_path / "settings.json", site.console.preferences
    preferences.set("theme", "light")
    at_once(site.console.walls.save(MAIN_WINDOW, "Gate"), "save")
    tools.export(file)
    assert said(site) == [f"Saved: {file}"]
    preferences.set("theme", "dark")
    tools.look(file)
    question = question_of(tools)
    assert question.informativeText() == "Colours: dark → light"
    assert not question.isModal() or question.windowModality().name == "WindowModal"
    press(question, "Cancel")
    assert preferences.values.theme == "dark"
    assert not tools.undoing.isVisible()
    tools.look(file)
    press(question_of(tools), "Import")
    assert preferences.values.theme == "light"
    assert tools.undoing.isVisible()
    tools.undoing.click()
    assert preferences.values.theme == "dark"
    assert not tools.undoing.isVisible()
    assert said(site)[-1] == "The import was taken back."


def test_nothing_new_and_nothing_readable_are_said(
    tools: SettingsTools, site: ShellSite, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    tools.export(file)
    file.write_text(file.read_text().replace('"preferences": {}', '"preferences": {"wings": 2}'))
    tools.look(file)
    assert tools.findChildren(QMessageBox) == []
    assert said(site)[1:] == [
        "“wings”: not known to this version, left out.",
        "Nothing in it differs from what is here.",
    ]
    file.write_text("no settings")
    tools.look(file)
    assert "Not a file of settings" in said(site)[-1]


def test_names_in_a_file_are_words_and_no_markup(
    tools: SettingsTools, site: ShellSite, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    tools.export(file)
    given = '{"theme": "light", "operator": "<b>Kim</b> <!-- "}'
    file.write_text(file.read_text().replace("{}", given, 1))
    tools.look(file)
    question = question_of(tools)
    labels = [label for label in question.findChildren(QLabel) if "<b>Kim</b>" in label.text()]
    assert [label.textFormat() for label in labels] == [Qt.TextFormat.PlainText]
    question.close()


def test_a_long_list_says_how_much_more_there_is(
    tools: SettingsTools, site: ShellSite, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    tools.export(file)
    unknown = ", ".join(f'"x{number}": 1' for number in range(40))
    text = file.read_text().replace("{}", '{"theme": "light", ' + unknown + "}", 1)
    file.write_text(text)
    tools.look(file)
    lines = question_of(tools).informativeText().splitlines()
    assert lines[0] == "Colours: dark → light"
    assert lines[-1] == "25 more"
    question_of(tools).close()


def test_files_are_chosen_without_blocking(tools: SettingsTools, tmp_path: Path) -> None:
    for button in (tools.exporting, tools.importing):
        button.click()
        dialog = tools.findChildren(QFileDialog)[-1]
        assert isinstance(dialog, QFileDialog)
        assert dialog.windowTitle() == button.text()
        saving = dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        assert saving is (button is tools.exporting)
        dialog.fileSelected.emit(str(tmp_path / "settings.json"))
        dialog.close()
    assert (tmp_path / "settings.json").exists()


def test_they_stand_under_the_settings(
    site: ShellSite, transfer: SettingsTransfer, qtbot: QtBot
) -> None:
    site.console.transfer = transfer
    screens = Screens(site.desk, lambda: None)
    found = screens.main.settings.findChildren(SettingsTools)
    assert len(found) == 1
    screens.close()
