"""What may leave the control room: a log without credentials, addresses and names of people.

`redact` blanks credentials, for a log that stays on this computer. A bundle of diagnostics goes to
somebody else: here everything goes that tells where a camera is or who somebody is. Nobody can
tell a name from other words, so that all Hangul and everything in “quotation marks” is blanked
(the program's own sentences put names there); its log lines themselves are English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from app.domain.redact import BLANK, redact

_URL = re.compile(r"\b([a-z][a-z0-9+.-]{1,15})://[^\s\"'<>]+", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)", re.ASCII)
# Also hardware addresses. A time has two colons, and none beside each other.
_IPV6 = re.compile(
    r"(?<![\w:])(?:(?:[0-9a-f]{1,4}:){3,8}[0-9a-f]{0,4}"
    r"|(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*"
    r"|[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}::)(?![\w:])",
    re.IGNORECASE,
)
# As Windows and as switches write them.
_HARDWARE = re.compile(
    r"(?<![\w-])(?:[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})(?![\w-])",
    re.IGNORECASE,
)
# Without a scheme before it: what ends as a name in a network does, or is called one.
_HOST = re.compile(
    r"(?<![\w.-])(?:[\w-]{1,63}\.){1,8}(?:kr|com|net|org|io|local|localdomain|internal|intranet|lan"
    r"|home|corp|arpa|example|test)(?![\w-])"
    r"|(?<=\bhostname )(?![\s:])[^\s:,;]+|(?<=\bhost )[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
# The left side begins where no letter of one stands before it: else each letter would be a start.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_DASH = r"\-\u2010-\u2015\u2212"
# Six digits of a birthday and seven more (주민등록번호, 외국인등록번호), the last often as stars.
_PERSON = re.compile(rf"(?<!\d)\d{{6}}(?: ?[1-8]| ?[{_DASH}] ?\d)[\d*●•xX]{{6}}(?!\d)")
# 010-1234-5678, (02)123-4567, 0505-123-4567, from abroad; 1588-1234.
_GAP = rf"[ .){_DASH}]{{0,3}}"
_PHONE = re.compile(
    rf"(?<![\w.])(?:(?:\+|00)82{_GAP}\(?0?\)?{_GAP}\d{{1,3}}|82(?=1[016-9])\d{{2}}|\(?0\d{{1,3}})"
    rf"{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
    rf"|(?<![\w.{_DASH}])1[568]\d\d ?[{_DASH}] ?\d{{4}}(?![\d{_DASH}])"
)
_PLATE = re.compile(r"\d{2,3} ?[가-힣] ?\d{4}(?!\d)")
# To the last mark before the next name begins: a name may hold one itself.
_QUOTED = re.compile(r"“[^“\n]*”|‘[^‘\n]*’")
# Python's own marks. What is an identifier or a path of the program says where, not who.
_PLAIN = re.compile(r"(?<!\w)([\"'])([^\"'\n]{1,200})\1(?!\w)")
_CODE = re.compile(r"[a-z0-9_./\\:<>=%~*-]+|(?:[A-Z][a-z0-9_]+){2,}|.*\.py|<[^<>]*>", re.ASCII)
# Hangul and Chinese characters, whole or in parts, also of half the width.
_LETTERS = (
    r"가-힣ㄱ-ㆎᄀ-ᇿ\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_HANGUL = re.compile(rf"[{_LETTERS}]+(?:[ ·]?[{_LETTERS}]+)*")
# The same as bytes or numbers: %ED%99%8D, \xed\x99\x8d, \ud64d.
_ENCODED = re.compile(
    r"(?:%(?:25)*[89a-f][0-9a-f])+|(?:\\x[89a-f][0-9a-f]|\\u[0-9a-f]{4})+", re.IGNORECASE
)

_RULES: Final = (
    _IPV4, _HARDWARE, _IPV6, _MAIL, _HOST, _PERSON, _PHONE, _PLATE, _QUOTED, _HANGUL, _ENCODED,
)  # fmt: skip
# A shorter word stands in half of all others.
_SHORTEST: Final = 3
_WORD = re.compile(r"\w+(?:-\w+)*")
_MOST_PHRASES: Final = 500
# Characters. No line of the program's own has as many; what has is somebody's data.
_LONGEST_LINE: Final = 4000


def scrub(text: str, hidden: Sequence[str] = ()) -> str:
    """The text with `***` for all of it; `hidden` are words of this computer and who works at it.

    A hidden path becomes `~`: a home folder holds a person's name.
    """
    return scrubber(hidden)(text)


def scrubber(hidden: Sequence[str]) -> Callable[[str], str]:
    """`scrub` for many texts: what is hidden is looked through once.

    Of a city's cameras there are thousands of words: they are looked up. What is more than a word
    is an alternative at every letter of the text: the first 500 count.
    """
    paths = sorted((one for one in hidden if "/" in one or "\\" in one), key=len, reverse=True)
    long = [one for one in hidden if len(one) >= _SHORTEST]
    words = frozenset(one.casefold() for one in long if _WORD.fullmatch(one))
    phrases = [re.escape(one) for one in long if not re.fullmatch(r"\w+", one)][:_MOST_PHRASES]
    phrases.sort(key=len, reverse=True)
    either = re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)

    def scrubbed(text: str) -> str:
        for path in paths:
            text = text.replace(path, "~")
        text = _URL.sub(rf"\1://{BLANK}", redact(_cut(text)))
        for rule in _RULES:
            text = rule.sub(BLANK, text)
        text = _PLAIN.sub(_unquoted, text)
        text = either.sub(BLANK, text) if phrases else text
        return _WORD.sub(lambda found: _blanked(found[0], words), text) if words else text

    return scrubbed


def _blanked(found: str, words: frozenset[str]) -> str:
    if found.casefold() in words:
        return BLANK
    if "-" not in found:
        return found
    return "-".join(BLANK if part.casefold() in words else part for part in found.split("-"))


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_LINE:
        return text
    return "".join(_short(line) for line in text.splitlines(keepends=True))


def _short(line: str) -> str:
    """Without the word in which it is cut: half of a number is not known as one."""
    if len(line) <= _LONGEST_LINE:
        return line
    end = "\n" if line.endswith("\n") else ""
    return f"{line[:_LONGEST_LINE].rpartition(' ')[0]} …{end}"


def _unquoted(quoted: re.Match[str]) -> str:
    return quoted[0] if _CODE.fullmatch(quoted[2]) else f"{quoted[1]}{BLANK}{quoted[1]}"
