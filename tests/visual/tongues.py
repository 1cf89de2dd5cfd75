"""Languages that the screens are shown in: Korean, English, and one longer than any other."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from typing_extensions import override

import resources
from app.domain.text import Language, Text
from ui.translations import Translations

_HANGUL = re.compile(r"[가-힣]+")
_ACCENTS = str.maketrans("aeiouAEIOU", "àèìòùÀÈÌÒÙ")


class Tongue(StrEnum):
    KO = "ko"
    EN = "en"
    STRETCHED = "stretched"

    @property
    def language(self) -> Language:
        return Language.KO if self is Tongue.KO else Language.EN


def stretched(words: str) -> str:
    """About 40 % longer, as the longest languages are; places for values stay."""
    parts = words.split("{")
    said = [parts[0].translate(_ACCENTS)]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        said.append("{" + name + brace + rest.translate(_ACCENTS))
    return f"[{''.join(said)}{'·' * max(1, len(words) * 2 // 5 - 2)}]"


class Stretched(QTranslator):
    """Every word of the screens, stretched."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if context == "Language" or not sourceText:
            return None
        return stretched(sourceText)


def speak(tongue: Tongue) -> list[QTranslator | Translations]:
    """Words of the screens and those made below them (`Text`), for the rest of this process; keep
    what is returned for as long.
    """
    if tongue is not Tongue.STRETCHED:
        translations = Translations()
        translations.install(tongue.language)
        return [translations]
    longer = Stretched()
    QApplication.installTranslator(longer)
    setattr(Text, "in_", lambda self, _language: stretched(self.en))  # noqa: B010 - a method
    return [longer]


# Words of no language: names of formats, keys, and what the fakes call their cameras and people.
_SAME = re.compile(
    r"Ctrl|Shift|Alt|Tab|Esc|Del|Enter|Space|Return|Home|MBTiles|Excel|XLSX|CSV|PDF|CCTV|English"
    r"|fps|kbps|Mbit|sub|main|h264|H\.264|CPU|https?://\S+|hub\.example|Camera \d+|Dalseo-gu|anna"
    r"|PC-1|conflict|ms|MB|km|Page|Up|Down|rtsp\S*|errno|trace|PTZ|SOP|AI"
)
# `Text(ko, en)` in the source, each perhaps of several literals one after the other.
_LITERAL = r'f?"(?:[^"\\]|\\.)*"'
_TEXT = re.compile(rf"\bText\(\s*((?:{_LITERAL}\s*)+),\s*((?:{_LITERAL}\s*)+)")
_VALUE = re.compile(r"\{[^{}]*\}")
_BETWEEN = re.compile(r" · |\n|\t")


@cache
def _given() -> frozenset[str]:
    """Korean words that are data: what the walk and the fakes call people, places, incidents."""
    folder = Path(__file__).resolve().parents[1]
    files = (folder / "visual" / "walk.py", *sorted((folder / "fakes").glob("*.py")))
    said = [file.read_text(encoding="utf-8") for file in files]
    return frozenset(_HANGUL.findall(" ".join(said)))


def _is_given(word: str) -> bool:
    """Also where it is cut for want of room."""
    if word.endswith("…"):
        return any(one.startswith(word[:-1]) for one in _given())
    return word in _given()


def _pairs() -> Iterator[tuple[str, str]]:
    """Korean and English of all that the program itself says: on its screens and below them."""
    ours = ET.fromstring(resources.text("translations", "gwanje_ko.ts"))  # noqa: S314 - our own
    for message in ours.iter("message"):
        yield message.findtext("translation") or "", message.findtext("source") or ""
    for file in (Path(__file__).resolve().parents[2] / "app").rglob("*.py"):
        for both in _TEXT.findall(file.read_text(encoding="utf-8")):
            korean, english = ("".join(re.findall(r'"([^"]*)"', one)) for one in both)
            yield korean, english


@cache
def _own(tongue: Tongue) -> re.Pattern[str]:
    """What the program says in that language and says otherwise in the other one.

    Values stand in for their names. Of a phrase that is nearly all values nothing can be told.
    """
    letters = re.compile(r"[가-힣]{2}" if tongue is Tongue.KO else r"[A-Za-z]{3}")
    said = {pair[tongue is not Tongue.KO] for pair in _pairs() if pair[0] != pair[1]}
    told = sorted(one for one in said if letters.search(_SAME.sub("", _VALUE.sub("", one))))
    return re.compile("|".join(".+".join(map(re.escape, _VALUE.split(one))) for one in told))


def _of_the_other(words: str, tongue: Tongue) -> bool:
    """Whether the program's own words of another language are what is said, or a part of it."""
    own = _own(Tongue.KO if tongue is Tongue.EN else Tongue.EN)
    return any(own.fullmatch(part.strip()) for part in (words, *_BETWEEN.split(words)))


@cache
def untold(words: str, tongue: Tongue) -> bool:
    """Whether a translator has forgotten them: English words in Korean, Korean ones in English,
    plain ones in the stretched language; other words that are not data as well.
    """
    if tongue is Tongue.EN:
        return not all(map(_is_given, re.findall(r"[가-힣]+…?", words))) or _of_the_other(
            words, tongue
        )
    if tongue is Tongue.KO and _of_the_other(words, tongue):
        return True
    rest = _SAME.sub("", words)
    if not re.search(r"[A-Za-z]{2,}", rest):
        return False
    if tongue is Tongue.KO:
        return not re.search(r"[가-힣]", words)
    return not re.search(r"[àèìòùÀÈÌÒÙ\[가-힣]", words)
