"""Who looks after the version of this program, as its folders say."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from app.adapters.installed_version import standing
from app.adapters.update_records import LastAct, last_act, tell
from app.domain.text import Text
from app.domain.update import Keeper, Standing


@pytest.fixture
def version(tmp_path: Path) -> Path:
    (tmp_path / "current").write_text("1.1.0\n", encoding="ascii")
    folder = tmp_path / "versions" / "1.0.0"
    folder.mkdir(parents=True)
    return folder


def test_a_working_copy_is_the_systems_business() -> None:
    assert standing() == Standing(app.__version__, Keeper.PACKAGE)


def test_an_installation_with_versions_side_by_side(version: Path) -> None:
    found = standing(version)
    assert found == Standing(app.__version__, Keeper.OWN, "1.1.0")
    assert found.waits
    words = Text("거절", "refused")
    tell(version.parents[1], LastAct("2026-11-27T04:10:00+00:00", "a", "", words.ko, words.en))
    found = standing(version)
    assert (found.last, found.applied) == (words, False)


def test_the_msi_looks_after_its_own(version: Path) -> None:
    (version.parents[1] / "managed").write_text("msi\n", encoding="ascii")
    assert standing(version).keeper is Keeper.MSI


@pytest.mark.parametrize("content", ["", "{", "[]", '{"of": "a newer version"}'])
def test_records_that_cannot_be_read_are_none(version: Path, content: str) -> None:
    root = version.parents[1]
    (root / "last-update.json").write_text(content, encoding="utf-8")
    assert last_act(root) is None
    assert standing(version).last is None
