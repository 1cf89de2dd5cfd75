"""Korean is complete: nothing on a screen is left in English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.architecture.scripts import script
from tests.architecture.sources import ROOT

translations = script("translations")
KOREAN = ROOT / "resources" / "translations" / "gwanje_ko.ts"
PLACE = re.compile(r"\{[^}]*\}|%\d|%n")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translation as `make translations` would leave it now."""
    if not KOREAN.exists():
        pytest.skip("no Korean translation yet (make translations)")
    copy = tmp_path_factory.mktemp("translations") / KOREAN.name
    shutil.copy(KOREAN, copy)
    translations.update(copy)
    return copy


def messages(file: Path) -> Iterator[tuple[str, str, ET.Element]]:
    for context in ET.parse(file).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield context.findtext("name", ""), message.findtext("source", ""), translation


def test_every_word_has_its_korean(fresh: Path) -> None:
    open_ones = [
        f"{context}: {source}"
        for context, source, translation in messages(fresh)
        if translation.get("type") is not None or not "".join(translation.itertext()).strip()
    ]
    assert open_ones == [], "make translations, then write the Korean"


def test_the_file_holds_all_words_and_no_others(fresh: Path) -> None:
    kept = {(context, source) for context, source, _ in messages(KOREAN)}
    assert kept == {(context, source) for context, source, _ in messages(fresh)}
    assert len(kept) > 100


def test_places_for_values_are_the_same_in_both(fresh: Path) -> None:
    wrong = [
        source
        for _, source, translation in messages(fresh)
        for form in (list(translation) or [translation])
        if form.text and sorted(PLACE.findall(source)) != sorted(PLACE.findall(form.text))
    ]
    assert wrong == []


def test_it_compiles(fresh: Path, tmp_path: Path) -> None:
    target = tmp_path / "gwanje_ko.qm"
    translations.compile_to(target, fresh)
    assert target.stat().st_size > 1000
