"""What may leave the control room: a log without credentials, addresses and names of people.

`redact` blanks credentials, for a log that stays on this computer. A bundle of diagnostics goes to
somebody else: here everything goes that tells where a camera is or who somebody is. Nobody can
tell a name from other words, so that all Hangul and everything in “quotation marks” is blanked
(the program's own sentences put names there); its log lines themselves are English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.domain.redact import BLANK, redact

_URL = re.compile(r"\b([a-z][a-z0-9+.-]{1,15})://[^\s\"'<>]+", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)", re.ASCII)
# Also hardware addresses. A time has two colons, and none beside each other.
_IPV6 = re.compile(
    r"(?<![\w:])(?:(?:[0-9a-f]{1,4}:){3,8}[0-9a-f]{0,4}"
    r"|(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)(?![\w:])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Six digits of a birthday and seven more (주민등록번호, 외국인등록번호).
_PERSON = re.compile(r"(?<!\d)\d{6}[- ]?[1-8]\d{6}(?!\d)")
_PHONE = re.compile(r"(?<![\w.])(?:\+82[- ]?|0)\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}(?!\d)")
_PLATE = re.compile(r"\d{2,3} ?[가-힣] ?\d{4}(?!\d)")
_QUOTED = re.compile(r"“[^”\n]*”|‘[^’\n]*’")
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎᄀ-ᇿ]+(?:[ ·]?[가-힣ㄱ-ㆎᄀ-ᇿ]+)*")

_RULES: Final = (_IPV4, _IPV6, _MAIL, _PERSON, _PHONE, _PLATE, _QUOTED, _HANGUL)
# A shorter word stands in half of all others.
_SHORTEST: Final = 3


def scrub(text: str, hidden: Sequence[str] = ()) -> str:
    """The text with `***` for all of it; `hidden` are words of this computer (its user, its name).

    A hidden path becomes `~`: a home folder holds a person's name.
    """
    for word in sorted(hidden, key=len, reverse=True):
        if "/" in word or "\\" in word:
            text = text.replace(word, "~")
    text = _URL.sub(rf"\1://{BLANK}", redact(text))
    for rule in _RULES:
        text = rule.sub(BLANK, text)
    words = [re.escape(word) for word in hidden if len(word) >= _SHORTEST]
    if words:
        text = re.sub(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", BLANK, text, flags=re.IGNORECASE)
    return text
