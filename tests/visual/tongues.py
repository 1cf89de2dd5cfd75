"""Languages that the screens are shown in: Korean, English, and one longer than any other."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.domain.incident_types import INCIDENT_TYPES
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
    r"|PC-1|ms|MB|km|Page|Up|Down|rtsp\S*|errno|trace|PTZ|SOP|AI"
)


@cache
def _given() -> frozenset[str]:
    """Korean words that are data: what the walk and the fakes call people, places, incidents."""
    folder = Path(__file__).resolve().parents[1]
    files = (folder / "visual" / "walk.py", *sorted((folder / "fakes").glob("*.py")))
    said = [file.read_text(encoding="utf-8") for file in files]
    said += [type_.name.ko for type_ in INCIDENT_TYPES.values()]  # titles of the walk
    return frozenset(_HANGUL.findall(" ".join(said)))


def untold(words: str, tongue: Tongue) -> bool:
    """Whether a translator has forgotten them: Latin words in Korean, Korean ones that are not data
    in English, plain ones in the stretched language.
    """
    if tongue is Tongue.EN:
        return not _given().issuperset(_HANGUL.findall(words))
    rest = _SAME.sub("", words)
    if not re.search(r"[A-Za-z]{2,}", rest):
        return False
    if tongue is Tongue.KO:
        return not re.search(r"[가-힣]", words)
    return not re.search(r"[àèìòùÀÈÌÒÙ\[가-힣]", words)
