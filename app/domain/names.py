"""Names that people give: made comparable, kept short, kept apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from app.domain.errors import BadInput
from app.domain.text import Text

# Fits a menu on a 1920-pixel screen; a Korean name of a wall rarely passes twenty.
MAX_NAME = 80


def cleaned(name: str) -> str:
    """One line without control characters or doubled spaces, composed (NFC).

    A Hangul syllable typed on a Mac arrives in pieces (NFD) and would not equal its other form.
    """
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in composed)
    return " ".join(visible.split())


def given(name: str, taken: Iterable[str]) -> tuple[str, Text | None]:
    """The name to use and, where it had to be shortened, the words that say so.

    Raises `BadInput` for an empty name or one that `taken` has, capitals apart.
    """
    whole = cleaned(name)
    if not whole:
        raise BadInput(Text("이름을 입력하세요.", "Enter a name."))
    short = whole[:MAX_NAME].rstrip()
    if short.casefold() in {cleaned(other).casefold() for other in taken}:
        raise BadInput(
            Text(
                f"‘{short}’(이)라는 이름이 이미 있습니다. 다른 이름을 입력하세요.",
                f"The name “{short}” is taken. Enter another one.",
            )
        )
    if short == whole:
        return short, None
    return short, Text(
        f"이름이 길어 {MAX_NAME}자로 줄였습니다: {short}",
        f"The name was too long and was cut to {MAX_NAME} characters: {short}",
    )
