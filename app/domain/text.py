"""A sentence for a person, in both languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override

from app.domain.redact import redact

# Longer than any value that a person wrote by hand.
_MOST_SAID = 80
_MOST_READ = 1000


class Language(StrEnum):
    KO = "ko"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """Words made below the screen, where no translator reaches. `ko` and `en` say the same."""

    ko: str
    en: str

    def in_(self, language: Language) -> str:
        return self.ko if language is Language.KO else self.en

    @override
    def __str__(self) -> str:
        return f"{self.ko} / {self.en}"


def said(value: object) -> str:
    """A wrong value as a message names it, without a password that it may hold.

    Python writes no number of thousands of digits.
    """
    try:
        return redact(repr(value)[:_MOST_READ])[:_MOST_SAID]
    except (ValueError, RecursionError):
        return "…"
