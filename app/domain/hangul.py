"""Hangul syllables, their initial consonants (초성), and half-typed words.

A Korean keyboard composes while one types: on the way to 한 the word is first ㅎ, then 하, and
초성 after a syllable without a final slip into it (달서 ㄱ ㅅ shows 달섟). All of these must find.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

FIRST, LAST = 0xAC00, 0xD7A3
FINALS = 28  # 27 final consonants and none
PER_INITIAL = 21 * FINALS
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_CLUSTERS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
# Vowels by their place in Unicode; ㅗ may go on to ㅘ ㅙ ㅚ, ㅜ to ㅝ ㅞ ㅟ, ㅡ to ㅢ.
_VOWEL_GOES_ON = {8: (9, 10, 11), 13: (14, 15, 16), 18: (19,)}


class Kind(Enum):
    """What one character of a query asks of one character of a text."""

    EXACT = "exact"
    OPEN = "open"  # the syllable, whatever its final consonant
    INITIAL = "initial"  # any syllable that begins with this consonant, or the consonant itself


@dataclass(frozen=True, slots=True)
class Want:
    kind: Kind
    character: str


Pattern = tuple[Want, ...]


def normal(text: str) -> str:
    """How texts are compared: composed, without white space, upper and lower case alike."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def initial(character: str) -> str:
    """ㅎ of 한; any other character is its own initial."""
    code = ord(character) - FIRST
    return INITIALS[code // PER_INITIAL] if 0 <= code <= LAST - FIRST else character


def initials(text: str) -> str:
    """ㄷㅅㄱ of 달서구; characters that are no syllables stay."""
    return "".join(map(initial, text))


def open_syllable(character: str) -> str:
    """하 of 한; any other character itself."""
    code = ord(character) - FIRST
    return chr(FIRST + code - code % FINALS) if 0 <= code <= LAST - FIRST else character


def patterns(query: str) -> tuple[Pattern, ...]:
    """Every reading of a query that is perhaps still being typed; the plain one first."""
    text = "".join(_CLUSTERS.get(c, c) for c in normal(query))
    if not text:
        return ()
    tail = re.search(rf"[{INITIALS}]*$", text)
    split = tail.start() if tail else len(text)
    head = tuple(Want(Kind.EXACT, c) if c not in INITIALS else _wanted(c) for c in text[:split])
    rest = tuple(_wanted(c) for c in text[split:])
    if not head or not _is_syllable(text[split - 1]):
        return (head + rest,)
    endings = _readings(text[split - 1], last=not rest)
    return tuple(head[:-1] + ending + rest for ending in endings)


def matches(query: str, text: str) -> bool:
    """Whether the query is part of the text."""
    there = normal(text)
    return any(
        all(fits(want, there[at + i]) for i, want in enumerate(pattern))
        for pattern in patterns(query)
        for at in range(len(there) - len(pattern) + 1)
    )


def fits(want: Want, character: str) -> bool:
    if want.kind is Kind.EXACT:
        return character == want.character
    if want.kind is Kind.OPEN:
        return open_syllable(character) == want.character
    return initial(character) == want.character


def _wanted(consonant: str) -> Want:
    return Want(Kind.INITIAL, consonant)


def _is_syllable(character: str) -> bool:
    return FIRST <= ord(character) <= LAST


def _readings(syllable: str, *, last: bool) -> list[Pattern]:
    """What a syllable at the end (before typed initials, if not `last`) may stand for."""
    code = ord(syllable) - FIRST
    final = _FINALS[code % FINALS]
    bare = chr(FIRST + code - code % FINALS)
    if final == "\0":
        return [(Want(Kind.OPEN, s),) for s in _grown(code)] if last else [_exact(syllable)]
    readings = [_exact(syllable)]
    parts = _CLUSTERS.get(final, final)
    if last:
        # 간 on the way to 갅 or 갆
        grown = [f for f, pair in _CLUSTERS.items() if pair[0] == final]
        readings += [_exact(_with_final(bare, f)) for f in grown]
    if len(parts) > 1:
        readings.append((*_exact(_with_final(bare, parts[0])), _wanted(parts[1])))
    if all(part in INITIALS for part in parts):
        # 한 on the way to 하나
        readings.append((*_exact(bare), *(_wanted(part) for part in parts)))
    return readings


def _exact(character: str) -> Pattern:
    return (Want(Kind.EXACT, character),)


def _with_final(bare: str, final: str) -> str:
    return chr(ord(bare) + _FINALS.index(final))


def _grown(code: int) -> list[str]:
    """고 and what its vowel may become: 과 괘 괴."""
    vowel = code // FINALS % 21
    vowels = (vowel, *_VOWEL_GOES_ON.get(vowel, ()))
    return [chr(FIRST + code + (v - vowel) * FINALS) for v in vowels]
