from __future__ import annotations

import pytest

from app.domain import preferences, settings
from app.domain.errors import BadInput
from app.domain.preferences import FIELDS
from app.domain.setting_words import WORDS
from app.domain.settings import BY_NAME, SETTINGS, Kind, checked, monitors, unknown, wanted
from tests.fakes.settings import possible


def test_every_setting_is_there_once_and_has_its_words() -> None:
    assert len(BY_NAME) == len(SETTINGS) == len(WORDS)
    assert {setting.name for setting in SETTINGS} == WORDS.keys()
    for setting in SETTINGS:
        assert setting.title.ko != setting.title.en
        assert setting.about.ko.endswith(".")
        assert setting.about.en.endswith(".")
        assert wanted(setting).ko


def test_the_table_says_of_a_preference_what_the_preferences_say() -> None:
    for field in FIELDS:
        if (setting := BY_NAME.get(field)) is None:
            continue
        assert setting.default == preferences.default(field)
        assert (setting.low, setting.high) == (preferences.limits(field) or (0, 0))
        for choice in setting.choices:
            assert preferences.checked(field, choice) == choice


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
def test_what_is_possible_is_taken_and_what_is_not_is_said(setting: settings.Setting) -> None:
    assert checked(setting.name, possible(setting)) == possible(setting)
    impossible = {Kind.SWITCH: "yes", Kind.NUMBER: setting.high + 1}.get(setting.kind, 1)
    with pytest.raises(BadInput) as caught:
        checked(setting.name, impossible)
    assert setting.name in caught.value.text.ko
    assert setting.name in caught.value.text.en


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site", "  "),
        ("site", "줄\n바꿈"),
        ("site", "x" * 2000),
        ("updates", 1),
        ("layout", "7"),
        ("monitors", "main"),
        ("monitors", "main=1, main=2"),
        ("monitors", "9=1"),
        ("monitors", "2="),
    ],
)
def test_odd_values_of_the_workstation(name: str, value: object) -> None:
    with pytest.raises(BadInput):
        checked(name, value)


def test_a_certificate_may_have_lines_and_a_path_may_not() -> None:
    pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
    assert checked("hub_ca", f"{pem}\n") == pem
    with pytest.raises(BadInput):
        checked("hub_ca", "hub\nca.pem")


def test_windows_and_their_monitors() -> None:
    assert monitors("main=1, 2=DP-2,3 = DELL U2415") == {
        "main": "1", "2": "DP-2", "3": "DELL U2415",
    }  # fmt: skip


def test_an_unknown_name_says_what_was_meant() -> None:
    assert "“lock_minutes”" in unknown("lock_minuts").text.en
    assert "mean" not in unknown("zzz").text.en


def test_nobody_fixes_who_works_here() -> None:
    assert {setting.name for setting in SETTINGS if not setting.policy} == {
        "operator", "profile_dir", "side_panel_width",
    }  # fmt: skip
