from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app.domain.errors import BadInput
from app.domain.preferences import FIELDS
from app.domain.settings import BY_NAME, Value
from app.domain.text import Language
from app.services.layers import Layers
from app.services.preferences import Preferences
from tests.fakes.shell_site import ShellSite
from ui.shell.setting_words import SECTIONS, Style, about, choice_words, name_of, section_words
from ui.shell.settings_panel import SettingsPanel
from ui.theme import ThemeName

ALL = [setting for settings in SECTIONS.values() for setting in settings]


@pytest.fixture
def panel(site: ShellSite, qtbot: QtBot) -> SettingsPanel:
    made = SettingsPanel(site.console.preferences, site.theme)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_setting_has_its_words_and_its_editor(panel: SettingsPanel) -> None:
    assert {setting.field for setting in ALL} == panel.editors.keys()
    assert set(panel.editors) <= set(FIELDS)
    for setting in ALL:
        assert name_of(setting.field)
        assert isinstance(about(setting.field), str)
    assert all(section_words(title) for title in SECTIONS)
    assert choice_words(Language.KO) != choice_words(Language.EN)
    assert choice_words(ThemeName.DARK) == "Dark"


def test_numbers_stay_in_the_range_of_the_preferences(site: ShellSite) -> None:
    for setting in ALL:
        if setting.style is Style.NUMBER:
            for value in (setting.low, setting.high):
                site.console.preferences.set(setting.field, value)
            with pytest.raises(BadInput):
                site.console.preferences.set(setting.field, setting.high + 1)


def test_what_was_not_edited_is_not_made_one_s_own(panel: SettingsPanel, site: ShellSite) -> None:
    preferences, operator = site.console.preferences, panel.editors["operator"]
    assert isinstance(operator, QLineEdit)
    preferences.set("operator", "Kim, signed in", keep=False)
    QTest.keyClick(operator, Qt.Key.Key_Return)
    assert preferences.own() == {}
    QTest.keyClicks(operator, "!")
    QTest.keyClick(operator, Qt.Key.Key_Return)
    assert preferences.own() == {"operator": "Kim, signed in!"}


def test_a_change_is_applied_at_once(panel: SettingsPanel, site: ShellSite) -> None:
    editors, preferences = panel.editors, site.console.preferences
    seconds, large = editors["replay_seconds"], editors["large_text"]
    language, operator = editors["language"], editors["operator"]
    assert isinstance(seconds, QSpinBox)
    assert isinstance(large, QCheckBox)
    assert isinstance(language, QComboBox)
    assert isinstance(operator, QLineEdit)
    seconds.setValue(90)
    large.click()
    language.activated.emit(language.findData(Language.EN))
    QTest.keyClicks(operator, " Kim ")
    operator.editingFinished.emit()
    values = preferences.values
    assert (values.replay_seconds, values.large_text) == (90, True)
    assert (values.language, values.operator) == (Language.EN, "Kim")


def test_a_change_from_elsewhere_is_shown(panel: SettingsPanel, site: ShellSite) -> None:
    site.console.preferences.set("theme", ThemeName.LIGHT)
    box = panel.editors["theme"]
    assert isinstance(box, QComboBox)
    assert box.currentData() == ThemeName.LIGHT


def test_a_folder_is_chosen_without_blocking(
    panel: SettingsPanel, site: ShellSite, tmp_path: Path
) -> None:
    panel._browse("stills_folder")
    dialog = panel.window().findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    assert site.console.preferences.values.stills_folder == str(tmp_path)
    line = panel.editors["stills_folder"]
    assert isinstance(line, QLineEdit)
    assert line.text() == str(tmp_path)
    dialog.close()


def test_what_this_machine_cannot_do_is_said_under_its_setting(panel: SettingsPanel) -> None:
    panel.set_problem("keep_awake", "Turn it off in the system.")
    assert "Turn it off in the system." in [label.text() for label in panel.findChildren(QLabel)]
    panel.set_problem("keep_awake", "")


def test_tools_stand_under_the_settings(panel: SettingsPanel, qtbot: QtBot) -> None:
    tools = QLabel("tools")
    panel.add_tools(tools)
    qtbot.waitUntil(lambda: tools.y() > panel.editors["language"].y())


def test_what_the_administrator_fixed_is_read_only_and_says_so(
    site: ShellSite, qtbot: QtBot
) -> None:
    fixed: dict[str, Value] = {
        "lock_minutes": 5,
        "stills_folder": "/srv/stills",
        "keep_awake": False,
        "kiosk": True,
    }
    panel = SettingsPanel(Preferences(site.store, Layers(policy=fixed)), site.theme)
    qtbot.addWidget(panel)
    panel.show()
    for setting in ALL:
        editor = panel.editors[setting.field]
        assert editor.isEnabled() is (setting.field not in fixed)
        said = editor.accessibleDescription()
        assert (said == "Set by your administrator") is (setting.field in fixed)
        assert panel._holders[setting.field].isEnabled() is (setting.field not in fixed)
    minutes, kiosk = panel.editors["lock_minutes"], panel.editors["kiosk"]
    assert isinstance(minutes, QSpinBox)
    assert isinstance(kiosk, QCheckBox)
    assert (minutes.value(), kiosk.isChecked()) == (5, True)
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert words.count("Set by your administrator") == len(fixed)
    panel.set_problem("keep_awake", "")
    assert panel._abouts["keep_awake"].text() == "Set by your administrator"
    QTest.keyClicks(minutes, "9")
    assert panel._preferences.values.lock_minutes == 5


def test_an_administrator_reads_the_names_that_the_screen_has(root: Path) -> None:
    """In the policy, the provisioning file and the page of the settings."""
    file = root / "resources" / "translations" / "gwanje_ko.ts"
    contexts = ET.parse(file).iter("context")  # noqa: S314 - our own file
    korean = {
        message.findtext("source"): message.findtext("translation")
        for context in contexts
        if context.findtext("name") == "Settings"
        for message in context.iter("message")
    }
    for setting in ALL:
        title = BY_NAME[setting.field].title
        assert (title.en, title.ko) == (name_of(setting.field), korean[name_of(setting.field)])
