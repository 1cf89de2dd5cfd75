"""What the documents say is there, is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import app
from tests.architecture.sources import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"(?:`|^ *(?:\$ )?)make ([a-z][a-z-]*)", re.MULTILINE)


def test_the_version_is_one() -> None:
    changes = re.findall(
        r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert changes[0] == app.__version__ == project["version"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = [t for t in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in t]
    assert [t for t in targets if not (document.parent / t).exists()] == []


def test_every_command_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for file in DOCUMENTS for name in MAKE.findall(file.read_text(encoding="utf-8"))}
    assert named >= {"demo", "test"}
    assert named - targets == set()


def test_each_shipped_package_has_its_notice() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text()
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text().lower()
    shipped = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert len(shipped) > 20
    assert {name for name in shipped if f"| {name} |" not in notices} == set()


def test_decisions_are_short_and_name_what_was_dropped() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert len(decisions) >= 5
    for decision in decisions:
        text = decision.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 70, decision.name
        assert "## Dropped" in text, decision.name
