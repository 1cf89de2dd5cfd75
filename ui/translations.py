"""The language on screen: English in the source, Korean in resources/translations."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator
from typing_extensions import override

import resources
from app.domain.text import Language, Text

_Key = tuple[str, str, str]


def language() -> Language:
    """The language on screen now. The Korean file translates this one word; others do not."""
    code = QCoreApplication.translate("Language", "en")
    return Language.KO if code == Language.KO else Language.EN


def words(text: Text) -> str:
    """What the operator reads of a text made below the screen."""
    return text.in_(language())


class SourceTranslator(QTranslator):
    """Reads the .ts itself, for a checkout in which nobody has compiled it."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = _read(file)

    @override
    def isEmpty(self) -> bool:
        return not self._words

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        found = self._words.get((context, sourceText, disambiguation or "")) or self._words.get(
            (context, sourceText, "")
        )
        if found is None:
            return None
        return found[-1 if n != 1 else 0]


def _read(file: Path) -> dict[_Key, tuple[str, ...]]:
    root = ET.parse(file).getroot()  # noqa: S314 - our own file
    found: dict[_Key, tuple[str, ...]] = {}
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            key = (name, message.findtext("source", ""), message.findtext("comment", ""))
            translation = message.find("translation")
            if translation is None:
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            text = tuple(forms) if forms else (translation.text or "",)
            if all(text):
                found[key] = text
    return found


class Translations(QObject):
    """Installs the words of one language; every widget then hears a LanguageChange."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []

    def install(self, chosen: Language) -> None:
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        self._installed = [t for t in (_qt(chosen, self), _ours(chosen, self)) if t is not None]
        for new in self._installed:
            QCoreApplication.installTranslator(new)

    def remove(self) -> None:
        """Back to the words of the source."""
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        self._installed = []


_FOLDER: Final = "translations"


def _ours(chosen: Language, parent: QObject) -> QTranslator | None:
    source = resources.path(_FOLDER, f"gwanje_{chosen}.ts")
    compiled = source.with_suffix(".qm")
    fresh = compiled.exists() and not (
        source.exists() and source.stat().st_mtime > compiled.stat().st_mtime
    )
    translator = QTranslator(parent)
    if fresh and translator.load(str(compiled)):
        return translator
    return SourceTranslator(source, parent) if source.exists() else None


def _qt(chosen: Language, parent: QObject) -> QTranslator | None:
    """Qt's own words: buttons of message boxes, menus of text fields."""
    translator = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{chosen}", folder) else None
