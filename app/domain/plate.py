"""Number plates of vehicles (번호판)."""

from __future__ import annotations

import re
import unicodedata

# 2–3 digits, a syllable, 4 digits; older ones name their region first.
_PLATE = re.compile(
    r"(?:서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주)?"
    r"[0-9]{2,3}[가-힣][0-9]{4}"
)
_BETWEEN = re.compile(r"[\s\-]+")


def plate(text: str) -> str | None:
    """The plate without blanks and hyphens, so that two readings compare; None if it is none."""
    joined = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    return joined if _PLATE.fullmatch(joined) else None
