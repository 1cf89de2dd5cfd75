"""The page of the settings says what the program knows, and its example works."""

from __future__ import annotations

import re

from app.domain.preferences import FIELDS
from app.domain.settings import SETTINGS, Setting, Value, wanted
from app.formats.settings_toml import read
from tests.architecture.sources import ROOT, sources

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def row(setting: Setting) -> str:
    rule = wanted(setting)
    rules = rule.ko if rule.ko == rule.en else f"{rule.ko} · {rule.en}"
    policy = "○" if setting.policy else "–"
    title = f"{setting.title.ko} · {setting.title.en}"
    return f"| `{setting.name}` | {title} | {rules} | {shown(setting.default)} | {policy} |"


def shown(value: Value | None) -> str:
    if value is None or value == "":
        return "–"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_every_setting_stands_there_as_it_is() -> None:
    rows = [row(setting) for setting in SETTINGS]
    there = [line for line in PAGE.splitlines() if re.match(r"\| `\w+` \|", line)]
    assert there == rows, "docs/settings.md should have:\n" + "\n".join(rows)


def test_its_examples_can_be_read() -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        found = read(example.encode())
        assert (found.problems, found.remarks) == ((), ())
        assert found.values


def test_what_an_administrator_may_set_does_something() -> None:
    """And the preferences that nothing reads are not among the settings."""
    names = {setting.name for setting in SETTINGS if setting.personal}
    read_by = {
        match
        for source in sources("app", "ui")
        for match in re.findall(r"values\.(\w+)", source.text)
    }
    assert set(FIELDS) & read_by == names
